// What wakes somebody up. Each alert has a section in docs/operations.md that says what to do.

import { resourceTags } from 'types.bicep'

@description('Beginning of the names.')
param baseName string

@description('Region.')
param location string

@description('Tags.')
param tags resourceTags

@description('Log Analytics workspace that the rules ask.')
param workspaceId string

@description('Application Insights component that the readiness test reports to.')
param componentName string

@description('URL that tells whether the desk can work.')
param readyUrl string

@description('Locations that ask it; none: no test.')
param readinessTestLocations string[]

@description('Addresses that the alerts go to.')
param emails string[]

@description('Age of a webhook on the queue, in seconds, that raises an alert.')
param queueAgeSeconds int

@description('Refused webhooks of one provider in 15 minutes that raise an alert.')
param refusedWebhooksCount int

// Counts are of what happened, not of what sampling kept: each record says in ItemCount how many it stands for.
var rules = [
  {
    name: 'webhooks-refused'
    title: 'Webhooks are refused'
    severity: 2
    frequency: 'PT5M'
    window: 'PT15M'
    measure: 'Refused'
    threshold: refusedWebhooksCount
    dimension: 'Provider'
    query: '''
AppTraces
| where Message startswith 'Webhook of ' and Message has 'refused with'
| parse Message with 'Webhook of ' Provider ' refused with ' *
| summarize Refused = sum(ItemCount) by Provider, bin(TimeGenerated, 15m)
'''
  }
  {
    name: 'server-errors'
    title: 'Requests fail with 5xx'
    severity: 1
    frequency: 'PT5M'
    window: 'PT5M'
    measure: 'Failed'
    threshold: 5
    dimension: 'Name'
    query: '''
AppRequests
| where isnotempty(Url) and toint(ResultCode) >= 500
| summarize Failed = sum(ItemCount) by Name, bin(TimeGenerated, 5m)
'''
  }
  {
    name: 'poison-messages'
    title: 'Work was given up and waits in a poison queue'
    severity: 1
    frequency: 'PT5M'
    window: 'PT15M'
    measure: 'Poisoned'
    threshold: 0
    dimension: 'Queue'
    query: '''
AppTraces
| where Message has 'Moving message to queue'
| parse Message with * "Moving message to queue '" Queue "'" *
| summarize Poisoned = sum(ItemCount) by Queue, bin(TimeGenerated, 15m)
'''
  }
  {
    name: 'queue-age'
    title: 'Webhooks wait too long on the queue'
    severity: 1
    frequency: 'PT5M'
    window: 'PT5M'
    measure: 'Age'
    threshold: queueAgeSeconds
    dimension: 'Function'
    query: '''
AppTraces
| where OperationName == 'ProcessInbound' and Message startswith 'Trigger Details:'
| where Message has 'DequeueCount: 1'
| extend Inserted = todatetime(extract(@"Insert(?:edOn|ionTime): ([^,]+)", 1, Message))
| where isnotnull(Inserted)
| summarize Age = max(datetime_diff('second', TimeGenerated, Inserted)) by Function = OperationName, bin(TimeGenerated, 5m)
'''
  }
  {
    name: 'orchestration-failures'
    title: 'An orchestration failed'
    severity: 1
    frequency: 'PT5M'
    window: 'PT15M'
    measure: 'Failed'
    threshold: 0
    dimension: 'Orchestrator'
    query: '''
AppTraces
| where Message has '(Orchestrator)' and Message has 'failed with an error' and Message has 'IsReplay: False'
| parse Message with * "Function '" Orchestrator " (Orchestrator)'" *
| summarize Failed = sum(ItemCount) by Orchestrator, bin(TimeGenerated, 15m)
'''
  }
  {
    name: 'channel-health'
    title: 'A channel cannot send'
    severity: 2
    frequency: 'PT5M'
    window: 'PT15M'
    measure: 'Changes'
    threshold: 0
    dimension: 'Channel'
    query: '''
AppTraces
| where Message startswith 'Channel ' and (Message has ' is Failed: ' or Message has ' is Degraded: ')
| parse Message with 'Channel ' Channel ' is ' *
| summarize Changes = sum(ItemCount) by Channel, bin(TimeGenerated, 15m)
'''
  }
]

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: componentName
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${baseName}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'LiveDesk'
    emailReceivers: [
      for (email, i) in emails: {
        name: 'email-${i}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource logAlerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'alert-${baseName}-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      description: 'docs/operations.md, section "Alerts", ${rule.name}.'
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: rule.frequency
      windowSize: rule.window
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Maximum'
            metricMeasureColumn: rule.measure
            operator: 'GreaterThan'
            threshold: rule.threshold
            dimensions: [
              {
                name: rule.dimension
                operator: 'Include'
                values: ['*']
              }
            ]
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      // The tables get their columns with the first telemetry, after this deployment.
      skipQueryValidation: true
      autoMitigate: true
      actions: {
        actionGroups: [people.id]
      }
    }
  }
]

resource readinessTest 'Microsoft.Insights/webtests@2022-06-15' = if (!empty(readinessTestLocations)) {
  name: 'test-${baseName}-ready'
  location: location
  // The hidden link is how the portal finds the test of a component.
  tags: union(tags, { 'hidden-link:${component.id}': 'Resource' })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: 'test-${baseName}-ready'
    Name: 'The desk is ready'
    Kind: 'standard'
    Enabled: true
    Frequency: 300
    Timeout: 30
    RetryEnabled: true
    Locations: [for testLocation in readinessTestLocations: { Id: testLocation }]
    Request: {
      RequestUrl: readyUrl
      HttpVerb: 'GET'
      ParseDependentRequests: false
    }
    ValidationRules: {
      ExpectedHttpStatusCode: 200
      SSLCheck: true
      SSLCertRemainingLifetimeCheck: 14
    }
  }
}

resource readinessAlert 'Microsoft.Insights/metricAlerts@2018-03-01' = if (!empty(readinessTestLocations)) {
  name: 'alert-${baseName}-not-ready'
  location: 'global'
  tags: tags
  properties: {
    description: 'docs/operations.md, section "Alerts", not-ready.'
    severity: 0
    enabled: true
    scopes: [
      readinessTest.id
      component.id
    ]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: readinessTest.id
      componentId: component.id
      failedLocationCount: max(1, length(readinessTestLocations) - 1)
    }
    actions: [
      {
        actionGroupId: people.id
      }
    ]
  }
}
