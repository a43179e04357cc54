"""What cookies are signed with: given, or made once for all workers and kept to ourselves."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.sign_in.secret_key import secret_key
from config import SettingError, Settings


def test_the_settings_key_is_used_and_nothing_kept(tmp_path: Path) -> None:
    place = tmp_path / "instance" / "secret_key"
    assert secret_key(Settings(secret_key="a key"), place) == "a key"
    assert not place.exists()


def test_without_one_a_key_is_made_once_that_only_the_owner_reads(tmp_path: Path) -> None:
    place = tmp_path / "instance" / "secret_key"
    made = secret_key(Settings(), place)
    # 32 random bytes in hexadecimal.
    assert len(made) == 64
    assert secret_key(Settings(), place) == made
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert [path.name for path in place.parent.iterdir()] == ["secret_key"]


def test_workers_that_start_together_share_one_key(tmp_path: Path) -> None:
    place = tmp_path / "secret_key"
    with ThreadPoolExecutor(16) as workers:
        keys = set(workers.map(lambda _: secret_key(Settings(), place), range(64)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_where_it_cannot_be_kept_the_setting_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "instance").write_text("no folder")
    with pytest.raises(SettingError, match=r"cannot be kept .*: set SECRET_KEY"):
        secret_key(Settings(), tmp_path / "instance" / "secret_key")
