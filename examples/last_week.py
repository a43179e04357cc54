#!/usr/bin/env python3
"""Counts last week's transactions by channel, as records: the part that you would write yourself.

    python3 last_week.py transactions.csv

transactions.csv is the service's own log: a line a transaction, with the columns completed_at
(such as 2017-10-05T09:30:00) and channel. Weeks are from Monday to Sunday.
"""

import csv
import json
import sys
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

CHANNELS = ("digital", "paper")
WEEK = timedelta(days=7)


def records(log, today):
    """A record for each channel of the week before the one that `today` is in, 0 included."""
    monday = today - timedelta(days=today.weekday() + 7)
    with Path(log).open(encoding="utf-8", newline="") as lines:
        counts = Counter(
            line["channel"]
            for line in csv.DictReader(lines)
            if monday <= datetime.fromisoformat(line["completed_at"]).date() < monday + WEEK
        )
    week = {"_timestamp": f"{monday}T00:00:00+00:00", "period": "week"}
    return [{**week, "channel": channel, "count": counts[channel]} for channel in CHANNELS]


if __name__ == "__main__":
    print(json.dumps(records(sys.argv[1], date.today())))
