#!/usr/bin/env bash
# Lets the app read its Key Vault secrets again: by itself it would take up to a day to notice a new version.
#
#   reload-secrets.sh RESOURCE_GROUP FUNCTION_APP
set -euo pipefail

if [ $# -ne 2 ]; then
  sed -n '2,4p' "$0" >&2
  exit 64
fi
group=$1 app=$2

site=$(az functionapp show --resource-group "$group" --name "$app" --query id --output tsv)
az rest --method post --url "$site/config/configreferences/appsettings/refresh?api-version=2022-03-01" --output none
az functionapp restart --resource-group "$group" --name "$app" --output none
echo "$app reads its secrets again."
