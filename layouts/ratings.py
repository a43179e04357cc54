"""How satisfied people were: a bar of five shares, its ends in words, and all five as a table."""

from collections.abc import Sequence

from dash import html

from layouts import colours
from layouts.aria import aria
from layouts.tables import Column, data_table

NAMES = ("Very dissatisfied", "Dissatisfied", "Neither", "Satisfied", "Very satisfied")
NO_ANSWERS = "Nobody answered in this time: no data, which is not 0%."


def shares(counts: Sequence[float]) -> list[float]:
    """Shares 0 to 1 of answers rated 1 to 5, in that order; none at all without answers."""
    total = sum(counts)
    return [count / total for count in counts] if total else []


def _words(name: str, share: float) -> str:
    return f"{name} {share:.0%}"


def ratings(counts: Sequence[float]) -> html.Div:
    """The bar and its scale. counts: how many answered 1 (very dissatisfied) to 5."""
    found = shares(counts)
    if not found:
        return html.Div(html.P(NO_ANSWERS, className="empty"))
    said = [_words(name, share) for name, share in zip(NAMES, found, strict=True)]
    parts = [
        html.Span(style={"width": f"{share * 100:.2f}%", "background": colour})
        for share, colour in zip(found, colours.RATINGS, strict=True)
    ]
    picture = html.Div(parts, className="likert", role="img", **aria(label=", ".join(said)))
    scale = html.P([html.Span(said[0]), html.Span(said[-1])], className="scale")
    return html.Div([picture, scale])


def ratings_table(counts: Sequence[float], caption: str) -> html.Div:
    """All five ratings: answers and share."""
    columns = [Column("Answer"), Column("People", numeric=True), Column("Share", numeric=True)]
    rows = [
        [name, f"{count:,.0f}", f"{share:.1%}"]
        for name, count, share in zip(NAMES, counts, shares(counts), strict=False)
    ]
    return data_table(columns, rows, caption, empty=NO_ANSWERS)
