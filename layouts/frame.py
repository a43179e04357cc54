"""What surrounds every page: skip link, header, notice, breadcrumbs, footer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dash import dcc, html
from dash.development.base_component import Component

from config import OPEN_GOVERNMENT_LICENCE
from layouts.ages import age
from layouts.aria import aria

MAIN_ID = "main"
NAME = "Performance Platform"
SIGN_IN_HREF, SIGN_OUT_HREF, PUBLISH_HREF = "/sign-in", "/sign-out", "/publish"
LICENCE = "Open Government Licence v3.0"
LICENCE_HREF = OPEN_GOVERNMENT_LICENCE


@dataclass(frozen=True)
class Way:
    """A place to go: its name, and its address ('' for where one is already)."""

    name: str
    href: str = ""


@dataclass(frozen=True)
class PersonSignedIn:
    """Whoever is signed in: their name, and what their forms send back to prove to be ours."""

    name: str
    token: str


def skip_link() -> html.A:
    """Past the header, for those who go by keyboard."""
    return html.A("Skip to main content", href=f"#{MAIN_ID}", className="skip")


def _nav_item(way: Way, current: str) -> html.Li:
    # dcc.Link cannot carry aria-current, so where one is already an ordinary link does.
    if way.href == current:
        return html.Li(html.A(way.name, href=way.href, **aria(current="page")))
    return html.Li(dcc.Link(way.name, href=way.href))


def header(
    ways: Sequence[Way],
    current: str = "",
    site_name: str = NAME,
    person: PersonSignedIn | None = None,
) -> html.Header:
    """The platform's name and its main sections. current: the address of the one we are in.

    person: whoever is signed in, with what is theirs.
    """
    items = html.Ul([_nav_item(way, current) for way in ways])
    nav = html.Nav(items, **aria(label="Main"))
    name = dcc.Link(site_name, href="/", className="name")
    inside: list[Component] = [name, nav, *([] if person is None else [_account(person)])]
    return html.Header(html.Div(inside, className="measure"), className="site")


def _account(person: PersonSignedIn) -> html.Nav:
    items = [
        html.Li(person.name, className="who"),
        html.Li(dcc.Link("Publish", href=PUBLISH_HREF)),
        html.Li(
            html.Form(
                # The button itself carries the token, so that nothing hidden is needed.
                html.Button("Sign out", type="submit", name="csrf_token", value=person.token),
                action=SIGN_OUT_HREF,
                method="post",
            )
        ),
    ]
    return html.Nav(html.Ul(items), className="account", **aria(label="Your account"))


def demonstration_notice(href: str) -> html.Div:
    """That the figures are made up. href: where it says how to load one's own."""
    words: list[Component | str] = [
        html.Strong("Demonstration data."),
        " Simulated from published yearly totals. ",
        dcc.Link("Load your own figures", href=href),
    ]
    inside = html.Div(words, className="measure")
    return html.Div(inside, className="notice", role="region", **aria(label="Notice"))


def breadcrumbs(ways: Sequence[Way]) -> html.Nav:
    """From the Overview down to here; the last way is here."""
    *above, here = ways
    items = [html.Li(dcc.Link(way.name, href=way.href)) for way in above]
    items.append(html.Li(here.name, **aria(current="page")))
    return html.Nav(html.Ol(items), className="crumbs", **aria(label="Breadcrumb"))


def title_row(title: str, lede: Component | str = "", beside: Component | None = None) -> html.Div:
    """The page's h1 (which takes the focus after navigation), its first sentence, and a control."""
    said = [html.H1(title, tabIndex=-1)]
    first = [html.P(lede, className="lede")] if lede else []
    left = html.Div([*said, *first])
    return html.Div([left] if beside is None else [left, beside], className="title-row")


def updated_in_words(updated_at: datetime | None, now: datetime | None) -> str:
    """'Figures updated 3 minutes ago.' now: as `age` takes it."""
    return f"Figures updated {age(updated_at, now)}." if updated_at else "No figures loaded yet."


def printed(site_name: str, updated_at: datetime | None, address: str) -> html.P:
    """What a page says at its top on paper alone: whose it is, how old, and where it is.

    address: absolute.
    """
    said = [f"{site_name}."]
    if updated_at is not None:
        said.append(f"Figures updated {updated_at.day} {updated_at:%B %Y at %H:%M} (UTC).")
    where: list[Component | str] = [html.Br(), address] if address else []
    return html.P([" ".join(said), *where], className="printed")


def footer(
    updated: Component | str, ways: Sequence[Way], *, licence: str = "", signed_in: bool = False
) -> html.Footer:
    """How fresh the figures are, more about them, and their licence; and where to sign in.

    updated: updated_in_words, or a component that a callback fills with it. licence: its address,
    '' where none is known.
    """
    about: list[Component | str] = [updated]
    for place, way in enumerate(ways):
        about += [" · " if place else " ", dcc.Link(way.name, href=way.href)]
    # Signing in is no page of Dash's: it works before any script has run.
    before = " · " if licence else ""
    way_in = [html.Span([before, html.A("Sign in", href=SIGN_IN_HREF)], className="way-in")]
    terms = _licence(licence) if licence else ()
    inside = [html.P(about), html.P([*terms, *([] if signed_in else way_in)])]
    return html.Footer(html.Div(inside, className="measure"), className="site")


def _licence(href: str) -> tuple[Component | str, ...]:
    if href == LICENCE_HREF:
        return "Data under the ", html.A(LICENCE, href=href)
    return (html.A("Licence of the data", href=href),)


def page_frame(
    content: Component | Sequence[Component | str] | str,
    top: html.Header,
    bottom: html.Footer,
    notice: Component | None = None,
) -> html.Div:
    """A whole page: what is above, the content as main, what is below."""
    main = html.Main(content, id=MAIN_ID, className="measure", tabIndex=-1)
    above = [skip_link(), top] + ([notice] if notice is not None else [])
    return html.Div([*above, main, bottom])
