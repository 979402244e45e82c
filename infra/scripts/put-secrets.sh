#!/usr/bin/env bash
# Makes the desk's secrets and puts them into the Key Vault. They are random, made here, shown nowhere.
# Needs the role Key Vault Secrets Officer (parameter vaultWriters) and, in a private network, a way to the vault.
#
#   put-secrets.sh VAULT first      makes what is missing: the encryption key and the bootstrap API key. Changes nothing that is there.
#   put-secrets.sh VAULT rotate     the present encryption key becomes the previous one, a new one takes its place
#   put-secrets.sh VAULT rotated    takes the previous key out of use, after everything is encrypted under the new one
set -euo pipefail

if [ $# -ne 2 ]; then
  sed -n '2,8p' "$0" >&2
  exit 64
fi
vault=$1 what=$2
key=livedesk-secrets-key
previous=livedesk-secrets-key-previous
bootstrap=livedesk-bootstrap-api-key

exists() { [ "$(az keyvault secret list --vault-name "$vault" --query "length([?name=='$1'])" --output tsv)" != 0 ]; }

# Through a file, since the arguments of a process can be seen by others on the machine.
put() {
  local file
  file=$(mktemp)
  cat > "$file"
  az keyvault secret set --vault-name "$vault" --name "$1" --file "$file" --encoding utf-8 --output none || { rm -f "$file"; return 1; }
  rm -f "$file"
  echo "Put $1."
}

case $what in
  first)
    if exists "$key"; then echo "$key is there already."; else head -c 32 /dev/urandom | base64 -w0 | put "$key"; fi
    if exists "$bootstrap"; then echo "$bootstrap is there already."
    else printf 'ldk_%s' "$(head -c 20 /dev/urandom | base32 | tr '[:upper:]' '[:lower:]')" | put "$bootstrap"; fi
    ;;
  rotate)
    az keyvault secret show --vault-name "$vault" --name "$key" --query value --output tsv | tr -d '\n' | put "$previous"
    head -c 32 /dev/urandom | base64 -w0 | put "$key"
    echo "Deploy with LIVEDESK_ACCEPT_PREVIOUS_KEY=true, re-encrypt, then run: $0 $vault rotated"
    ;;
  rotated)
    az keyvault secret delete --vault-name "$vault" --name "$previous" --output none
    echo "$previous is deleted (and can be recovered for 90 days)."
    ;;
  *)
    sed -n '2,8p' "$0" >&2
    exit 64
    ;;
esac
