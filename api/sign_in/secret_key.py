"""What cookies are signed with: a setting, or a key made once and shared by all workers."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from config import ROOT, SettingError, Settings

_PLACE = ROOT / "instance" / "secret_key"
_RANDOM_BYTES = 32


def secret_key(settings: Settings, place: Path = _PLACE) -> str:
    """The settings' key, or the one that is kept; made first where there is none.

    :raises SettingError: when it cannot be kept.
    """
    if settings.secret_key:
        return settings.secret_key
    try:
        return _kept(place) or _made(place)
    except OSError as error:
        raise SettingError(f"{place} cannot be kept ({error.strerror}): set SECRET_KEY.") from error


def _kept(place: Path) -> str:
    return place.read_text(encoding="ascii").strip() if place.exists() else ""


def _made(place: Path) -> str:
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f"{place.name}.{os.getpid()}.{secrets.token_hex(4)}")
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "w", encoding="ascii") as out:
        out.write(secrets.token_hex(_RANDOM_BYTES))
    # Workers start at the same time: the first to link its draft has made the key of all.
    try:
        os.link(draft, place)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return _kept(place)
