using 'main.bicep'

// What differs between subscriptions comes from the environment of whoever deploys; docs/operations.md lists the variables.

param environmentName = 'prod'
param storageSku = 'Standard_ZRS'
param zoneRedundant = true
param maximumInstanceCount = 100
// Over zones each group needs two. A webhook must be answered within 3 s (EngageLab) and a first message within seconds: no cold start on that way.
param alwaysReadyInstances = [
  { name: 'http', instanceCount: 2 }
  { name: 'durable', instanceCount: 2 }
  { name: 'function:ProcessInbound', instanceCount: 2 }
  { name: 'function:ProcessOutbound', instanceCount: 2 }
]
param privateNetwork = true
param logRetentionDays = 90
param readinessTestLocations = ['emea-nl-ams-azr', 'emea-gb-db3-azyr', 'us-va-ash-azr']
param acceptBootstrapKey = bool(readEnvironmentVariable('LIVEDESK_ACCEPT_BOOTSTRAP_KEY', 'false'))
param acceptPreviousKey = bool(readEnvironmentVariable('LIVEDESK_ACCEPT_PREVIOUS_KEY', 'false'))
param corsOrigins = json(readEnvironmentVariable('LIVEDESK_CORS_ORIGINS', '[]'))
param customDomainName = readEnvironmentVariable('LIVEDESK_CUSTOM_DOMAIN', '')
param customDomainManagedCertificate = bool(readEnvironmentVariable('LIVEDESK_MANAGED_CERTIFICATE', 'false'))
param customDomainCertificateThumbprint = readEnvironmentVariable('LIVEDESK_CERTIFICATE_THUMBPRINT', '')
param oidcIssuer = readEnvironmentVariable('LIVEDESK_OIDC_ISSUER', '')
param oidcAudience = readEnvironmentVariable('LIVEDESK_OIDC_AUDIENCE', '')
param vaultWriters = json(readEnvironmentVariable('LIVEDESK_VAULT_WRITERS', '[]'))
param alertEmails = json(readEnvironmentVariable('LIVEDESK_ALERT_EMAILS', '[]'))
param monthlyBudget = 500
param budgetStartDate = readEnvironmentVariable('LIVEDESK_BUDGET_START', '')
