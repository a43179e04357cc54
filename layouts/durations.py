"""Lengths of time as people say them: '2.3 seconds', '14 minutes', '1 minute 35 seconds'."""

from __future__ import annotations

from math import floor, log10

# From how many seconds on a length is told in a unit: two of it, as '95 seconds' is said still.
_UNITS = ((2 * 86_400, 86_400, "day"), (2 * 3600, 3600, "hour"), (120, 60, "minute"))
_SHORT = {86_400: "days", 3600: "h", 60: "min", 1: "s"}
# From so many of a unit on, a tenth of it says nothing.
_NO_TENTHS = 10
_MOST_TICKS = 5


def duration_and_unit(seconds: float, decimals: int) -> tuple[str, str]:
    """A length of time, not below 0, and its unit: ('2.3', ' seconds'), ('14', ' minutes').

    decimals: those of seconds, where it is told in seconds.
    """
    for least, size, noun in _UNITS:
        if seconds >= least:
            places = 0 if seconds / size >= _NO_TENTHS - 0.05 else 1
            return _plain(seconds / size, places), f" {noun}s"
    number = f"{seconds:,.{decimals}f}"
    return number, " second" if number == "1" else " seconds"


def _plain(value: float, places: int) -> str:
    text = f"{value:,.{places}f}"
    return text.removesuffix(".0")


def duration_moved(seconds: float, decimals: int) -> str:
    """By how much a length of time changed: '1 second', '5 minutes'; '' where it reads as nought.

    decimals: those of seconds, of which one is told at least.
    """
    number, unit = duration_and_unit(seconds, max(1, decimals))
    if not float(number.replace(",", "")):
        return ""
    plain = number.rstrip("0").rstrip(".") if "." in number else number
    return plain + (unit.removesuffix("s") if plain == "1" else unit)


def duration_in_full(seconds: float) -> str:
    """A length of time, not below 0, for tables: '2.31 seconds', '14 minutes 3 seconds'."""
    if seconds < 59.995:
        return f"{seconds:,.2f} seconds"
    whole = round(seconds)
    sizes = ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))
    said = []
    for size, noun in sizes:
        count, whole = divmod(whole, size)
        if count:
            said.append(f"{count:,} {noun}{'' if count == 1 else 's'}")
    return " ".join(said)


def duration_ticks(most: float) -> tuple[list[float], list[str]]:
    """Where an axis of seconds from 0 to `most` has its ticks, and what they say: '5 min'.

    They are whole tenths, halves or fifths of a power of ten, in one unit.
    """
    size = next((size for least, size, _ in _UNITS if most >= least), 1)
    step = _step(most / size)
    count = floor(most / size / step + 1e-9)
    ticks = [step * number for number in range(count + 1)]
    return [tick * size for tick in ticks], [f"{tick:g} {_SHORT[size]}" for tick in ticks]


def _step(most: float) -> float:
    if most <= 0:
        return 1.0
    power = 10.0 ** floor(log10(most / _MOST_TICKS))
    steps = (power * times for times in (1, 2, 5, 10))
    return next(step for step in steps if most / step <= _MOST_TICKS)
