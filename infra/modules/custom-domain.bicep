// A host name of your own on the function app.

@description('Name of the function app.')
param functionAppName string

@description('The host name, such as desk.example.com.')
param hostName string

@description('Thumbprint of a certificate that the app holds for it; empty: no TLS on this name yet.')
param certificateThumbprint string

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: functionAppName
}

resource binding 'Microsoft.Web/sites/hostNameBindings@2025-03-01' = {
  parent: app
  name: hostName
  properties: {
    hostNameType: 'Verified'
    sslState: empty(certificateThumbprint) ? 'Disabled' : 'SniEnabled'
    thumbprint: empty(certificateThumbprint) ? null : certificateThumbprint
  }
}
