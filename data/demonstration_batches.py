"""One service's simulated records, a batch for each type of data it reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

import numpy as np

from data.demonstration_behaviour import ASSISTED, PAPER, PHONE, Behaviour, Met
from data.demonstration_facts import YearFacts
from data.entries import Batch, DataSetEntry, Record, ServiceEntry
from data.simulation import (
    DAYS,
    END,
    MONDAYS,
    Counts,
    Floats,
    by_week,
    generator,
    in_weeks,
    levels,
    month_ends,
    rushes,
    seasons,
    shared_out,
    shared_out_by_year,
    wandering,
    week_days,
)

# How much of a usual week's business is done, and of its journeys completed, while it is down.
OUTAGE_VOLUME, OUTAGE_COMPLETION = 0.5, 0.8
OFFICE_WEEKS = {
    PAPER: (1.1, 1.05, 1.0, 1.0, 0.95, 0.2, 0.0),
    PHONE: (1.2, 1.1, 1.0, 1.0, 0.95, 0.35, 0.0),
    ASSISTED: (1.1, 1.05, 1.0, 1.0, 0.95, 0.1, 0.0),
}
# Answers of contented and of discontented users, from 1 to 5; their mean satisfaction.
CONTENT = np.array([0.005, 0.01, 0.035, 0.21, 0.74])
DISCONTENT = np.array([0.42, 0.27, 0.16, 0.1, 0.05])
QUARTERS_OF_FULL_MARKS = np.arange(5) / 4
# Part of a month's cost that comes whether anyone uses the service or not.
FIXED_COST = 0.6
# Of so many of the last weeks errors and help are told.
MESSAGE_WEEKS = 26


def digital_days(behaviour: Behaviour, years: Sequence[YearFacts]) -> Floats:
    """What the service would do online each day, the weeks it did not report included."""
    return _days(behaviour, "digital", [year.digital for year in years])


def transactions(
    service: ServiceEntry, behaviour: Behaviour, years: Sequence[YearFacts], digital: Floats
) -> Batch:
    """Completed transactions by channel; the reported days add up to the published years."""
    reported = ~in_weeks(behaviour.missing)
    records: list[Record] = []
    for channel, totals in _channel_totals(behaviour, years):
        expected = digital if channel == "digital" else _days(behaviour, channel, totals)
        counts = shared_out_by_year(totals, expected * reported)
        if channel == "digital" or not behaviour.reports_little:
            records += _channel_records(behaviour.period, channel, counts, reported.tolist())
    entry = _entry(service, behaviour, "transactions-by-channel", "transactions by channel")
    return Batch(entry, records)


def reached(behaviour: Behaviour, digital: Floats) -> dict[str, Counts]:
    """Visitors a week at each stage; the last stage is the week's digital transactions, nearly."""
    return _stage_counts(generator(f"{behaviour.group}/journey"), behaviour, by_week(digital))


def journey(service: ServiceEntry, behaviour: Behaviour, stages: dict[str, Counts]) -> Batch:
    """The records of visitors a week at each stage."""
    records = [
        {
            "_id": f"{day}.{stage}",
            "_timestamp": _midnight(day),
            "period": "week",
            "stage": stage,
            "count": count,
        }
        for stage, counts in stages.items()
        for day, count in zip(MONDAYS, counts.tolist(), strict=True)
    ]
    return Batch(_entry(service, behaviour, "journey", "visitors at each stage"), records)


def messages(
    service: ServiceEntry, behaviour: Behaviour, stages: dict[str, Counts], kind: str
) -> Batch:
    """How often each error was met ('errors'), or help opened ('help-usage'), in the last weeks."""
    field, met = ("error", behaviour.errors) if kind == "errors" else ("help", behaviour.help)
    rng = generator(f"{behaviour.group}/{kind}")
    records = [
        {
            "_id": f"{day}.{number}",
            "_timestamp": _midnight(day),
            "period": "week",
            "stage": one.stage,
            field: one.which,
            "count": count,
        }
        for number, one in enumerate(met)
        for day, count in _met(rng, one, stages)
    ]
    words = "errors that people met" if kind == "errors" else "help that people opened"
    return Batch(_entry(service, behaviour, kind, words), records)


def _met(
    rng: np.random.Generator, one: Met, stages: dict[str, Counts]
) -> Iterator[tuple[date, int]]:
    expected = stages[one.stage][-MESSAGE_WEEKS:] * one.share
    return zip(MONDAYS[-MESSAGE_WEEKS:], rng.poisson(expected).tolist(), strict=True)


def ratings(service: ServiceEntry, behaviour: Behaviour, digital: Floats) -> Batch:
    """Answers from 1 to 5, by day or week; fewer users give fewer answers."""
    rng = generator(f"{behaviour.group}/customer-satisfaction")
    weekly = behaviour.ratings == "week"
    starts = MONDAYS if weekly else DAYS
    users = by_week(digital) if weekly else digital
    answers = rng.poisson(users * behaviour.answers)
    counts = rng.multinomial(answers, _rating_shares(rng, behaviour, starts))
    missing = in_weeks(behaviour.missing)
    absent = {day for day, gone in zip(DAYS, missing.tolist(), strict=True) if gone}
    records = [
        _rating_record(day, behaviour.ratings, row)
        for day, row in zip(starts, counts.tolist(), strict=True)
        if day not in absent
    ]
    return Batch(_entry(service, behaviour, "customer-satisfaction", "ratings"), records)


def costs(
    service: ServiceEntry, behaviour: Behaviour, years: Sequence[YearFacts], digital: Floats
) -> Batch:
    """Pounds a month, to the penny; each published year's months add up to its published cost.

    By channel where the digital cost was published of every year, and there is one other channel.
    """
    told = len(behaviour.others) == 1 and all(year.digital_cost for year in years)
    other = behaviour.others[0][0] if told else ""
    records = [record for year in years for record in _year_costs(year, digital, other)]
    return Batch(_entry(service, behaviour, "cost-per-transaction", "cost"), records)


def _year_costs(year: YearFacts, digital: Floats, other: str) -> Iterator[Record]:
    """The months of a year: all of their cost, or that of 'digital' and of one other channel."""
    if year.pence is None:
        return
    months = _spans("month", year.start)
    busy = np.array([digital[span].sum() for _, span in months])
    length = np.array([span.stop - span.start for _, span in months])
    weights = FIXED_COST * length / length.sum() + (1 - FIXED_COST) * busy / busy.sum()
    split = [("digital", year.digital_pence), (other, year.pence - year.digital_pence)]
    for channel, total in split if other else [("", year.pence)]:
        for (start, _), pence in zip(months, shared_out(total, weights), strict=True):
            yield _cost_record(start, int(pence), channel)


def _days(behaviour: Behaviour, channel: str, totals: Sequence[int]) -> Floats:
    rng = generator(f"{behaviour.group}/{channel}")
    digital = (1.12, 1.08, 1.03, 1.0, 0.95, behaviour.weekend, behaviour.weekend * 0.95)
    weights = (
        seasons(behaviour.seasons)
        * week_days(digital if channel == "digital" else OFFICE_WEEKS[channel])
        * rushes(behaviour.peaks)
        * month_ends(behaviour.month_end)
        * np.exp(rng.normal(0, 0.04, len(DAYS)))
    )
    if channel == "digital":
        weights = weights * np.where(in_weeks(behaviour.outages), OUTAGE_VOLUME, 1)
    level = levels(totals, weights * ~in_weeks(behaviour.missing))
    return weights * level


def _channel_totals(
    behaviour: Behaviour, years: Sequence[YearFacts]
) -> Iterator[tuple[str, list[int]]]:
    yield "digital", [year.digital for year in years]
    if not behaviour.others:
        return
    shares = np.array([share for _, share in behaviour.others])
    rest = [shared_out(year.transactions - year.digital, shares) for year in years]
    for index, (channel, _) in enumerate(behaviour.others):
        yield channel, [int(split[index]) for split in rest]


def _channel_records(
    period: str, channel: str, counts: Counts, reported: Sequence[bool]
) -> Iterator[Record]:
    for start, span in _spans(period):
        if reported[span.start]:
            yield {
                "_id": f"{start}.{channel.replace(' ', '-')}",
                "_timestamp": _midnight(start),
                "period": period,
                "channel": channel,
                "count": int(counts[span].sum()),
            }


def _stage_counts(
    rng: np.random.Generator, behaviour: Behaviour, completed: Floats
) -> dict[str, Counts]:
    drop = np.log(_completion(rng, behaviour))
    shares = _drop_shares(rng, behaviour)
    before = np.concatenate([[0.0], np.cumsum(shares)])
    counts = {
        stage: np.rint(completed * np.exp(drop * (share - 1))).astype(np.int64)
        for stage, share in zip(behaviour.stages, before, strict=True)
    }
    middle = counts[behaviour.stages[1]]
    for stage in behaviour.optional_stages:
        asked = rng.uniform(0.12, 0.45) + wandering(rng, len(MONDAYS), 0.008)
        counts[stage] = np.rint(middle * asked).astype(np.int64)
    return counts


def _completion(rng: np.random.Generator, behaviour: Behaviour) -> Floats:
    rate = np.linspace(*behaviour.completion, len(MONDAYS))
    rate = rate + wandering(rng, len(MONDAYS), 0.008)
    down = np.isin(np.array(MONDAYS), np.array(behaviour.outages, dtype=object))
    return np.clip(rate * np.where(down, OUTAGE_COMPLETION, 1), 0.2, 0.95)


def _drop_shares(rng: np.random.Generator, behaviour: Behaviour) -> Floats:
    shares = rng.uniform(0.6, 1.4, len(behaviour.stages) - 1)
    # Whoever finds a stage hard leaves there, and so never reaches the next one.
    shares[behaviour.stages.index(behaviour.hardest)] *= 4
    return shares / shares.sum()


def _rating_shares(
    rng: np.random.Generator, behaviour: Behaviour, starts: Sequence[date]
) -> Floats:
    wanted = np.linspace(*behaviour.satisfaction, len(starts))
    wanted = wanted + wandering(rng, len(starts), 0.004)
    last_month = np.array([day >= END.replace(month=END.month - 1) for day in starts])
    wanted = wanted - behaviour.drop * last_month
    best, worst = CONTENT @ QUARTERS_OF_FULL_MARKS, DISCONTENT @ QUARTERS_OF_FULL_MARKS
    content = np.clip((wanted - worst) / (best - worst), 0, 1)[:, None]
    return content * CONTENT + (1 - content) * DISCONTENT


def _rating_record(day: date, period: str, counts: Sequence[int]) -> Record:
    answers = {f"rating_{n}": count for n, count in enumerate(counts, start=1)}
    head = {"_id": str(day), "_timestamp": _midnight(day), "period": period}
    return {**head, **answers, "total": sum(counts)}


def _cost_record(start: date, pence: int, channel: str) -> Record:
    record = {
        "_id": f"{start}.{channel}" if channel else str(start),
        "_timestamp": _midnight(start),
        "period": "month",
        "total_cost": pence / 100,
    }
    return {**record, "channel": channel} if channel else record


def months() -> list[tuple[date, slice]]:
    """Every month of the three years, and the days it covers."""
    return _spans("month")


def _spans(period: str, year: date | None = None) -> list[tuple[date, slice]]:
    """Every day, month or quarter (of one published year, if given) and the days it covers."""
    if period == "day":
        return [(day, slice(n, n + 1)) for n, day in enumerate(DAYS)]
    step = {"month": 1, "quarter": 3}[period]
    edges = [n for n, day in enumerate(DAYS) if day.day == 1 and (day.month - 1) % step == 0]
    spans = [(DAYS[a], slice(a, b)) for a, b in pairwise([*edges, len(DAYS)])]
    if year is None:
        return spans
    return [span for span in spans if year <= span[0] < year.replace(year=year.year + 1)]


def _entry(service: ServiceEntry, behaviour: Behaviour, kind: str, words: str) -> DataSetEntry:
    by_channel, by_stage = kind == "transactions-by-channel", kind == "journey"
    return DataSetEntry(
        group=behaviour.group,
        type=kind,
        title=f"{service.name}: {words}",
        service=service.slug,
        max_age_expected=None,
        stages=behaviour.stages if by_stage else (),
        optional_stages=behaviour.optional_stages if by_stage else (),
        stage_names=dict(behaviour.stage_names) if by_stage else {},
        channels=behaviour.channels if by_channel else (),
    )


def _midnight(day: date) -> str:
    return f"{day}T00:00:00+00:00"


def simulated(
    service: ServiceEntry, behaviour: Behaviour, years: Sequence[YearFacts]
) -> Iterable[Batch]:
    """Every batch that the service reports."""
    digital = digital_days(behaviour, years)
    yield transactions(service, behaviour, years, digital)
    if behaviour.reports_little:
        return
    if behaviour.stages:
        stages = reached(behaviour, digital)
        yield journey(service, behaviour, stages)
        if behaviour.errors:
            yield messages(service, behaviour, stages, "errors")
        if behaviour.help:
            yield messages(service, behaviour, stages, "help-usage")
    if behaviour.answers:
        yield ratings(service, behaviour, digital)
    if any(year.pence is not None for year in years):
        yield costs(service, behaviour, years, digital)
