using 'main.bicep'

// What differs between subscriptions comes from the environment of whoever deploys; docs/operations.md lists the variables.

param environmentName = 'dev'
param storageSku = 'Standard_LRS'
param maximumInstanceCount = 40
param blobRetentionDays = 7
param logDailyQuotaGb = 1
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
param monthlyBudget = 50
param budgetStartDate = readEnvironmentVariable('LIVEDESK_BUDGET_START', '')
