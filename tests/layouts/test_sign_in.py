"""The page where people sign in: what it offers, and how it says what is wrong."""

from __future__ import annotations

import re

from layouts.sign_in import SignIn, build_needed, build_sign_in
from tests.layouts.reading import prop, typed, words

FAULTS = (("email", "Enter your email address"), ("password", "Enter your password"))


def page(**fields: object) -> str:
    return str(build_sign_in(SignIn(next="/about", token="a-token", **fields)))  # type: ignore[arg-type]


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<.*?>", " ", html).split())


def test_with_passwords_alone_there_is_a_form_alone() -> None:
    assert "<h2>" not in page()
    assert '<form class="sign-in" action="/sign-in" method="post"' in page()
    assert '<input type="hidden" name="csrf_token" value="a-token">' in page()
    assert '<input type="hidden" name="next" value="/about">' in page()


def test_each_field_has_its_label_and_says_what_browsers_may_fill_in() -> None:
    for name, label, fills in (
        ("email", "Email address", "username"),
        ("password", "Password", "current-password"),
    ):
        assert re.search(rf'<label class="form-label" for="{name}">{label}</label>', page())
        control = re.search(rf'<input class="form-control" id="{name}".*?>', page(), re.DOTALL)
        assert control
        assert f'autocomplete="{fills}"' in control[0]
        assert "aria-invalid" not in control[0]


def test_with_a_provider_alone_no_password_is_asked_for() -> None:
    html = page(provider="Example Department", passwords=False)
    assert "<form" not in html
    assert 'href="/sign-in/oidc?next=%2Fabout">Sign in with Example Department</a>' in html


def test_with_both_the_provider_comes_first() -> None:
    text = text_of(page(provider="Example Department"))
    assert "Sign in with Example Department With a password of this platform" in text


def test_where_nobody_can_sign_in_yet_it_says_what_to_do() -> None:
    text = text_of(page(passwords=False))
    assert "Nobody can sign in yet." in text
    assert "flask --app app people add EMAIL --role admin" in text


def test_what_is_wrong_comes_first_has_the_focus_and_leads_to_its_field() -> None:
    html = page(faults=FAULTS)
    assert html.lstrip().startswith(
        '<div class="faults" role="alert" tabindex="-1" autofocus aria-labelledby='
    )
    assert '<a href="#email">Enter your email address</a>' in html
    for name in ("email", "password"):
        assert f'aria-invalid="true" aria-describedby="{name}-fault"' in html
        assert f'<p class="fault" id="{name}-fault">' in html
    assert SignIn("/", "", faults=FAULTS).title == "Error: Sign in"
    assert SignIn("/", "").title == "Sign in"


def test_what_is_wrong_with_no_field_is_a_sentence_without_a_link() -> None:
    html = page(faults=[("", "Too many attempts to sign in.")])
    assert "<li>Too many attempts to sign in.</li>" in html
    assert "aria-invalid" not in html


def test_what_someone_typed_is_never_read_as_html() -> None:
    nasty = '"><script>alert(1)</script>'
    html = page(email=nasty, faults=[("", nasty)], provider=nasty)
    assert "<script>" not in html


def test_the_place_of_a_page_for_those_who_are_signed_in_leads_to_signing_in() -> None:
    needed = build_needed()
    assert words(needed).startswith("Sign in to see this page")
    assert prop(typed(needed, "A")[0], "href") == "/sign-in"
