"""Before and after: as many periods on either side, pooled, and only what was reported."""

from __future__ import annotations

from datetime import date

import pytest

from kpi.annotations import Annotation
from kpi.before_after import (
    Difference,
    Pooled,
    Stretch,
    differences,
    fullest,
    pooled,
    room,
    stretches,
)
from kpi.definitions import kpi
from kpi.normal import judged
from kpi.periods import Period
from tests.kpi.rows import figure, kpi_frame

COMPLETION, VOLUME = "completion-rate", "transactions"


def happened(day: str, end: str = "") -> Annotation:
    return Annotation.parse("it", {"start_at": day, "end_at": end or None, "title": "It"})


def week(monday: str) -> Period:
    return Period("week", date.fromisoformat(monday))


def test_what_happened_on_a_monday_changed_all_of_its_week() -> None:
    before, after = stretches(happened("2016-07-04"), "week", 2)
    assert (before.first, before.last) == (week("2016-06-20"), week("2016-06-27"))
    assert (after.first, after.last) == (week("2016-07-04"), week("2016-07-11"))


def test_the_week_that_is_cut_by_it_belongs_to_neither_side() -> None:
    before, after = stretches(happened("2016-07-06"), "week", 1)
    assert before.first == week("2016-06-27")
    assert after.first == week("2016-07-11")


def test_after_a_span_begins_when_it_is_over() -> None:
    before, after = stretches(happened("2016-07-06", "2016-07-20"), "week", 1)
    assert before.first == week("2016-06-27")
    assert after.first == week("2016-07-25")


@pytest.mark.parametrize(
    ("reported", "expected"),
    [
        # Three weeks before, one after: one on either side.
        (["2016-06-13", "2016-06-20", "2016-06-27", "2016-07-04"], 1),
        (["2016-06-13", "2016-06-20", "2016-06-27"], 0),
        (["2016-07-04", "2016-07-11"], 0),
        ([], 0),
        # Half a year on both sides: a quarter of a year is enough.
        (["2016-01-04", "2016-12-26"], 13),
    ],
)
def test_there_is_as_much_room_as_on_the_shorter_side(reported: list[str], expected: int) -> None:
    assert room(happened("2016-07-04"), "week", map(week, reported)) == expected


def test_a_rate_is_pooled_and_not_the_mean_of_rates() -> None:
    # 10 of 100 and 90 of 100 would be 50% as a mean as well; 10 of 100 and 900 of 1,000 tell.
    rows = kpi_frame(
        figure("s", COMPLETION, 10, 100, period="week", start="2016-06-20"),
        figure("s", COMPLETION, 900, 1000, period="week", start="2016-06-27"),
    )
    found = pooled(rows, Stretch(week("2016-06-20"), 2))
    assert found.value == pytest.approx(910 / 1100)
    assert (found.reported, found.expected) == (2, 2)


def test_an_amount_is_its_mean_a_week_and_partial_weeks_do_not_count() -> None:
    rows = kpi_frame(
        figure("s", VOLUME, 100, period="week", start="2016-06-20"),
        figure("s", VOLUME, 300, period="week", start="2016-06-27"),
        figure("s", VOLUME, 5, period="week", start="2016-07-04", status="partial"),
    )
    found = pooled(rows, Stretch(week("2016-06-20"), 3))
    assert (found.value, found.reported, found.expected) == (200, 2, 3)


def test_weeks_of_few_answers_count_and_too_few_together_are_suppressed() -> None:
    rows = kpi_frame(
        figure("s", "user-satisfaction", 2, 3, period="week", start="2016-06-20"),
        figure("s", "user-satisfaction", 1, 2, period="week", start="2016-06-27"),
    )
    assert pooled(rows, Stretch(week("2016-06-20"), 2), 5).value == pytest.approx(3 / 5)
    found = pooled(rows, Stretch(week("2016-06-20"), 1), 5)
    assert (found.value, found.suppressed) == (None, True)


def test_what_was_not_reported_is_no_figure_and_not_nought() -> None:
    found = pooled(kpi_frame(figure("s", VOLUME, 1)), Stretch(week("2016-06-20"), 2))
    assert (found.value, found.reported) == (None, 0)


def test_every_kpi_is_told_also_where_one_side_is_unknown() -> None:
    rows = kpi_frame(figure("s", VOLUME, 100, period="week", start="2016-06-27"))
    sides = stretches(happened("2016-07-04"), "week", 1)
    completion, volume = differences(rows, judged(rows), [kpi(COMPLETION), kpi(VOLUME)], *sides)
    assert not completion.is_known
    assert (volume.before.value, volume.after.value, volume.is_known) == (100, None, False)


def moved(before: float, after: float, *verdicts: str) -> Difference:
    sides = [Pooled(value, 4, 4) for value in (before, after)]
    return Difference(
        kpi(COMPLETION), sides[0], sides[1], kpi_frame(figure("s", VOLUME, 1)), verdicts
    )


@pytest.mark.parametrize(
    ("found", "beyond"),
    [
        (moved(0.5, 0.6, "higher", "normal", "higher", "normal"), "higher"),
        (moved(0.6, 0.5, "lower", "lower"), "lower"),
        # One week alone is chance, and what comes later is no longer told from what came since.
        (moved(0.5, 0.6, "higher", "normal", "normal", "normal"), ""),
        (moved(0.5, 0.6, "normal", "normal", "normal", "normal", "higher", "higher"), ""),
        # Two weeks were low, and all of them together are not.
        (moved(0.5, 0.6, "lower", "lower", "normal"), ""),
        (moved(0.5, 0.6), ""),
    ],
)
def test_a_kpi_is_beyond_normal_where_two_of_the_first_four_are(
    found: Difference, beyond: str
) -> None:
    assert found.beyond == beyond


def test_as_many_weeks_are_looked_at_as_most_kpis_are_whole_for() -> None:
    def week_of(slug: str, monday: str) -> dict[str, object]:
        return figure("s", slug, 50, 100, period="week", start=monday)

    mondays = ["2016-06-20", "2016-06-27", "2016-07-04", "2016-07-11"]
    # Completion goes back two weeks, satisfaction and take-up one.
    rows = [week_of(COMPLETION, monday) for monday in mondays]
    rows += [week_of("user-satisfaction", monday) for monday in mondays[1:]]
    rows += [week_of("digital-take-up", monday) for monday in mondays[1:3]]
    assert fullest(kpi_frame(*rows), happened("2016-07-04"), "week", 2) == 1
    # Where a longer one is as good, it is taken.
    assert fullest(kpi_frame(*rows[:4]), happened("2016-07-04"), "week", 2) == 2
