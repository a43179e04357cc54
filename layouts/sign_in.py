"""Where people sign in: with their organisation's account, or with a password of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from jinja2 import Environment
from markupsafe import Markup

from layouts.addresses import address
from layouts.frame import SIGN_IN_HREF, title_row
from layouts.markup import markup

TITLE = "Sign in"
LEDE = "Only to publish figures: everything published can be read without an account."
OIDC_HREF = "/sign-in/oidc"
# The field that a fault is about ('' for none), and its sentence.
Fault = tuple[str, str]
# No page of Dash's: it works before any script has run, and where none does.
_PAGE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""\
{% macro field(name, label, autocomplete, value) %}
<div class="field{{ ' wrong' if name in wrong }}">
<label class="form-label" for="{{ name }}">{{ label }}</label>
{% if name in wrong %}
<p class="fault" id="{{ name }}-fault"><span class="visually-hidden">Error:</span>
{{ wrong[name] }}</p>
{% endif %}
<input class="form-control" id="{{ name }}" name="{{ name }}" autocomplete="{{ autocomplete }}"
type="{{ name }}" value="{{ value }}" {%- if name in wrong %}
 aria-invalid="true" aria-describedby="{{ name }}-fault"{% endif %}>
</div>
{% endmacro %}
{% if asked.faults %}
<div class="faults" role="alert" tabindex="-1" autofocus aria-labelledby="faults-heading">
<h2 id="faults-heading">There is a problem</h2>
<ul>
{% for name, sentence in asked.faults %}
<li>{% if name %}<a href="#{{ name }}">{{ sentence }}</a>{% else %}{{ sentence }}{% endif %}</li>
{% endfor %}
</ul>
</div>
{% endif %}
{{ title }}
{% if asked.provider %}
<p class="way">
<a class="btn btn-primary" href="{{ onward }}">Sign in with {{ asked.provider }}</a>
</p>
{% endif %}
{% if asked.provider and asked.passwords %}
<h2>With a password of this platform</h2>
{% endif %}
{% if asked.passwords %}
<form class="sign-in" action="{{ action }}" method="post" novalidate>
<input type="hidden" name="csrf_token" value="{{ asked.token }}">
<input type="hidden" name="next" value="{{ asked.next }}">
{{ field("email", "Email address", "username", asked.email) }}
{{ field("password", "Password", "current-password", "") }}
<button class="btn btn-primary" type="submit">Sign in</button>
</form>
{% elif not asked.provider %}
<p>Nobody can sign in yet. Whoever runs this platform adds people with</p>
<pre><code>{{ add }}</code></pre>
<p>and gives each of them a password, or names an OpenID Connect provider.</p>
{% endif %}
""")
ADD = ".venv/bin/flask --app app people add EMAIL --role admin"


@dataclass(frozen=True)
class SignIn:
    """What the page shows.

    ``next`` is where to go afterwards; ``token`` what the form sends back to prove to be ours;
    ``provider`` what the organisation's account is called, '' where there is none; ``passwords``
    whether anyone has a password here.
    """

    next: str
    token: str
    provider: str = ""
    passwords: bool = True
    email: str = ""
    faults: Sequence[Fault] = ()

    @property
    def title(self) -> str:
        """The page's title, which is read out first: it says where something is wrong."""
        return f"Error: {TITLE}" if self.faults else TITLE


def build_sign_in(asked: SignIn) -> Markup:
    """The page's content: the ways to sign in; what went wrong comes first, and has the focus."""
    page = _PAGE.render(
        asked=asked,
        wrong={name: sentence for name, sentence in asked.faults if name},
        title=markup(title_row(TITLE, LEDE)),
        onward=address(OIDC_HREF, {"next": asked.next}),
        action=SIGN_IN_HREF,
        add=ADD,
    )
    return Markup(page)


def build_needed() -> list[Component]:
    """What stands in the place of a page that is for those who are signed in."""
    return [
        title_row("Sign in to see this page", "It is for people who publish figures."),
        html.P(html.A(TITLE, href=SIGN_IN_HREF, className="btn btn-primary")),
    ]
