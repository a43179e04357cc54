"""The data types: which fields a record has, and which measurements it becomes.

This table is the only place that knows; validation, the write path and the documentation read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from data.rules import INSTANT, DataType, Field, Rule, counted, pooled, staged

__all__ = [
    "ADDED",
    "DATA_TYPES",
    "INSTANT",
    "STANDARD_TYPES",
    "SUMMARIES",
    "DataType",
    "Field",
    "Rule",
    "data_type",
]

# The group and type under which the government's yearly and quarterly figures are held.
SUMMARIES = ("transactional-services", "summaries")


def _number(name: str, help_text: str, unit: str, *, required: bool = True) -> Field:
    return Field(name, "number", required, help_text, unit)


def _text(name: str, help_text: str, *, required: bool = True) -> Field:
    return Field(name, "text", required, help_text)


def _stage(at: str) -> Field:
    words = f"at which stage of the journey {at}, as the journey names it"
    return Field("stage", "text", False, words, later=True)


_PERIOD = _text("period", "day, week, month, quarter or year")
_WEEK = {"_timestamp": "2013-10-14T00:00:00+00:00", "period": "week"}
_STAGED = (
    "With a stage, the most frequent are shown beside the service's journey; a record then says "
    "which one it is of as well, in at most 99 letters together with its stage."
)
_MONTH = {"_timestamp": "2017-10-01T00:00:00+00:00", "period": "month"}

STANDARD_TYPES: tuple[DataType, ...] = (
    DataType(
        "transactions-by-channel",
        "Transactions by channel",
        (
            _PERIOD,
            _text("channel", "how the transaction was done, such as digital"),
            _number("count", "completed transactions", "transactions"),
        ),
        (
            Rule("transactions-by-channel", {"count": 1}, by="channel"),
            Rule("transactions", {"count": 1}, by="channel", kinds=True),
            Rule("transactions", {"count": 1}),
        ),
        example={**_WEEK, "channel": "digital", "count": 1472},
        notes="Digital take-up is worked out from these counts. A channel counts as digital, "
        "assisted digital or non-digital; where a channel that the service uses is missing, the "
        "total is partial.",
    ),
    DataType(
        "journey",
        "Visitors at each stage of the journey",
        (
            _PERIOD,
            _text("stage", "the stage that was reached"),
            _number("count", "visitors who reached it", "visitors"),
        ),
        (
            Rule("journey", {"count": 1}, by="stage"),
            Rule("journey-started", {"count": 1}, stage="first"),
            Rule("journey-completed", {"count": 1}, stage="last"),
        ),
        aliases=("completion-rate",),
        example={**_WEEK, "stage": "eligibility", "count": 5685},
        notes="The completion rate is the last stage divided by the first; the data set's "
        "settings name its stages in order.",
    ),
    DataType(
        "customer-satisfaction",
        "Ratings from 1, very dissatisfied, to 5, very satisfied",
        (
            _PERIOD,
            *(
                _number(f"rating_{n}", f"answers of {n} on the scale from 1 to 5", "answers")
                for n in range(1, 6)
            ),
            _number("total", "all answers", "answers", required=False),
        ),
        (
            *(Rule("ratings", {f"rating_{n}": 1}, category=str(n)) for n in range(1, 6)),
            Rule("ratings", {f"rating_{n}": 1 for n in range(1, 6)}),
            Rule("satisfaction", {f"rating_{n}": (n - 1) / 4 for n in range(1, 6)}),
        ),
        example={
            "_timestamp": "2014-03-10T00:00:00+00:00",
            "period": "day",
            **dict(zip((f"rating_{n}" for n in range(1, 6)), (0, 1, 3, 5, 10), strict=True)),
            "total": 19,
        },
        notes="Satisfaction is the mean rating minus 1, divided by 4, of all answers together. A "
        "period of fewer than five answers is suppressed on pages and among figures; its records "
        "are read as they were sent, unless the data set keeps them from being read.",
    ),
    DataType(
        "cost-per-transaction",
        "What the service cost",
        (
            _PERIOD,
            _number("total_cost", "pounds spent in the period", "pounds"),
            _text("channel", "on which channel; absent: on all of them", required=False),
        ),
        (
            Rule("cost-by-channel", {"total_cost": 1}, by="channel"),
            Rule("cost", {"total_cost": 1}, by="channel", kinds=True),
            Rule("cost", {"total_cost": 1}),
        ),
        example={**_MONTH, "total_cost": 73900.5, "channel": "digital"},
        notes="The cost per transaction is these costs divided by the transactions of the same "
        "period.",
    ),
    DataType(
        "digital-take-up",
        "Digital take-up",
        (
            _PERIOD,
            _number(
                "digital_transactions",
                "transactions that people did online by themselves",
                "transactions",
                required=False,
            ),
            _number("transactions", "all transactions", "transactions", required=False),
            _number("rate", "digital of all transactions, 0 to 1", "proportion", required=False),
        ),
        (
            Rule("take-up", {"digital_transactions": 1}, "digital", needs=("transactions",)),
            Rule("take-up", {"transactions": 1}, needs=("digital_transactions",)),
            Rule(
                "take-up-rate",
                {"rate": 1},
                unless=("digital_transactions", "transactions"),
                added=False,
            ),
        ),
        example={**_MONTH, "digital_transactions": 800, "transactions": 1000},
        notes="Give both counts, or a rate where there are none. Counts add up over time and over "
        "services; a rate is shown for exactly its own period and is never added up. Where the "
        "service has transactions by channel as well, those count.",
    ),
    DataType(
        "realtime",
        "People using the service",
        (_number("unique_visitors", "people on the service at that moment", "people"),),
        (Rule("live-users", {"unique_visitors": 1}, added=False),),
        instant=True,
        example={"_timestamp": "2014-06-03T13:49:03+00:00", "unique_visitors": 39},
        notes="The time is a moment, and there is no period.",
    ),
    DataType(
        "page-load-time",
        "How long pages take to load",
        (
            _PERIOD,
            _number("mean_seconds", "the mean time to load, in seconds", "seconds"),
            _number("views", "page views that it is the mean of", "views", required=False),
            _text("page", "which page; absent: all of them", required=False),
        ),
        pooled(
            "page-load-seconds",
            "page-load-views",
            "page-load-mean",
            mean="mean_seconds",
            of="views",
            by="page",
        ),
        example={**_MONTH, "mean_seconds": 1.25, "views": 40000},
        notes="A mean is added up with others by its views. Without them it is kept as the mean "
        "of exactly its period.",
    ),
    DataType(
        "availability",
        "How much of the time the service could be used",
        (
            _PERIOD,
            _number(
                "up",
                "minutes (or checks) in which it could be used",
                "minutes or checks",
                required=False,
            ),
            _number(
                "total",
                "minutes (or checks) in which it was watched",
                "minutes or checks",
                required=False,
            ),
            _number("rate", "up divided by total, 0 to 1", "proportion", required=False),
        ),
        (
            Rule("availability-up", {"up": 1}, needs=("total",)),
            Rule("availability-total", {"total": 1}, needs=("up",)),
            Rule("availability-rate", {"rate": 1}, unless=("up", "total"), added=False),
        ),
        example={**_MONTH, "up": 44595, "total": 44640},
        notes="Count minutes in all records of a data set, or checks in all of them. A rate alone "
        "is kept as that of exactly its period, and is never added up.",
    ),
    DataType(
        "devices",
        "Visits by kind of device",
        (
            _PERIOD,
            _text("device", "the kind of device, such as mobile"),
            _number("count", "visits made with it", "visits"),
        ),
        counted("devices", "count", "device"),
        example={**_MONTH, "device": "mobile", "count": 5210},
    ),
    DataType(
        "browsers",
        "Visits by browser",
        (
            _PERIOD,
            _text("browser", "the browser, with its version if you like"),
            _number("count", "visits made with it", "visits"),
        ),
        counted("browsers", "count", "browser"),
        example={**_MONTH, "browser": "Firefox 56", "count": 830},
    ),
    DataType(
        "errors",
        "Errors that people met",
        (
            _PERIOD,
            _text("error", "which error; absent: all of them", required=False),
            _stage("it was met"),
            _number("count", "how often it was met", "errors"),
        ),
        (*counted("errors", "count", "error"), staged("errors-by-stage", "count", "error")),
        example={**_WEEK, "error": "payment declined", "stage": "pay-details", "count": 17},
        notes=_STAGED,
    ),
    DataType(
        "help-usage",
        "Use of help",
        (
            _PERIOD,
            _text("help", "which help, such as telephone; absent: all of it", required=False),
            _stage("it was opened"),
            _number("count", "how often it was used", "uses"),
        ),
        (*counted("help-usage", "count", "help"), staged("help-by-stage", "count", "help")),
        example={**_WEEK, "help": "what counts as income", "stage": "other-money", "count": 412},
        notes=_STAGED,
    ),
    DataType(
        "site-visits",
        "Visits to the site",
        (
            _PERIOD,
            _number("visits", "visits", "visits"),
            _number("visitors", "different people who visited", "people", required=False),
        ),
        (
            Rule("visits", {"visits": 1}),
            Rule("visitors", {"visitors": 1}, added=False),
        ),
        example={**_MONTH, "visits": 9120, "visitors": 7400},
        notes="Visits add up. Visitors do not, as the same person comes in two months: they are "
        "kept as those of exactly their period.",
    ),
    DataType(
        "time-to-complete",
        "How long a transaction takes",
        (
            _PERIOD,
            _number("mean_seconds", "the mean time to complete, in seconds", "seconds"),
            _number(
                "completed",
                "completed transactions that it is the mean of",
                "transactions",
                required=False,
            ),
        ),
        pooled(
            "time-to-complete-seconds",
            "time-to-complete-completed",
            "time-to-complete-mean",
            mean="mean_seconds",
            of="completed",
        ),
        example={**_MONTH, "mean_seconds": 840, "completed": 1300},
        notes="A mean is added up with others by how many completed. Without that it is kept as "
        "the mean of exactly its period.",
    ),
    DataType(
        "waiting-time",
        "How long people wait",
        (
            _PERIOD,
            _number("mean_seconds", "the mean time that people waited, in seconds", "seconds"),
            _number("people", "how many waited, that it is the mean of", "people", required=False),
            _text("queue", "which queue, such as telephone; absent: all of them", required=False),
        ),
        pooled(
            "waiting-time-seconds",
            "waiting-time-people",
            "waiting-time-mean",
            mean="mean_seconds",
            of="people",
            by="queue",
        ),
        example={**_MONTH, "mean_seconds": 95, "queue": "telephone", "people": 2600},
        notes="A mean is added up with others by how many waited. Without that it is kept as the "
        "mean of exactly its period.",
    ),
    DataType(
        "summaries",
        "Transactions and costs of many services",
        (
            _text("service", "the slug of the service"),
            _PERIOD,
            _number(
                "transactions", "all transactions in the period", "transactions", required=False
            ),
            _number("digital_transactions", "those done digitally", "transactions", required=False),
            _number("cost_per_transaction", "pounds", "pounds", required=False),
            _number("digital_cost_per_transaction", "pounds", "pounds", required=False),
        ),
        (
            Rule("transactions", {"transactions": 1}),
            Rule("transactions", {"digital_transactions": 1}, category="digital"),
            Rule("cost", {"cost_per_transaction": 1}, times="transactions"),
            Rule(
                "cost",
                {"digital_cost_per_transaction": 1},
                category="digital",
                times="digital_transactions",
            ),
        ),
        example={
            "_timestamp": "2016-10-01T00:00:00+00:00",
            "service": "dwp-carers-allowance-new-claims",
            "period": "year",
            "transactions": 1000,
            "digital_transactions": 800,
            "cost_per_transaction": 2.5,
        },
        notes="Where a service sends figures of its own, those count.",
    ),
)

# Each by its slug, and by its other names.
DATA_TYPES: Mapping[str, DataType] = {
    name: item for item in STANDARD_TYPES for name in (item.slug, *item.aliases)
}
_RULES = [rule for item in STANDARD_TYPES for rule in item.rules]
# The measures that are added up; the others stand for exactly their moment or period.
ADDED = frozenset(rule.measure for rule in _RULES if rule.added)


@lru_cache(maxsize=1000)
def data_type(slug: str) -> DataType:
    """The data type of this name; one that is not in the table holds records alone."""
    return DATA_TYPES.get(slug) or DataType(slug, slug)
