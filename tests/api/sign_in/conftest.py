"""A platform to sign in to, and a provider where its people have accounts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from tests.api.sign_in.office import SECRET, Office
from tests.api.sign_in.provider import Provider
from tests.api.sign_in.provider import provider as running


@pytest.fixture(autouse=True, scope="package")
def quick_hashes() -> Iterator[None]:
    """Hashes that take a thousandth of the work; tests/data/test_passwords.py has the real ones."""
    with pytest.MonkeyPatch.context() as patch:
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr("data.passwords._HASHER", quick)
        yield


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A platform with passwords alone."""
    made = Office(tmp_path_factory.mktemp("office"))
    yield made
    made.engine.dispose()


@pytest.fixture
def provider() -> Iterator[Provider]:
    """An OpenID provider."""
    with running() as made:
        yield made


@pytest.fixture
def linked(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A platform whose people sign in at the provider."""
    made = Office(
        tmp_path_factory.mktemp("linked"),
        oidc_issuer=provider.issuer,
        oidc_client_id="platform",
        oidc_client_secret=SECRET,
        oidc_name="Example Department",
    )
    yield made
    made.engine.dispose()
