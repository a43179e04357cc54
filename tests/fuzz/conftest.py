"""How long it is sought for, and the platform that is sought in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from tests.api.sign_in.office import Office
from tests.callbacks.publisher import Publisher
from tests.fuzz.tally import Tally
from tests.fuzz.world import make_office, tom


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--fuzz SECONDS`: everything for so long at most, and figures, in place of the short form."""
    parser.addoption("--fuzz", type=float, default=0.0, help="seconds that each test may take")


@pytest.fixture(scope="session")
def seconds(pytestconfig: pytest.Config) -> float:
    """How long each test may seek; 0: the short form, which is the same each time."""
    return float(pytestconfig.getoption("--fuzz", 0.0))


@pytest.fixture
def tally(
    request: pytest.FixtureRequest, seconds: float, capsys: pytest.CaptureFixture[str]
) -> Iterator[Tally]:
    """Counts what is answered; in the long form prints it, and fails where an answer was slow."""
    made = Tally(seconds)
    yield made
    if seconds:
        with capsys.disabled():
            print(f"\n{request.node.name}: {made}")
        assert not made.too_slow, made.too_slow


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The platform, with quick passwords."""
    with pytest.MonkeyPatch.context() as patch:
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr("data.passwords._HASHER", quick)
        made = make_office(tmp_path_factory.mktemp("fuzz"))
        yield made
        made.engine.dispose()


@pytest.fixture(scope="module")
def person(office: Office) -> Publisher:
    """Tom's browser."""
    return tom(office)
