"""What people call columns, in small letters without signs: a table, to be added to."""

from __future__ import annotations

from collections.abc import Mapping


def _names(words: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in words.split(","))


# Of the first day of a period, or of a moment.
DATES = _names(
    "date, dates, day, start, start date, start at, starting, from, timestamp, time, period, "
    "period start, reporting period, date and time, date time, datetime, "
    "week, week of, week commencing, week beginning, week starting, week start, w c, wc, "
    "month, month beginning, month starting, quarter, quarter starting, year, financial year"
)
# Of the last day of a period.
LAST_DAYS = _names(
    "week ending, week end, w e, we, month ending, quarter ending, year ending, period ending, "
    "period end, end, end date, to, last day"
)
# Of other fields, by their name.
OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    name: _names(words)
    for name, words in {
        "period": "period type, length, length of period, frequency, interval, granularity",
        "channel": "channel type, channel name, method, contact method, route, how",
        "stage": "step, journey stage, journey step, event stage, page",
        "count": "number, volume, volumes, quantity, value, amount, completed, claims, users, "
        "number of transactions, completed transactions, unique visitors",
        "total": "responses, total responses, total answers, all answers, all",
        "total_cost": "cost, costs, spend, spending, expenditure, amount",
        "unique_visitors": "visitors, users, active users, live users, people online",
        "service": "service name, slug, service slug",
        "rate": "take up, digital take up, digital take up rate, share, percentage",
        "transactions": "total transactions, all transactions, volume, total",
        "digital_transactions": "digital, digital volume, online, online transactions",
        "mean_seconds": "seconds, mean, average, mean time, average time, load time",
        "up": "uptime, minutes up, checks up",
        "rating_1": "1, 1 star, very dissatisfied, very unsatisfied, very poor",
        "rating_2": "2, 2 stars, dissatisfied, unsatisfied, poor",
        "rating_3": "3, 3 stars, neither, neutral, neither satisfied or dissatisfied, "
        "neither satisfied nor dissatisfied, ok, okay",
        "rating_4": "4, 4 stars, satisfied, good",
        "rating_5": "5, 5 stars, very satisfied, very good, excellent",
    }.items()
}
