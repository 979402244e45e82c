#!/usr/bin/env bash
# Sees that a deployed desk works: it reaches its storage, refuses what it must, and takes a signed webhook.
#
#   smoke-test.sh https://desk.example.com
#
# With SMOKE_WEBHOOK_URL and SMOKE_AUTH_TOKEN (a Twilio channel that exists for this only) it also signs a delivery receipt as Twilio does.
# The receipt is for a message that is none of ours: the desk verifies and queues it, and nothing in the workspace changes.
set -euo pipefail

if [ $# -ne 1 ]; then
  sed -n '2,7p' "$0" >&2
  exit 64
fi
base=${1%/}

status() { curl --silent --show-error --max-time 30 --output /dev/null --write-out '%{http_code}' "$@"; }

expect() {
  local want=$1 what=$2 got
  shift 2
  got=$(status "$@")
  [ "$got" = "$want" ] || { echo "$what: expected $want, got $got." >&2; exit 1; }
  echo "$what: $got"
}

# A new version needs a moment; two minutes are more than a cold start takes.
for attempt in $(seq 1 24); do
  got=$(status "$base/api/ready" || true)
  [ "$got" = 200 ] && break
  [ "$attempt" -lt 24 ] || { echo "The desk is not ready: $base/api/ready answers $got." >&2; exit 1; }
  sleep 5
done
echo "ready: 200"

expect 200 'health' "$base/api/health"
expect 401 'API without a key' "$base/api/v1/workspaces/main/channels"
expect 401 'API with the development key' --header 'Authorization: Bearer ldk_local_admin' "$base/api/v1/workspaces/main/channels"
expect 404 'webhook of an unknown channel' --request POST "$base/api/webhooks/twilio/ch_smoke/none"

if [ -z "${SMOKE_WEBHOOK_URL:-}" ]; then
  echo "No SMOKE_WEBHOOK_URL: no webhook was signed."
  exit 0
fi

sid=SM$(printf '%032x' "$(date +%s)")
account=AC00000000000000000000000000000000
# Twilio signs the URL and then the parameters in the order of their names, without anything between them.
text="${SMOKE_WEBHOOK_URL}AccountSid${account}MessageSid${sid}MessageStatusdelivered"
signature=$(printf '%s' "$text" | openssl dgst -sha1 -hmac "$SMOKE_AUTH_TOKEN" -binary | base64)
form=(--data-urlencode "AccountSid=$account" --data-urlencode "MessageSid=$sid" --data-urlencode 'MessageStatus=delivered')

expect 403 'webhook with a wrong signature' "${form[@]}" --header 'X-Twilio-Signature: AAAA' "$SMOKE_WEBHOOK_URL"
expect 200 'webhook with the right signature' "${form[@]}" --header "X-Twilio-Signature: $signature" "$SMOKE_WEBHOOK_URL"
