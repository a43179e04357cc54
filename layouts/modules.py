"""A module: a finding, the figures in a sentence, the picture, and ways to take them away."""

from collections.abc import Callable, Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from layouts.aria import aria
from layouts.sharing import share_link

Content = Component | Sequence[Component]
# By the name of its section, what draws each module: a page draws them all, an embed one.
Parts = Mapping[str, Callable[[], Component]]


def action(words: str, href: str, about: str) -> html.A:
    """A link in an actions row; `about` tells it from its like on the page, unseen."""
    return html.A([words, html.Span(f": {about}", className="visually-hidden")], href=href)


def table_behind(table: Component, about: str, words: str = "Show as a table") -> html.Details:
    """The same figures as a table, one keypress away."""
    hidden = html.Span(f": {about}", className="visually-hidden")
    return html.Details([html.Summary([words, hidden]), table], className="behind")


def actions(
    about: str,
    table: Component | None = None,
    csv_href: str = "",
    share_href: str = "",
    more: Sequence[Component] = (),
    *,
    after: Sequence[Component] = (),
) -> html.Div | None:
    """The row below a picture: table, CSV, share, whichever there are; None without any.

    csv_href, share_href: with the time that is shown. more, after: what comes before and after
    them; where csv_href is '', the first CSV of these is what is shared.
    """
    found: list[Component] = list(more)
    if table is not None:
        found.append(table_behind(table, about))
    if csv_href:
        found.append(action("Download CSV", csv_href, about))
    if share_href:
        found.append(share_link(share_href, about, csv_href or _first_csv(more)))
    found += after
    return html.Div(found, className="actions") if found else None


def _first_csv(links: Sequence[Component]) -> str:
    hrefs = (str(getattr(link, "href", "")) for link in links)
    return next((href for href in hrefs if "format=csv" in href), "")


def module(
    id: str,
    heading: str,
    content: Content,
    *,
    summary: str = "",
    table: Component | None = None,
    csv_href: str = "",
    share_href: str = "",
    more: Sequence[Component] = (),
    after: Sequence[Component] = (),
    title: str = "",
) -> html.Section:
    """One metric on a dashboard, headed by its finding.

    id: the section's own, so that `#id` leads to it. heading: the finding, or a plain title.
    title: the plain title, by which its actions are told apart where the heading is a finding.
    """
    about = title or heading
    inside = [content] if isinstance(content, Component) else list(content)
    below = actions(about, table, csv_href, share_href, more, after=after)
    parts = [
        html.H2(heading, id=f"{id}-heading"),
        html.P(summary, className="summary") if summary else None,
        *inside,
        below,
    ]
    label = aria(labelledby=f"{id}-heading")
    shown = [part for part in parts if part is not None]
    return html.Section(shown, id=id, className="module", **label)


def side_by_side(modules: Sequence[Component]) -> html.Div:
    """Modules in two columns, one on a narrow screen."""
    return html.Div(list(modules), className="two")


def empty_state(words: str, next_step: Content = ()) -> html.Div:
    """Nothing to show, and what to do next."""
    inside = [next_step] if isinstance(next_step, Component) else list(next_step)
    return html.Div([html.P(words), *inside], className="empty-state")


def alone(parts: Parts, name: str) -> Component:
    """One module by itself; that it has no figures, where its page leaves it out."""
    return parts[name]() if name in parts else empty_state("There are no figures for this yet.")
