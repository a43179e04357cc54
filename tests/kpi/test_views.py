"""What part of a service's figures is looked at, and what an address need not say."""

from datetime import date

from kpi.periods import PERIODS, Period
from kpi.views import Wanted, chosen_length, moved, view


def months(first: str, count: int) -> list[Period]:
    found = [Period("month", date.fromisoformat(first))]
    while len(found) < count:
        found.append(found[-1].next)
    return found


YEAR = months("2016-10-01", 12)


def test_a_page_opens_by_month_then_quarter_then_year_then_week_then_day() -> None:
    assert chosen_length("", PERIODS) == ("month", ())
    assert chosen_length("", ("day", "week", "quarter", "year")) == ("quarter", ())
    assert chosen_length("", ("day", "week", "year")) == ("year", ())
    assert chosen_length("", ("day", "week")) == ("week", ())
    assert chosen_length("", ("day",)) == ("day", ())


def test_a_length_without_figures_is_told_in_words() -> None:
    length, said = chosen_length("week", ("quarter", "year"))
    assert length == "quarter"
    assert said == (
        "This service has no figures for each week. Figures are shown for each quarter instead.",
    )


def test_a_length_that_is_none_is_told_in_words() -> None:
    assert chosen_length("fortnight", ("month",))[1][0].startswith("‘fortnight’ is not a length")


def test_what_opens_is_not_in_the_address() -> None:
    shown = view(Wanted(), ["month"], "month", YEAR)
    assert (shown.first, shown.last) == (YEAR[0], YEAR[-1])
    assert shown.parameters == {}
    assert not shown.is_narrowed


def test_a_pinned_view_names_its_length_and_span_whether_asked_for_or_not() -> None:
    span = {"period": "month", "from": "2016-10-01", "to": "2017-09-01"}
    opening = view(Wanted(channel="digital"), ["month"], "month", YEAR, channels=["digital"])
    assert opening.pinned == {**span, "channel": "digital"}
    narrowed = view(Wanted("month", YEAR[3].start), ["month"], "month", YEAR)
    assert narrowed.pinned == {**span, "from": "2017-01-01"}
    assert view(Wanted(), [], "month", []).pinned == {}


def test_what_was_asked_for_is_in_the_address() -> None:
    asked = Wanted("quarter", channel="digital")
    quarters = [Period("quarter", date(2017, 1, 1)), Period("quarter", date(2017, 4, 1))]
    shown = view(asked, ["month", "quarter"], "quarter", quarters, channels=["digital"])
    assert shown.parameters == {"period": "quarter", "channel": "digital"}


def test_a_span_begins_and_ends_with_periods_that_have_figures() -> None:
    some = [YEAR[0], YEAR[3], YEAR[4], YEAR[8]]
    shown = view(Wanted("month", YEAR[1].start, YEAR[6].start), ["month"], "month", some)
    assert (shown.first, shown.last) == (YEAR[3], YEAR[4])
    assert shown.parameters == {"from": "2017-01-01", "to": "2017-02-01"}
    assert shown.is_narrowed
    assert (shown.start_at, shown.end_at) == (date(2017, 1, 1), date(2017, 3, 1))


def test_a_day_within_a_period_stands_for_it() -> None:
    shown = view(Wanted(first=date(2017, 3, 17)), ["month"], "month", YEAR)
    assert shown.first == Period("month", date(2017, 3, 1))


def test_a_span_of_nothing_shows_everything_and_says_so() -> None:
    shown = view(Wanted(first=date(2020, 1, 1), last=date(2021, 1, 1)), ["month"], "month", YEAR)
    assert (shown.first, shown.last) == (YEAR[0], YEAR[-1])
    assert shown.notes == ("Nothing was reported for that time, so all figures are shown.",)


def test_a_span_that_ends_before_it_begins_shows_everything_and_says_so() -> None:
    shown = view(Wanted(first=YEAR[5].start, last=YEAR[2].start), ["month"], "month", YEAR)
    assert not shown.is_narrowed
    assert shown.notes == ("‘From’ is later than ‘To’, so all figures are shown.",)


def test_of_days_the_last_92_are_shown_until_others_are_asked_for() -> None:
    days = [Period("day", date.fromordinal(date(2017, 1, 1).toordinal() + n)) for n in range(100)]
    shown = view(Wanted(), ["day"], "day", days)
    assert (shown.first, shown.last) == (days[8], days[99])
    assert shown.parameters == {}
    every = view(Wanted(first=days[0].start), ["day"], "day", days)
    assert every.first == days[0]
    assert every.parameters == {"from": "2017-01-01"}


def test_an_unknown_channel_is_told_in_words_and_all_are_shown() -> None:
    shown = view(Wanted(channel="pigeon"), ["month"], "month", YEAR, channels=["digital"])
    assert shown.channel == ""
    assert "no figures for the channel ‘pigeon’" in shown.notes[0]


def test_undoing_a_span_keeps_the_channel_and_the_length() -> None:
    asked = Wanted("month", YEAR[2].start, YEAR[3].start, "digital")
    shown = view(asked, ["month"], "month", YEAR, channels=["digital"])
    assert shown.without_span().parameters == {"channel": "digital"}
    assert shown.of_channel("").parameters == {"from": "2016-12-01", "to": "2017-01-01"}


def test_a_service_without_figures_has_an_empty_view() -> None:
    shown = view(Wanted(), [], "month", [])
    assert (shown.first, shown.last, shown.start_at, shown.end_at) == (None,) * 4
    assert shown.parameters == {}


def test_the_same_span_in_periods_of_another_length() -> None:
    year = Wanted("month", date(2016, 1, 1), date(2016, 12, 1))
    ends = {length: moved(year, length) for length in PERIODS}
    assert (ends["day"].first, ends["day"].last) == (date(2016, 1, 1), date(2016, 12, 31))
    # 1 January 2016 was a Friday: its week's Thursday was in 2015.
    assert (ends["week"].first, ends["week"].last) == (date(2016, 1, 4), date(2016, 12, 26))
    assert (ends["quarter"].first, ends["quarter"].last) == (date(2016, 1, 1), date(2016, 10, 1))
    assert (ends["year"].first, ends["year"].last) == (date(2016, 1, 1), date(2016, 1, 1))


def test_a_span_of_a_few_months_holds_no_year() -> None:
    few = moved(Wanted("month", date(2016, 1, 1), date(2016, 3, 1)), "year")
    assert (few.period, few.first, few.last) == ("year", None, None)
