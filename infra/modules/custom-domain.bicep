// A host name of your own on the function app.

@description('Name of the function app.')
param functionAppName string

@description('Region of the app.')
param location string

@description('The host name, such as desk.example.com.')
param hostName string

@description('Have Azure issue a certificate for the host name and renew it. Its issuer asks for the name, so the name must have been bound before.')
param managedCertificate bool

@description('Thumbprint of a certificate of your own that the app holds for the name; empty: none.')
param certificateThumbprint string

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: functionAppName
}

resource certificate 'Microsoft.Web/sites/certificates@2025-03-01' = if (managedCertificate) {
  parent: app
  name: replace(hostName, '.', '-')
  location: location
  properties: {
    canonicalName: hostName
  }
}

// Read from the certificate each time: a renewed one has another.
var thumbprint = managedCertificate ? certificate!.properties.thumbprint : certificateThumbprint

resource binding 'Microsoft.Web/sites/hostNameBindings@2025-03-01' = {
  parent: app
  name: hostName
  properties: {
    hostNameType: 'Verified'
    sslState: managedCertificate || !empty(certificateThumbprint) ? 'SniEnabled' : 'Disabled'
    thumbprint: empty(thumbprint) ? null : thumbprint
  }
}
