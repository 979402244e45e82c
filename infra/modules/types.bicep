// The shapes of the parameters that are more than a text or a number.

@export()
@description('Tags of a resource: name and value.')
type resourceTags = {
  @description('Value of the tag of that name.')
  *: string
}

@export()
@description('Instances that are kept warm for one group of functions.')
type alwaysReady = {
  @description('http (all HTTP functions together), durable (orchestrations and activities together) or function:{name}.')
  name: string

  @description('How many instances never go away.')
  @minValue(1)
  instanceCount: int
}

@export()
@description('Base URLs that replace a provider\'s own. Leave out what stays as it is.')
type providerBaseUrls = {
  @description('Twilio.')
  Twilio: string?

  @description('Bandwidth.')
  Bandwidth: string?

  @description('WhatsApp Cloud API (Meta).')
  WhatsAppCloud: string?

  @description('EngageLab.')
  EngageLab: string?

  @description('Messenger (Meta).')
  Messenger: string?

  @description('Viber.')
  Viber: string?

  @description('OpenAI, or a service that speaks its protocol.')
  OpenAi: string?

  @description('Dialogflow.')
  Dialogflow: string?
}

@export()
@description('A person, group or service that may write secrets into the Key Vault.')
type vaultWriter = {
  @description('Object id in Microsoft Entra ID.')
  id: string

  @description('What the id stands for.')
  kind: 'User' | 'Group' | 'ServicePrincipal'
}
