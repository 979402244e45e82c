#!/usr/bin/env bash
# Makes the desk's secrets and puts them into the Key Vault. They are random, made here, shown nowhere.
# Needs the role Key Vault Secrets Officer (parameter vaultWriters) and, in a private network, a way to the vault.
#
#   put-secrets.sh VAULT first      makes what is missing: the encryption key and the bootstrap API key. Changes nothing that is there.
#   put-secrets.sh VAULT bootstrap  makes another bootstrap API key
#   put-secrets.sh VAULT announce   makes a new encryption key and puts it beside the present one, so that every instance learns to read it
#   put-secrets.sh VAULT rotate     the two change places: from the next start on, the new key encrypts
#   put-secrets.sh VAULT rotated    puts the old key out of use, after everything is encrypted under the new one
set -euo pipefail

if [ $# -ne 2 ]; then
  sed -n '2,10p' "$0" >&2
  exit 64
fi
vault=$1 what=$2
key=livedesk-secrets-key
previous=livedesk-secrets-key-previous
bootstrap=livedesk-bootstrap-api-key

exists() { [ "$(az keyvault secret list --vault-name "$vault" --query "length([?name=='$1' && attributes.enabled])" --output tsv)" != 0 ]; }

show() { az keyvault secret show --vault-name "$vault" --name "$1" --query value --output tsv; }

# Through a file, since the arguments of a process can be seen by others on the machine.
put() {
  local file
  file=$(mktemp)
  cat > "$file"
  az keyvault secret set --vault-name "$vault" --name "$1" --file "$file" --encoding utf-8 --output none || { rm -f "$file"; return 1; }
  rm -f "$file"
  echo "Put $1."
}

new_key() { head -c 32 /dev/urandom | base64 -w0; }

new_api_key() { printf 'ldk_%s' "$(head -c 20 /dev/urandom | base32 | tr '[:upper:]' '[:lower:]')"; }

case $what in
  first)
    if exists "$key"; then echo "$key is there already."; else new_key | put "$key"; fi
    if exists "$bootstrap"; then echo "$bootstrap is there already."; else new_api_key | put "$bootstrap"; fi
    ;;
  bootstrap)
    new_api_key | put "$bootstrap"
    ;;
  announce)
    if exists "$previous"; then echo "$previous is there already: a rotation is under way. Finish it first." >&2; exit 1; fi
    new_key | put "$previous"
    ;;
  rotate)
    old=$(show "$key") new=$(show "$previous")
    [ "$old" != "$new" ] || { echo "Both secrets hold the same key: run $0 $vault rotated, then announce." >&2; exit 1; }
    # The old one first: at no moment is a key missing that something was encrypted under.
    printf '%s' "$old" | put "$previous"
    printf '%s' "$new" | put "$key"
    ;;
  rotated)
    # Not deleted: under purge protection the name could not be used again for 90 days, and the next rotation needs it.
    az keyvault secret set-attributes --vault-name "$vault" --name "$previous" --enabled false --output none
    echo "$previous is disabled."
    ;;
  *)
    sed -n '2,10p' "$0" >&2
    exit 64
    ;;
esac
