"""The way through a long list: links to its pages, with the one we are on among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from dash import dcc, html
from dash.development.base_component import Component

from kpi.paged import Paged
from layouts.aria import aria
from layouts.marks import marks
from layouts.wording import capitalised, counted, out_of

NEAR = 1


def _numbers(number: int, pages: int) -> list[int]:
    near = range(max(1, number - NEAR), min(pages, number + NEAR) + 1)
    return sorted({1, *near, pages})


def _items(number: int, pages: int, href_of: Callable[[int], str]) -> Iterator[Component]:
    if number > 1:
        yield html.Li(dcc.Link("Previous", href=href_of(number - 1)))
    for before, here in pairwise([0, *_numbers(number, pages)]):
        if here > before + 1:
            yield html.Li("…", **aria(hidden="true"))
        hidden = html.Span("Page ", className="visually-hidden")
        if here == number:
            yield html.Li(html.Span([hidden, str(here)]), **aria(current="page"))
        else:
            yield html.Li(dcc.Link([hidden, str(here)], href=href_of(here)))
    if number < pages:
        yield html.Li(dcc.Link("Next", href=href_of(number + 1)))


def pagination(
    number: int, pages: int, href_of: Callable[[int], str], leads_to: str
) -> html.Nav | None:
    """Links to the first, the last and the nearest pages; None where there is but one.

    number: the page we are on, from 1. href_of: the address of a page. leads_to: the id of what
    takes the focus when a page is chosen (assets/staying.js).
    """
    if pages < 2:
        return None
    listed = html.Ul(list(_items(number, pages, href_of)))
    attributes = {**marks(leads_to=leads_to), **aria(label="Pages")}
    return html.Nav(listed, className="pages", **attributes)


def shown_in_words(listing: Paged, everything: int, noun: str, chosen: str) -> str:
    """'12 of 734 services: ‘passport’.', and which are shown where they fill several pages.

    chosen: what they are filtered by, in words; '' where by nothing.
    """
    if chosen:
        count = f"{listing.total:,} of {counted(everything, noun)}"
    else:
        count = capitalised(out_of(listing.total, everything, noun))
    shown = f" Showing {listing.first:,} to {listing.last:,}." if listing.pages > 1 else ""
    return f"{count}{': ' if chosen else ''}{chosen}.{shown}"
