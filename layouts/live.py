"""How many people are using services right now, and how old that count is."""

from datetime import datetime

from dash import html

from layouts.aria import aria
from layouts.wording import age, count_said

FRESH_FOR = 10 * 60


def is_fresh(counted_at: datetime, now: datetime) -> bool:
    """Whether a count is recent enough to speak of 'now': ten minutes."""
    return (now - counted_at).total_seconds() < FRESH_FOR


def live_figure(
    value: float | None, sentence: str, counted_at: datetime | None, now: datetime
) -> html.Div:
    """A live count set large, with a pulse while it is fresh, and how old it is.

    sentence: what the number counts, as it follows the number: 'people are using 12 services.'
    """
    if value is None or counted_at is None:
        return html.Div(html.P("No live figures reported.", className="empty"), className="live")
    fresh = is_fresh(counted_at, now)
    pulse = html.Span(className="pulse" if fresh else "pulse still", **aria(hidden="true"))
    counted = f"{'Counted' if fresh else 'Last counted'} {age(counted_at, now)}."
    return html.Div(
        [
            html.P([pulse, count_said(value)], className="value"),
            html.P([f"{sentence} ", html.Span(counted, className="of")]),
        ],
        className="live",
    )
