#!/bin/sh
# Sends a file of records to a data set, with curl:
#
#     export PLATFORM=http://127.0.0.1:8050 TOKEN=...
#     sh send.sh carers-allowance/transactions-by-channel records.json
#
# Sending the same file again changes nothing, so it is safe to try again.
set -eu

gzip --stdout "$2" |
    curl --silent --show-error --fail-with-body --retry 5 --retry-connrefused \
        --header "Authorization: Bearer $TOKEN" \
        --header 'Content-Type: application/json' \
        --header 'Content-Encoding: gzip' \
        --data-binary @- \
        "$PLATFORM/data/$1"
