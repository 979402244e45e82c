// LiveDesk in one resource group: function app, storage, Key Vault, monitoring; private network and custom domain on request.
// docs/operations.md tells how to deploy it; docs/configuration.md what every app setting means.
targetScope = 'resourceGroup'

import { alwaysReady, providerBaseUrls, resourceTags, vaultWriter } from 'modules/types.bicep'

// ----------------------------------------------------------------------------------------------------------- parameters

@description('Short name of the workload; part of every resource name. Lower-case letters and digits.')
@minLength(2)
@maxLength(10)
param workloadName string = 'livedesk'

@description('Environment, such as dev or prod; part of every resource name. Lower-case letters and digits.')
@minLength(2)
@maxLength(6)
param environmentName string

@description('Region of all resources. Flex Consumption must be offered there: az functionapp list-flexconsumption-locations.')
param location string = resourceGroup().location

@description('Tags put on every resource, besides workload and environment.')
param tags resourceTags = {}

@description('Memory of an instance in MB; CPU and network grow with it.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Most instances that may run at the same time. Bounds the cost and the load on storage.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 100

@description('Requests that one instance works on at the same time.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 100

@description('Instances kept warm. Empty: the app scales to zero, and the first webhook after a pause waits for a cold start.')
param alwaysReadyInstances alwaysReady[] = []

@description('How a new version replaces the old one. RollingUpdate drains instance by instance; Recreate stops all of them at once.')
@allowed(['RollingUpdate', 'Recreate'])
param updateStrategy string = 'RollingUpdate'

@description('Spread the plan over availability zones. Choose a zone-redundant storageSku with it.')
param zoneRedundant bool = false

@description('Redundancy of the storage account.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_ZRS'

@description('Days in which a deleted or overwritten blob can be brought back.')
@minValue(7)
@maxValue(365)
param blobRetentionDays int = 30

@description('Host name of your own for the desk, such as desk.example.com. Its CNAME and asuid TXT records must exist. Empty: the name that Azure gives.')
param customDomainName string = ''

@description('Have Azure issue and renew a certificate for customDomainName. Only once a deployment without it has bound the name.')
param customDomainManagedCertificate bool = false

@description('Thumbprint of a certificate of your own in the app, in place of a managed one. With neither the name is bound without TLS.')
param customDomainCertificateThumbprint string = ''

@description('Origins from which a browser may call the API, such as https://desk.example.com. No entry: none.')
param corsOrigins string[] = []

@description('Accept the admin key that stands in the Key Vault as livedesk-bootstrap-api-key. Only until the first real keys exist.')
param acceptBootstrapKey bool = false

@description('Workspace that the bootstrap key belongs to.')
@minLength(1)
param bootstrapWorkspace string = 'main'

@description('While the encryption key is being rotated: also decrypt with livedesk-secrets-key-previous.')
param acceptPreviousKey bool = false

@description('Private hosts that media downloads and outgoing webhooks may reach. Normally none.')
param allowedPrivateHosts string[] = []

@description('Shortest time after which a channel may close conversations by itself, ISO 8601.')
param autoCloseMinimum string = 'PT30M'

@description('Issuer of the tokens of people who sign in at the frontend. Empty: API keys only.')
param oidcIssuer string = ''

@description('Audience that those tokens must carry.')
param oidcAudience string = ''

@description('Base URLs that replace a provider\'s own.')
param providerUrls providerBaseUrls = {}

@description('OpenTelemetry collector (OTLP over gRPC) for traces and metrics. Empty: Application Insights only.')
param otlpEndpoint string = ''

@description('Who may write secrets into the Key Vault, such as the group that runs the desk.')
param vaultWriters vaultWriter[] = []

@description('Reach storage and Key Vault over private endpoints only.')
param privateNetwork bool = false

@description('Address space of the virtual network, a /23 or larger; used with privateNetwork.')
param networkAddressPrefix string = '10.40.0.0/23'

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Gigabytes of logs a day after which no more are taken. -1: no limit.')
@minValue(-1)
param logDailyQuotaGb int = 5

@description('Log every read and write of storage. Costs more than the desk itself; for an investigation.')
param auditStorage bool = false

@description('Addresses that alerts and budget warnings go to. No entry: alerts show in the portal only.')
param alertEmails string[] = []

@description('Availability-test locations that ask /api/ready every five minutes. No entry: no test.')
param readinessTestLocations string[] = []

@description('Age of a webhook on the queue inbound, in seconds, that raises an alert.')
@minValue(10)
param queueAgeAlertSeconds int = 60

@description('Refused webhooks of one provider in 15 minutes that raise an alert.')
@minValue(1)
param refusedWebhooksAlertCount int = 20

@description('Budget a month in the currency of the subscription. 0: none.')
@minValue(0)
param monthlyBudget int = 0

@description('First day of the budget\'s first month, such as 2026-12-01; stays as it is afterwards. Empty: no budget.')
param budgetStartDate string = ''

// ------------------------------------------------------------------------------------------------------------ variables

var suffix = uniqueString(resourceGroup().id, workloadName, environmentName)
var baseName = '${workloadName}-${environmentName}'
var allTags = union({ workload: workloadName, environment: environmentName }, tags)
var storageAccountName = take('st${workloadName}${environmentName}${suffix}', 24)
var vaultName = take('kv-${workloadName}-${environmentName}-${suffix}', 24)
var functionAppName = take('func-${baseName}-${suffix}', 60)

// -------------------------------------------------------------------------------------------------------------- modules

module identity 'modules/identity.bicep' = {
  params: {
    name: 'id-${baseName}'
    location: location
    tags: allTags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    workspaceName: 'log-${baseName}'
    componentName: 'appi-${baseName}'
    location: location
    tags: allTags
    retentionDays: logRetentionDays
    dailyQuotaGb: logDailyQuotaGb
  }
}

module storage 'modules/storage.bicep' = {
  params: {
    name: storageAccountName
    location: location
    tags: allTags
    sku: storageSku
    blobRetentionDays: blobRetentionDays
    publicAccess: !privateNetwork
    workspaceId: monitoring.outputs.workspaceId
    audit: auditStorage
  }
}

module vault 'modules/key-vault.bicep' = {
  params: {
    name: vaultName
    location: location
    tags: allTags
    publicAccess: !privateNetwork
    workspaceId: monitoring.outputs.workspaceId
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  params: {
    name: 'vnet-${baseName}'
    location: location
    tags: allTags
    addressPrefix: networkAddressPrefix
  }
}

module endpoints 'modules/private-endpoints.bicep' = if (privateNetwork) {
  params: {
    baseName: baseName
    location: location
    tags: allTags
    storageAccountName: storage.outputs.name
    vaultName: vault.outputs.name
    networkId: network!.outputs.networkId
    subnetId: network!.outputs.endpointSubnetId
  }
}

module access 'modules/access.bicep' = {
  params: {
    principalId: identity.outputs.principalId
    storageAccountName: storage.outputs.name
    vaultName: vault.outputs.name
    componentName: monitoring.outputs.componentName
    vaultWriters: vaultWriters
  }
}

module functionApp 'modules/function-app.bicep' = {
  params: {
    name: functionAppName
    planName: 'plan-${baseName}'
    location: location
    tags: allTags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.name
    packageContainerUrl: storage.outputs.packageContainerUrl
    vaultUri: vault.outputs.uri
    componentName: monitoring.outputs.componentName
    workspaceId: monitoring.outputs.workspaceId
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    httpConcurrency: httpConcurrency
    alwaysReadyInstances: alwaysReadyInstances
    updateStrategy: updateStrategy
    zoneRedundant: zoneRedundant
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    customDomainName: customDomainName
    corsOrigins: corsOrigins
    acceptBootstrapKey: acceptBootstrapKey
    bootstrapWorkspace: bootstrapWorkspace
    acceptPreviousKey: acceptPreviousKey
    allowedPrivateHosts: allowedPrivateHosts
    autoCloseMinimum: autoCloseMinimum
    oidcIssuer: oidcIssuer
    oidcAudience: oidcAudience
    providerUrls: providerUrls
    otlpEndpoint: otlpEndpoint
  }
  // The host reads storage and secrets when it starts: the roles and the way there must exist before it.
  dependsOn: [
    access
    endpoints
  ]
}

module customDomain 'modules/custom-domain.bicep' = if (!empty(customDomainName)) {
  params: {
    functionAppName: functionApp.outputs.name
    location: location
    hostName: customDomainName
    managedCertificate: customDomainManagedCertificate
    certificateThumbprint: customDomainCertificateThumbprint
  }
}

module alerts 'modules/alerts.bicep' = {
  params: {
    baseName: baseName
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
    componentName: monitoring.outputs.componentName
    readyUrl: '${functionApp.outputs.publicBaseUrl}/api/ready'
    readinessTestLocations: readinessTestLocations
    emails: alertEmails
    queueAgeSeconds: queueAgeAlertSeconds
    refusedWebhooksCount: refusedWebhooksAlertCount
  }
}

module budget 'modules/budget.bicep' = if (monthlyBudget > 0 && !empty(budgetStartDate) && !empty(alertEmails)) {
  params: {
    name: 'budget-${baseName}'
    amount: monthlyBudget
    startDate: budgetStartDate
    emails: alertEmails
  }
}

// -------------------------------------------------------------------------------------------------------------- outputs

@description('Name of the function app, which the code is deployed to.')
output functionAppName string = functionApp.outputs.name

@description('Where the world reaches the desk; webhook URLs are built on it.')
output publicBaseUrl string = functionApp.outputs.publicBaseUrl

@description('Host name that Azure gave the app: the target of the CNAME of a custom domain.')
output defaultHostName string = functionApp.outputs.defaultHostName

@description('Value of the TXT record asuid.{host} that proves the ownership of a custom domain.')
output customDomainVerificationId string = functionApp.outputs.customDomainVerificationId

@description('Name of the storage account.')
output storageAccountName string = storage.outputs.name

@description('Name of the Key Vault, which the secrets are put into.')
output vaultName string = vault.outputs.name

@description('Name of the Log Analytics workspace.')
output logWorkspaceName string = monitoring.outputs.workspaceName
