"""Signing in at a real OpenID provider, and every token that is not to be trusted."""

from __future__ import annotations

import time
from typing import Any

import pytest
from flask.testing import FlaskClient
from joserfc.jwk import OctKey, RSAKey

from data import people_changes
from data.people import ADMIN, PersonEntry, find
from tests.api.sign_in.office import ADA as EMAIL
from tests.api.sign_in.office import SECRET, SENDER, Office, faults, hidden
from tests.api.sign_in.provider import (
    ADA,
    EVE,
    SILENT,
    UNVERIFIED,
    Forge,
    Provider,
    asked,
    come_back,
    signed,
    unsigned,
)

FAILED = (
    "Signing in with Example Department did not work. Try again; if it happens again, tell "
    "whoever runs this platform."
)


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/sign-in").status_code == 303


def test_someone_signs_in_at_the_provider_and_is_led_back(
    linked: Office, provider: Provider
) -> None:
    client = linked.browser()
    answer = provider.let_in(client, ADA, "/services?q=tax")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/services?q=tax")
    assert is_signed_in(client)
    newest = linked.newest()
    assert (newest.actor, newest.action) == (EMAIL, "sign in")
    assert newest.detail["with"] == provider.issuer
    with linked.engine.connect() as connection:
        person = find(connection, EMAIL)
    assert person is not None
    assert (person.entry.issuer, person.entry.subject) == (provider.issuer, ADA)
    assert provider.let_in(linked.browser(), ADA).status_code == 303


def test_the_page_offers_the_provider_first_and_the_password_below(linked: Office) -> None:
    page = linked.browser().get("/sign-in?next=/about")
    assert '<a class="btn btn-primary" href="/sign-in/oidc?next=%2Fabout">' in page.text
    assert "Sign in with Example Department" in page.text
    assert page.text.index("Example Department") < page.text.index('name="password"')


def test_where_nobody_has_a_password_none_is_asked_for(linked: Office) -> None:
    people_changes.remove(linked.engine, EMAIL, SENDER)
    people_changes.add(linked.engine, PersonEntry(EMAIL, role=ADMIN), SENDER)
    page = linked.browser().get("/sign-in")
    assert 'name="password"' not in page.text
    assert "Sign in with Example Department" in page.text


def test_the_way_there_is_proof_against_replay_and_interception(
    linked: Office, provider: Provider
) -> None:
    client = linked.browser()
    onward = client.get("/sign-in/oidc").headers["Location"]
    first, second = asked(onward), asked(client.get("/sign-in/oidc").headers["Location"])
    assert first["code_challenge_method"] == "S256"
    assert first["response_type"] == "code"
    assert first["redirect_uri"] == "http://localhost/sign-in/oidc/callback"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 20
        assert first[name] != second[name]
    come_back(client, provider.allow(onward, ADA))
    assert len(provider.token_requests[0]["code_verifier"]) >= 43


def test_a_sign_in_that_began_elsewhere_is_refused(linked: Office, provider: Provider) -> None:
    attackers = linked.browser().get("/sign-in/oidc").headers["Location"]
    back = provider.allow(attackers, EVE)
    victim = linked.browser()
    victim.get("/sign-in/oidc")
    answer = come_back(victim, back)
    assert (answer.status_code, faults(answer)) == (403, [FAILED])
    assert not is_signed_in(victim)


def test_a_way_back_works_once(linked: Office, provider: Provider) -> None:
    client = linked.browser()
    back = provider.allow(client.get("/sign-in/oidc").headers["Location"], ADA)
    assert come_back(client, back).status_code == 303
    assert come_back(client, back).status_code == 403


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?code=x&state=y", "?state=y", "?error=x&state=y"]
)
def test_a_way_back_that_nobody_asked_for_is_refused(linked: Office, query: str) -> None:
    answer = linked.browser().get(f"/sign-in/oidc/callback{query}")
    assert (answer.status_code, faults(answer)) == (403, [FAILED])


def change(**changes: Any) -> Forge:
    """A token that is signed as it should be, with other claims; None leaves one out."""

    def forge(header: dict[str, Any], claims: dict[str, Any], key: RSAKey) -> str:
        changed = {**claims, **changes}
        return signed(
            header, {name: value for name, value in changed.items() if value is not None}, key
        )

    return forge


def with_another_key(header: dict[str, Any], claims: dict[str, Any], _key: RSAKey) -> str:
    return signed(header, claims, RSAKey.generate_key(2048))


def with_the_public_key_as_a_secret(
    _header: dict[str, Any], claims: dict[str, Any], key: RSAKey
) -> str:
    return _hmac(claims, key.as_pem(private=False))


def with_the_clients_secret(_header: dict[str, Any], claims: dict[str, Any], _key: RSAKey) -> str:
    return _hmac(claims, SECRET.encode())


def _hmac(claims: dict[str, Any], secret: bytes) -> str:
    return signed({"alg": "HS256"}, claims, OctKey.import_key(secret))  # type: ignore[arg-type]


def no_token(_header: dict[str, Any], _claims: dict[str, Any], _key: RSAKey) -> str:
    return "no token at all"


NOW = int(time.time())
UNTRUSTED: dict[str, Forge] = {
    "another nonce": change(nonce="another"),
    "no nonce": change(nonce=None),
    "another audience": change(aud="another client"),
    "another audience, though ours is the party": change(aud=["another"], azp="platform"),
    "ours and another, for another party": change(aud=["platform", "another"], azp="another"),
    "no audience": change(aud=None),
    "another issuer": change(iss="https://evil.example"),
    "no issuer": change(iss=None),
    "expired": change(exp=NOW - 600),
    "no expiry": change(exp=None),
    "of the future": change(iat=NOW + 3600),
    "no subject": change(sub=None),
    "no signature": unsigned,
    "another key": with_another_key,
    "the public key as a secret": with_the_public_key_as_a_secret,
    "the client's secret": with_the_clients_secret,
    "no token": no_token,
}


@pytest.mark.parametrize("wrong", UNTRUSTED)
def test_a_token_that_is_not_for_us_and_now_is_refused(
    linked: Office, provider: Provider, wrong: str
) -> None:
    provider.forge = UNTRUSTED[wrong]
    client = linked.browser()
    answer = provider.let_in(client, ADA)
    assert (answer.status_code, faults(answer)) == (403, [FAILED])
    assert not is_signed_in(client)


@pytest.mark.parametrize("listed", [["none", "HS256"], ["none"], ["RS256", "none", "HS256"], []])
@pytest.mark.parametrize("forge", [unsigned, with_the_public_key_as_a_secret])
def test_not_even_a_provider_that_names_them_may_use_weak_signatures(
    linked: Office, provider: Provider, listed: list[str], forge: Forge
) -> None:
    provider.metadata = {"id_token_signing_alg_values_supported": listed}
    provider.forge = forge
    assert provider.let_in(linked.browser(), ADA).status_code == 403


def test_a_token_that_was_signed_anew_but_is_right_is_taken(
    linked: Office, provider: Provider
) -> None:
    """What the tests above change is what they are refused for."""
    provider.forge = change()
    assert provider.let_in(linked.browser(), ADA).status_code == 303


def test_an_address_that_calls_itself_another_issuer_is_not_trusted(
    linked: Office, provider: Provider
) -> None:
    provider.metadata = {"issuer": "https://evil.example"}
    answer = linked.browser().get("/sign-in/oidc")
    assert (answer.status_code, faults(answer)) == (502, [FAILED])


def test_a_provider_that_does_not_answer_is_told_in_a_sentence(
    linked: Office, provider: Provider
) -> None:
    provider.metadata = {"authorization_endpoint": None}
    answer = linked.browser().get("/sign-in/oidc")
    assert (answer.status_code, faults(answer)) == (502, [FAILED])


def test_who_was_not_added_is_told_what_to_do(linked: Office, provider: Provider) -> None:
    client = linked.browser()
    answer = provider.let_in(client, EVE)
    assert answer.status_code == 403
    assert faults(answer) == [
        "eve@example.com is not known here. Ask whoever runs this platform to add you, then try "
        "again."
    ]
    assert not is_signed_in(client)
    newest = linked.newest()
    assert (newest.action, newest.subject) == ("refuse sign in", "")


@pytest.mark.parametrize("subject", [UNVERIFIED, SILENT])
def test_an_email_that_the_provider_does_not_confirm_lets_nobody_in(
    linked: Office, provider: Provider, subject: str
) -> None:
    answer = provider.let_in(linked.browser(), subject)
    assert answer.status_code == 403
    assert faults(answer)[0].startswith(
        "Example Department has not confirmed ada@example.com. Confirm it there"
    ) or faults(answer)[0].startswith("Example Department has not confirmed Ada@example.com")


def test_another_account_with_the_same_email_is_not_the_same_person(
    linked: Office, provider: Provider
) -> None:
    people_changes.change(
        linked.engine, EMAIL, SENDER, issuer=provider.issuer, subject="somebody-else"
    )
    answer = provider.let_in(linked.browser(), ADA)
    assert answer.status_code == 403
    assert "is known here with another account of Example Department" in faults(answer)[0]


def test_whoever_changes_their_mind_can_try_again(linked: Office, provider: Provider) -> None:
    client = linked.browser()
    back = provider.deny(client.get("/sign-in/oidc").headers["Location"])
    answer = come_back(client, back)
    assert answer.status_code == 400
    assert faults(answer) == ["Example Department did not sign you in. You can try again."]


@pytest.mark.parametrize("leave_out", [("email", "email_verified"), ("email",)])
def test_an_email_that_the_token_leaves_out_is_asked_for(
    linked: Office, provider: Provider, leave_out: tuple[str, ...]
) -> None:
    provider.forge = change(**dict.fromkeys(leave_out))
    assert provider.let_in(linked.browser(), ADA).status_code == 303


def test_the_two_answers_of_a_provider_must_be_about_one_person(
    linked: Office, provider: Provider
) -> None:
    provider.forge = change(email=None, sub=EVE)
    assert provider.let_in(linked.browser(), ADA).status_code == 403


def test_without_a_secret_the_platform_says_who_it_is_and_proves_its_code_alone(
    provider: Provider, tmp_path_factory: pytest.TempPathFactory
) -> None:
    public = Office(
        tmp_path_factory.mktemp("public"), oidc_issuer=provider.issuer, oidc_client_id="platform"
    )
    # This provider takes no client without a secret, but notes how it was asked.
    provider.let_in(public.browser(), ADA)
    asked_for = provider.token_requests[0]
    assert asked_for["client_id"] == "platform"
    assert asked_for["code_verifier"]
    assert "client_secret" not in asked_for
    public.engine.dispose()


def test_refused_tokens_are_bounded_by_address(
    provider: Provider, tmp_path_factory: pytest.TempPathFactory
) -> None:
    strict = Office(
        tmp_path_factory.mktemp("strict"), oidc_issuer=provider.issuer, sign_in_attempts=2
    )
    client = strict.browser()
    tries = [client.get("/sign-in/oidc/callback").status_code for _ in range(3)]
    assert tries == [403, 403, 429]
    strict.engine.dispose()


def test_without_a_provider_there_is_no_way_there(office: Office) -> None:
    client = office.browser()
    for path in ("/sign-in/oidc", "/sign-in/oidc/callback?code=x&state=y"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert "oidc" not in client.get("/sign-in").text


def test_the_session_that_a_sign_in_began_with_is_not_kept(
    linked: Office, provider: Provider
) -> None:
    client = linked.browser()
    before = hidden(client.get("/sign-in"), "csrf_token")
    provider.let_in(client, ADA)
    client.get("/about")
    answer = client.post("/sign-out", data={"csrf_token": before})
    assert answer.status_code == 400
