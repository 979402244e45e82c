#!/usr/bin/env bash
# Puts a package on the function app and waits until the platform has taken it over.
#
#   deploy-code.sh RESOURCE_GROUP FUNCTION_APP PACKAGE.zip
set -euo pipefail

if [ $# -ne 3 ]; then
  sed -n '2,4p' "$0" >&2
  exit 64
fi
group=$1 app=$2 package=$3

[ -s "$package" ] || { echo "There is no package at $package." >&2; exit 66; }
# Listed once, since grep -q would end unzip early.
files=$(unzip -l "$package")
if grep -qE 'LiveDesk\.(ProviderSimulator|Demo)\.dll|[ /]Microsoft\.DurableTask\.dll|local\.settings' <<< "$files"; then
  echo "The package holds parts of the local platform: publish with -p:LiveDeskPlatform=Azure." >&2
  exit 65
fi
az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$package" --timeout 900 --output none
echo "Deployed $package to $app."
