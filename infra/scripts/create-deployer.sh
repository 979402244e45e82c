#!/usr/bin/env bash
# Makes the identity that the deployment workflow acts as in one environment, and lets GitHub sign in as it without any secret.
# Run once per environment by somebody who may give roles on the resource group (Owner).
#
#   create-deployer.sh RESOURCE_GROUP ENVIRONMENT GITHUB_REPOSITORY
#   create-deployer.sh rg-livedesk-dev dev example/livedesk
set -euo pipefail

if [ $# -ne 3 ]; then
  sed -n '2,6p' "$0" >&2
  exit 64
fi
group=$1 environment=$2 repository=$3
name="id-livedesk-deployer-$environment"
issuer=https://token.actions.githubusercontent.com

az identity create --resource-group "$group" --name "$name" --output none
client=$(az identity show --resource-group "$group" --name "$name" --query clientId --output tsv)
principal=$(az identity show --resource-group "$group" --name "$name" --query principalId --output tsv)
scope=$(az group show --name "$group" --query id --output tsv)

az identity federated-credential create --resource-group "$group" --identity-name "$name" --name "github-$environment" \
  --issuer "$issuer" --subject "repo:$repository:environment:$environment" --audiences api://AzureADTokenExchange --output none

az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal \
  --role Contributor --scope "$scope" --output none

# It may give the roles of infra/modules/access.bicep, and no other.
roles=b7e6dc6d-f1e8-4753-8033-0f276bb0955b           # Storage Blob Data Owner
roles+=', 974c5e8b-45b9-4653-ba55-5f855dd0fb88'      # Storage Queue Data Contributor
roles+=', 0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'      # Storage Table Data Contributor
roles+=', 4633458b-17de-408a-b874-0445c86b69e6'      # Key Vault Secrets User
roles+=', b86a8fe4-44ce-4948-aee5-eccb2c155cd7'      # Key Vault Secrets Officer
roles+=', 3913510d-42f4-4e42-8a64-420c390055eb'      # Monitoring Metrics Publisher
attribute='[Microsoft.Authorization/roleAssignments:RoleDefinitionId]'
action=Microsoft.Authorization/roleAssignments
condition="((!(ActionMatches{'$action/write'})) OR (@Request$attribute ForAnyOfAnyValues:GuidEquals {$roles}))"
condition+=" AND ((!(ActionMatches{'$action/delete'})) OR (@Resource$attribute ForAnyOfAnyValues:GuidEquals {$roles}))"
az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal \
  --role 'Role Based Access Control Administrator' --scope "$scope" --condition "$condition" --condition-version 2.0 --output none

cat <<TEXT
Put these variables (they are no secrets) into the GitHub environment '$environment':
  AZURE_CLIENT_ID=$client
  AZURE_TENANT_ID=$(az account show --query tenantId --output tsv)
  AZURE_SUBSCRIPTION_ID=$(az account show --query id --output tsv)
  AZURE_RESOURCE_GROUP=$group
TEXT
