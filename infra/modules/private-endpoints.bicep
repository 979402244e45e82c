// Private endpoints of storage and Key Vault, and the DNS zones that let their names lead there from inside the network.

import { resourceTags } from 'types.bicep'

@description('Beginning of the names.')
param baseName string

@description('Region.')
param location string

@description('Tags.')
param tags resourceTags

@description('Name of the storage account.')
param storageAccountName string

@description('Name of the Key Vault.')
param vaultName string

@description('Network from which the names are resolved.')
param networkId string

@description('Subnet that the endpoints stand in.')
param subnetId string

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageAccountName
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: vaultName
}

var storageSuffix = environment().suffixes.storage
var services = [
  {
    group: 'blob'
    zone: 'privatelink.blob.${storageSuffix}'
  }
  {
    group: 'queue'
    zone: 'privatelink.queue.${storageSuffix}'
  }
  {
    group: 'table'
    zone: 'privatelink.table.${storageSuffix}'
  }
  {
    group: 'vault'
    // .vault.{cloud} is reached as privatelink.vaultcore.{cloud}.
    zone: 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'
  }
]

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [for service in services: {
  name: service.zone
  location: 'global'
  tags: tags
}]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for (service, i) in services: {
  parent: zones[i]
  name: 'link-${baseName}'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: networkId
    }
  }
}]

resource endpoints 'Microsoft.Network/privateEndpoints@2025-01-01' = [for service in services: {
  name: 'pe-${baseName}-${service.group}'
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: service.group
        properties: {
          privateLinkServiceId: service.group == 'vault' ? vault.id : account.id
          groupIds: [service.group]
        }
      }
    ]
  }
}]

resource records 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-01-01' = [for (service, i) in services: {
  parent: endpoints[i]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: service.group
        properties: {
          privateDnsZoneId: zones[i].id
        }
      }
    ]
  }
}]
