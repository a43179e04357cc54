"""`python -m bench.forecasting`: how well projections would have done on the published quarters.

It prints what it measures and writes it into docs/forecasting.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.fresh import PUBLISHED
from bench.holdouts import (
    HeldOut,
    held_out,
    points_error,
    published,
    symmetric_error,
    take_ups,
    volumes,
)
from config import ROOT
from data.validation import Rejected
from kpi.continuations import (
    Calibration,
    Numbers,
    continued,
    latest_quarter,
    same_quarter_last_year,
    theta,
)
from kpi.scales import COUNTED, SHARED

FILE = ROOT / "docs" / "forecasting.md"
BEFORE_LAST, LAST = 1, 0
METHODS = {
    "the same quarter last year": same_quarter_last_year,
    "the latest quarter again": latest_quarter,
    "the Theta method": theta,
    "**the one in the middle of these three**": continued,
}
Error = Callable[[Numbers, Numbers], float]
_TEXT = """# How good projections are

Made by `python -m bench.forecasting` (or `make forecasting`) from the published quarters, July 2012
to September 2017: it holds quarters out, projects them from those before, and compares. Anyone who
has the published file can run it, and gets this page, figure by figure.

## What is projected
Volume and digital take-up for the coming year, where there are two years without a break; the
other KPIs only to judge targets. The line is continued a quarter at a time, volumes in logarithms
and take-up in log-odds, in three ways: as in the same quarter last year, as in the latest quarter,
and by the Theta method (Assimakopoulos and Nikolopoulos, 2000: the smoothed level, half the trend,
and the season). Of the three the one in the middle is taken, for each quarter. Months and weeks
share the quarter that they lie in as they did in the years before.

The interval is to hold the figure in four of five cases. It is as wide as so many of the line's own
typical steps from one quarter to the next, season apart; that step is drawn towards what is usual
the more, the shorter the line. A month or a week has its own variation within the quarter on top.
A total of the year has a width of its own, as its parts do not all err the same way.

Partial figures are never projected from. Up to two missing weeks in a row, or one month, are
bridged; nothing else is. A service that was not used for a year is not projected, nor is a rate
that was ever over 100%.

## How targets are judged
A target is a value and a day for a KPI that has a better direction, declared by API or command. The
card of the KPI says, by its reported figures alone, partial ones never count:

- **met**: the latest figure is at the target or beyond it, or the figure of the day was;
- **missed**: the figures reach the day, and its figure was not;
- **on course**, **off course**: whether the projected figure of the period that holds the last day
  before it is at the target or beyond it;
- **too little history to say**, **too far ahead to say**: less than two years behind, or a day
  after the coming year.

A cost is judged by its twelve months, as its card shows it. The page says nothing of targets where
it shows a part of the time or one channel.

## What it was chosen by
Method and widths were chosen on the year before the last of each service: {before} services have
two years before it. The last year had no part in it, and was looked at once, at the end.

{chosen}

Also tried on volumes of that year, and worse than the one in the middle: smoothing with a season,
with and without a damped trend (statsmodels' Holt–Winters), the mean of a year, last year with a
damped drift, and means of several of these. On take-up a damped drift did about as well.

Widths that would have held 80% in that year, in typical steps (in use since: {used}):

{widths}

## Volume: the last year, held out
{services} services have twelve unbroken quarters or more, none of the last twelve nought. Their
last four are held out. The error is the symmetric mean absolute percentage error, |f − a| ÷
((|f| + |a|) ÷ 2), the mean over all quarters of all services.

{volume}

## Digital take-up: the last year, held out
{shares} services have twelve unbroken quarters or more of both volumes. Of {still} of them take-up
had never moved, mostly because all of it is on paper, or all digital: that goes on as it is and
tells nothing of a method. These are the figures of the other {moved}. The error is the mean
distance in percentage points.

{take_up}

With those that had never moved, the intervals hold {everyone}.

## What this does not show
- The published file has quarters, and no costs, satisfaction or completion for each of them.
  Weeks and months are tested on made-up lines alone, and so are the other KPIs, whose projections
  are used for targets and have no interval on any page.
- A projection says what comes if things go on as they did. It knows nothing of a new law, a new
  form or a closing office.
"""


def text(path: Path) -> str:
    """The page, measured anew from a published file."""
    services = published(path)
    lines, shares = volumes(services), take_ups(services)
    before, shares_before = held_out(lines, COUNTED, BEFORE_LAST), _moved(shares, BEFORE_LAST)
    last, everyone = held_out(lines, COUNTED, LAST), held_out(shares, SHARED, LAST)
    return _TEXT.format(
        before=len(before.known),
        chosen=_table(_chosen(before, shares_before), ("method", "volume", "digital take-up")),
        used=f"{_said(COUNTED.calibration)}; {_said(SHARED.calibration)}",
        widths=_table(_widths(before, shares_before), ("", "quarters", "total")),
        services=len(last.known),
        volume=_volume(last),
        shares=len(everyone.known),
        still=len(everyone.known) - len(everyone.moved.known),
        moved=len(everyone.moved.known),
        take_up=_take_up(everyone.moved),
        everyone=_share(everyone.within()),
    )


def _moved(lines: Sequence[Numbers], years: int) -> HeldOut:
    return held_out(lines, SHARED, years).moved


def _chosen(volume: HeldOut, take_up: HeldOut) -> list[tuple[str, ...]]:
    return [
        (
            name,
            f"{symmetric_error(volume.forecasts(method), volume.came):.3f}",
            _points(points_error(take_up.forecasts(method), take_up.came)),
        )
        for name, method in METHODS.items()
    ]


def _widths(volume: HeldOut, take_up: HeldOut) -> list[tuple[str, ...]]:
    found = (("volume", volume.widths()), ("digital take-up", take_up.widths()))
    return [
        (name, _quarters(each), f"{each.total:.2f}" if each.total else "") for name, each in found
    ]


def _said(own: Calibration) -> str:
    return f"{_quarters(own)}" + (f" and {own.total:.2f}" if own.total else "")


def _quarters(own: Calibration) -> str:
    return ", ".join(f"{width:.2f}" for width in own.quarters)


def _volume(held: HeldOut) -> str:
    rows = _errors(held, symmetric_error, "{:.3f}".format)
    rows.append(("80% intervals hold", _share(held.within())))
    rows += _by_quarter(held)
    rows.append(("80% intervals of the year's total hold", _share(held.totals_within())))
    return _table(rows, ("volume", "last four quarters"))


def _take_up(held: HeldOut) -> str:
    rows = [*_errors(held, points_error, _points), ("80% intervals hold", _share(held.within()))]
    return _table([*rows, *_by_quarter(held)], ("digital take-up", "last four quarters"))


def _errors(held: HeldOut, error: Error, said: Callable[[float], str]) -> list[tuple[str, ...]]:
    return [
        (f"error of {name}", said(error(held.forecasts(method), held.came)))
        for name, method in METHODS.items()
    ]


def _by_quarter(held: HeldOut) -> list[tuple[str, ...]]:
    names = ("first", "second", "third", "fourth")
    return [
        (f"of those of the {name} quarter", _share(within))
        for name, within in zip(names, held.within().T, strict=True)
    ]


def _share(within: Numbers) -> str:
    return f"{within.mean():.1%}"


def _points(error: float) -> str:
    return f"{100 * error:.2f} points"


def _table(rows: Sequence[Sequence[str]], header: Sequence[str]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def main(path: Path) -> None:
    """Measure, print and write.

    :raises SystemExit: with a sentence, where the file cannot be read.
    """
    try:
        made = text(path)
    except Rejected as error:
        raise SystemExit(str(error)) from error
    print(made)
    FILE.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.forecasting", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=PUBLISHED, help="the published file")
    main(parser.parse_args().file)
