"""Numbers, changes and lists as people say them."""

import math
from collections.abc import Sequence

from kpi.definitions import Kpi
from layouts.durations import duration_and_unit, duration_in_full, duration_moved

NOT_REPORTED = "not reported"
NO_COMPARISON = "no earlier figure to compare with"
NO_CHANGE = "no change"
BILLION, MILLION, THOUSAND = 1_000_000_000, 1_000_000, 1_000
MINUTE, HOUR, DAY = 60, 3600, 86400

_NOT_SIMPLE = ("ies", "ses", "xes", "hes", "ss", "us", "is")
# What numbers need no word for: a card's name says it.
_UNSAID = ("transactions", "count")

Number = float | None


def missing(value: Number) -> bool:
    """Whether there is no figure: None or NaN."""
    return value is None or math.isnan(value)


def _three_figures(value: float) -> str:
    places = max(0, 2 - math.floor(math.log10(abs(value)))) if value else 0
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number_and_word(value: float) -> tuple[str, str]:
    if value >= BILLION * 0.9995:
        return _three_figures(value / BILLION), " billion"
    if value >= MILLION:
        return _three_figures(value / MILLION), " million"
    return f"{value:,.0f}", ""


def _pounds_and_word(value: float, decimals: int) -> tuple[str, str]:
    number, word = _number_and_word(value)
    if word or value >= THOUSAND:
        return f"£{number}", word
    if 0 < value < 0.005:
        return "under £0.01", ""
    return f"£{value:,.{decimals}f}", ""


def value_and_unit(value: Number, kpi: Kpi) -> tuple[str, str]:
    """The value and its smaller unit: ('84.1', '%'), ('£316', ' million'), ('14', ' minutes').

    value: in the KPI's unit, proportions 0 to 1; without one, ('not reported', '').
    """
    if value is None or math.isnan(value):
        return NOT_REPORTED, ""
    if kpi.format == "percentage":
        return f"{value * 100:,.{kpi.decimals}f}", "%"
    sign, size = ("−" if value < 0 else ""), abs(value)
    if kpi.format == "pounds":
        number, word = _pounds_and_word(size, kpi.decimals)
    elif kpi.format == "duration":
        number, word = duration_and_unit(size, kpi.decimals)
    else:
        number, word = _amount_and_word(size, kpi)
    return sign + number, word


def _amount_and_word(value: float, kpi: Kpi) -> tuple[str, str]:
    """A number of things and what they are: ('4,102', ' calls'); transactions are just a number."""
    number, word = _number_and_word(value)
    if kpi.decimals and not word:
        number = f"{value:,.{kpi.decimals}f}"
    unit = "" if kpi.unit in _UNSAID else f" {_singular(kpi.unit) if number == '1' else kpi.unit}"
    return number, word + unit


def _singular(noun: str) -> str:
    """'call' for 'calls'; words whose ending is not that simple stay as they are."""
    return noun if noun.endswith(_NOT_SIMPLE) else noun.removesuffix("s")


def said(value: Number, kpi: Kpi) -> str:
    """The value as people say it: '1.04 billion', '£316 million', '£0.40', '80.2%'."""
    return "".join(value_and_unit(value, kpi))


def exact(value: Number, kpi: Kpi) -> str:
    """The value in full, for tables and hover: '1,039,075,681', '£316,467,502.31', '81.59%'.

    A length of time is so many days, hours, minutes and seconds.
    """
    if value is None or math.isnan(value):
        return NOT_REPORTED
    if kpi.format == "percentage":
        return f"{value * 100:,.2f}%"
    sign, size = ("−" if value < 0 else ""), abs(value)
    if kpi.format == "pounds":
        places = 4 if 0 < size < 0.1 else 2
        return f"{sign}£{size:,.{places}f}"
    if kpi.format == "duration":
        return sign + duration_in_full(size)
    return f"{sign}{size:,.{kpi.decimals}f}"


def count_said(value: Number) -> str:
    """A number of things: '131,204', '1.04 billion'; without one, 'not reported'."""
    if value is None or math.isnan(value):
        return NOT_REPORTED
    return "".join(_number_and_word(value))


def amount(value: Number, kpi: Kpi) -> str:
    """An amount where it is said already of what: '13,674', '£3,200'."""
    return said(value, kpi) if kpi.format == "pounds" else count_said(value)


def _pounds_moved(size: float) -> str:
    if size >= 0.995:
        number, word = _pounds_and_word(size, 2)
        return number + word
    pence = size * 100
    number = f"{pence:.0f}" if pence >= 0.995 else f"{pence:.1f}"
    if number == "1":
        return "1 penny"
    return "" if number == "0.0" else f"{number} pence"


def _share_moved(size: float) -> str:
    places = 0 if size >= 0.1 else 1
    number = f"{size * 100:,.{places}f}"
    return "" if number == "0.0" else f"{number}%"


def _points_moved(size: float) -> str:
    number = f"{size * 100:.1f}"
    return "" if number == "0.0" else f"{number} percentage points"


def _moved(value: float, before: float, kpi: Kpi) -> str:
    """By how much, without up or down; '' where it would read as nought."""
    size = abs(value - before)
    if kpi.format == "percentage":
        return _points_moved(size)
    if kpi.format == "pounds" and kpi.denominator is not None:
        return _pounds_moved(size)
    if kpi.format == "duration" and kpi.denominator is not None:
        return duration_moved(size, kpi.decimals)
    return _share_moved(size / abs(before)) if before else count_said(size) if size else ""


def change_in_words(value: Number, before: Number, kpi: Kpi) -> str:
    """From the earlier figure to this one: 'up 1.9 percentage points', 'down 3 pence'.

    Amounts change by a percentage ('down 4.6%'), rates by pounds, time or percentage points.
    """
    if value is None or before is None or missing(value) or missing(before):
        return NO_COMPARISON
    moved = _moved(value, before, kpi)
    if not moved:
        return NO_CHANGE
    return f"{'up' if value > before else 'down'} {moved}"


def direction_of_change(value: Number, before: Number, kpi: Kpi) -> str:
    """'better', 'worse' or 'flat', by the KPI's better direction; flat too where it reads so."""
    words = change_in_words(value, before, kpi)
    if words in (NO_CHANGE, NO_COMPARISON) or not kpi.better:
        return "flat"
    return "better" if words.startswith("up") == (kpi.better == "higher") else "worse"


def counted(number: int, noun: str, plural: str = "") -> str:
    """'1 service', '734 services'."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def out_of(number: int, total: int, noun: str, plural: str = "") -> str:
    """'414 of 734 services'; where it is all of them, 'all 734 services'."""
    if number == total and total > 1:
        return f"all {counted(total, noun, plural)}"
    return f"{number:,} of {counted(total, noun, plural)}"


def parts_in_words(parts: int, expected: int, part: str, over: bool = True) -> str:
    """What a partial figure is made of: '29 of 31 days reported', and 'so far' until it is over.

    Weeks that are all there are partial all the same: they do not begin and end with a month.
    """
    if part == "week" and parts == expected and over:
        return f"added up from {counted(parts, part)}, which do not fill it exactly"
    return f"{parts:,} of {counted(expected, part)} reported" + ("" if over else " so far")


def listed(words: Sequence[str]) -> str:
    """'June', 'June and July', 'June, July and August'."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def named(slug: str) -> str:
    """A slug as a name: 'about-you' is 'About you'."""
    words = slug.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def capitalised(sentence: str) -> str:
    """The sentence with a capital to begin it; the rest as it is."""
    return sentence[:1].upper() + sentence[1:]
