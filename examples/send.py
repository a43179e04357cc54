#!/usr/bin/env python3
"""Sends records to a data set. Needs Python 3.9 or newer and nothing else.

    export PLATFORM=http://127.0.0.1:8050 TOKEN=...
    python3 send.py carers-allowance/transactions-by-channel records.json

records.json is a list of records; with - in its place they are read from the standard input.
"""

import gzip
import json
import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

BATCH = 1000
ATTEMPTS = 5


def send(address, token, records, sent):
    """Send one batch, after so many records, trying again while the platform cannot be reached."""
    request = urllib.request.Request(
        address,
        data=gzip.compress(json.dumps(records).encode()),
        headers={
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Content-Encoding": "gzip",
        },
    )
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with urllib.request.urlopen(request, timeout=60):
                return
        except urllib.error.HTTPError as error:
            # Below 500 it is the request that is wrong: the same again would be refused again.
            if error.code < 500 or attempt == ATTEMPTS:
                sys.exit(refusal(error, sent))
        except OSError as error:
            if attempt == ATTEMPTS:
                sys.exit(f"{address}: {error}")
        time.sleep(2**attempt)


def refusal(error, sent):
    """What the platform says is wrong, a line for each fault."""
    said = error.read().decode(errors="replace")
    try:
        answer = json.loads(said)
    except ValueError:
        return f"{error.code}: {said}"
    faults = [
        f"record {sent + fault['record']}, {fault['field']}: {fault['message']}"
        for fault in answer.get("faults", [])
    ]
    return "\n".join([f"{error.code}: refused after {sent} records", *(faults or [said])])


def main(data_set, file):
    """Send all records of a file, a thousand at a time."""
    records = json.loads(sys.stdin.read() if file == "-" else Path(file).read_text("utf-8"))
    address = f"{os.environ['PLATFORM']}/data/{data_set}"
    for start in range(0, len(records), BATCH):
        send(address, os.environ["TOKEN"], records[start : start + BATCH], start)
    print(f"{len(records)} records sent")


if __name__ == "__main__":
    main(*sys.argv[1:])
