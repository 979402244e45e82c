// The Flex Consumption plan and the function app on it, with every setting that the code reads.

import { alwaysReady, providerBaseUrls, resourceTags } from 'types.bicep'

@description('Name of the function app.')
param name string

@description('Name of the plan.')
param planName string

@description('Region.')
param location string

@description('Tags.')
param tags resourceTags

@description('Resource id of the identity that the app acts as.')
param identityId string

@description('Client id of that identity.')
param identityClientId string

@description('Storage account of the desk.')
param storageAccountName string

@description('URL of the container that the app runs its package from.')
param packageContainerUrl string

@description('Base URL of the Key Vault, with a slash at its end.')
param vaultUri string

@description('Name of the Application Insights component.')
param componentName string

@description('Log Analytics workspace for the app\'s logs.')
param workspaceId string

@description('Memory of an instance in MB.')
param instanceMemoryMB int

@description('Most instances at the same time.')
param maximumInstanceCount int

@description('Requests that one instance works on at the same time.')
param httpConcurrency int

@description('Instances kept warm.')
param alwaysReadyInstances alwaysReady[]

@description('RollingUpdate or Recreate.')
param updateStrategy string

@description('Spread over availability zones.')
param zoneRedundant bool

@description('Subnet that the app sends from; empty: none.')
param subnetId string

@description('Host name of your own; empty: the one that Azure gives.')
param customDomainName string

@description('Origins from which a browser may call the API.')
param corsOrigins string[]

@description('Accept the admin key in the Key Vault.')
param acceptBootstrapKey bool

@description('Workspace that it belongs to.')
param bootstrapWorkspace string

@description('Also decrypt with the former encryption key.')
param acceptPreviousKey bool

@description('Private hosts that media downloads and outgoing webhooks may reach.')
param allowedPrivateHosts string[]

@description('Shortest time after which a channel may close conversations by itself, ISO 8601.')
param autoCloseMinimum string

@description('Issuer of the tokens of people; empty: API keys only.')
param oidcIssuer string

@description('Audience that those tokens must carry.')
param oidcAudience string

@description('Base URLs that replace a provider\'s own.')
param providerUrls providerBaseUrls

@description('OpenTelemetry collector; empty: none.')
param otlpEndpoint string

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    // Webhooks come from the internet: the app itself stays public in every network.
    publicNetworkAccess: 'Enabled'
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
    }
    functionAppConfig: {
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances
        triggers: {
          http: {
            perInstanceConcurrency: httpConcurrency
          }
        }
      }
      // Taken by the service and not named in its published types, hence any(); everything around it stays checked.
      ...any({ siteUpdateStrategy: { type: updateStrategy } })
    }
  }
}

// Deployments sign in with Microsoft Entra; no user name and password opens the app's deployment endpoints.
resource ftpPublishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource scmPublishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

var publicUrl = 'https://${empty(customDomainName) ? app.properties.defaultHostName : customDomainName}'

// What the Functions host needs to know.
var hostSettings = {
  AzureWebJobsStorage__accountName: storageAccountName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: component.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
}

// What the desk needs to know. A secret is a reference that the platform resolves under the app's identity.
var deskSettings = {
  LiveDesk__PublicBaseUrl: publicUrl
  LiveDesk__SecretsKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/livedesk-secrets-key)'
  LiveDesk__BootstrapWorkspace: bootstrapWorkspace
  LiveDesk__AutoCloseMinimum: autoCloseMinimum
}

// Left out where empty: the code then has its default.
var optionalSettings = union(
  acceptBootstrapKey
    ? { LiveDesk__BootstrapApiKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/livedesk-bootstrap-api-key)' }
    : {},
  acceptPreviousKey
    ? { LiveDesk__SecretsKeyPrevious: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/livedesk-secrets-key-previous)' }
    : {},
  empty(corsOrigins) ? {} : { LiveDesk__Cors: join(corsOrigins, ',') },
  empty(allowedPrivateHosts) ? {} : { LiveDesk__AllowedPrivateHosts: join(allowedPrivateHosts, ',') },
  empty(oidcIssuer) ? {} : { LiveDesk__Oidc__Issuer: oidcIssuer, LiveDesk__Oidc__Audience: oidcAudience },
  empty(otlpEndpoint) ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint },
  toObject(items(providerUrls), url => 'LiveDesk__Providers__${url.key}__BaseUrl', url => url.value)
)

// Apart from the site, since the public URL needs the host name that the site gets.
resource settings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'appsettings'
  properties: union(hostSettings, deskSettings, optionalSettings)
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'to-log-analytics'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'FunctionAppLogs'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

@description('Name of the function app.')
output name string = app.name

@description('Host name that Azure gave the app.')
output defaultHostName string = app.properties.defaultHostName

@description('Value of the TXT record that proves the ownership of a custom domain.')
output customDomainVerificationId string = app.properties.customDomainVerificationId

@description('Where the world reaches the desk.')
output publicBaseUrl string = publicUrl
