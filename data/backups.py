"""Backups of SQLite's file: made while it is written to, put back while nobody has it open."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, update

from config import Settings
from data import audits, revisions
from data.dialect import DatabaseFault
from data.engine import edition, is_known, migrate, open_engine
from data.revisions import Revision
from data.sqlite_file import InUse, faults_of_copy, held_alone
from data.tables import data_set, record, revision
from data.times import seconds
from data.write_locks import TURN

_MAGIC = b"SQLite format 3\x00"
_NOT_SQLITE = (
    "This is for a database of SQLite's. PostgreSQL brings its own, for a database in use, too:\n"
    "    pg_dump --format=custom --file=platform.dump postgresql://user:password@host/platform\n"
    "    pg_restore --clean --if-exists --single-transaction \\\n"
    "      --dbname=postgresql://user:password@host/platform platform.dump"
)
# More than can have been written to a database that can no longer be read.
_UNREADABLE = 1_000_000
_BESIDE = ("-wal", "-shm", "-journal", TURN)


class BackupRefused(Exception):
    """A backup cannot be made or put back; the sentence says why. All is as it was."""


@dataclass(frozen=True)
class Backup:
    """A database in one file: how many records it holds, and the number of its revision."""

    path: Path
    records: int
    revision: int


def back_up(engine: Engine, path: Path | None = None, now: datetime | None = None) -> Backup:
    """Copy the database into one file, as it is at one moment; who writes to it does not wait.

    The file is there once it is whole and checked, or not at all. Only its owner may read it.

    :param path: where to; None: a name with the time in it, in `backups` beside the database.
    :raises BackupRefused: when it cannot be made, or there is something of that name.
    """
    source = _file(engine)
    if not source.is_file():
        raise BackupRefused(f"There is no database at {source}.")
    path = path or _dated(source.parent / "backups" / source.name, now)
    if path.exists():
        raise BackupRefused(f"{path} is there already. Nothing was written.")
    with _unfinished(path) as copy:
        _copy(source, copy)
        made = _sound(copy)
        copy.rename(path)
        _to_disk(path.parent)
    return replace(made, path=path)


def restore(engine: Engine, path: Path, now: datetime | None = None) -> tuple[Backup, Path | None]:
    """Put a backup in the database's place, brought up to date where it is of an older release.

    The platform must be stopped: what it wrote meanwhile would be lost. The revision moves past
    all that there were, so that no answer that is kept anywhere passes for a new one.

    :returns: what is there now, and where the database is that was there before.
    :raises BackupRefused: when it is no backup of a platform, is damaged or of a newer release, or
        when someone has the database open.
    """
    target, now = _file(engine), now or datetime.now(UTC)
    _refuse_others(path)
    engine.dispose()
    with _unfinished(target) as copy:
        _copy(path, copy)
        _refuse_damaged(copy)
        _refuse_foreign(copy, path)
        with _opened(copy) as made:
            _migrate(made, path)
            kept = _put_in_place(made, copy, target, now)
        _to_disk(target.parent)
        return _sound(target), kept


def _put_in_place(made: Engine, copy: Path, target: Path, now: datetime) -> Path | None:
    try:
        with held_alone(target) as present:
            _move_past(made, _numbers(present, target), now)
            made.dispose()
            _sound(copy)
            _give_to_owner_of(target, copy)
            kept = _keep(target, now)
            copy.replace(target)
            return kept
    except InUse as error:
        raise BackupRefused(
            f"{target} is in use. Stop the platform, then try again. Nothing was changed."
        ) from error


def _file(engine: Engine) -> Path:
    if engine.dialect.name != "sqlite":
        raise BackupRefused(_NOT_SQLITE)
    return Path(str(engine.url.database))


def _dated(path: Path, now: datetime | None) -> Path:
    at = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
    return path.with_name(f"{path.stem}-{at}{path.suffix}")


@contextmanager
def _unfinished(path: Path) -> Iterator[Path]:
    """A place beside a file for what is to become it; nothing else stays there."""
    copy = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL, 0o600))
        yield copy
    except OSError as error:
        raise BackupRefused(f"{path} could not be written: {error}.") from error
    finally:
        for end in ("", *_BESIDE):
            Path(f"{copy}{end}").unlink(missing_ok=True)


def _copy(source: Path, copy: Path) -> None:
    """Copy a database as it is at one moment, what is still in its log included."""
    # Not to be made where it is missing.
    address = f"{source.absolute().as_uri()}?mode=rw"
    try:
        with (
            closing(sqlite3.connect(address, uri=True)) as read,
            closing(sqlite3.connect(copy)) as written,
        ):
            read.backup(written)
    except sqlite3.DatabaseError as error:
        raise BackupRefused(f"{source} could not be copied: {error}.") from error


def _sound(path: Path) -> Backup:
    """What a database holds that nobody else has open, once it is one file, sound, and on the disk.

    :raises BackupRefused: when it is damaged, or none of ours.
    """
    _refuse_damaged(path)
    try:
        with _opened(path) as engine, engine.connect() as connection:
            records = connection.scalar(select(func.count()).select_from(record)) or 0
            number = connection.scalar(select(revision.c.number)) or 0
    except DatabaseFault as error:
        raise BackupRefused(f"This is no database of a platform: {error}.") from error
    # Whoever looks into it begins a log; this ends it.
    _refuse_damaged(path)
    _to_disk(path)
    return Backup(path, records, number)


def _refuse_damaged(path: Path) -> None:
    try:
        faults = faults_of_copy(path)
    except sqlite3.DatabaseError as error:
        faults = [str(error)]
    if faults:
        raise BackupRefused(f"The database is damaged: {faults[0]}. Nothing was changed.")


def _to_disk(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _opened(path: Path) -> Iterator[Engine]:
    engine = open_engine(Settings(database_url=f"sqlite:///{path.absolute()}"))
    try:
        yield engine
    finally:
        engine.dispose()


def _refuse_others(path: Path) -> None:
    """Refuse what is no file of SQLite's."""
    try:
        with path.open("rb") as file:
            begins = file.read(len(_MAGIC))
    except OSError as error:
        raise BackupRefused(f"{path} cannot be read: {error.strerror}.") from error
    if begins != _MAGIC:
        raise BackupRefused(f"{path} is no database of SQLite's. Nothing was changed.")


def _refuse_foreign(copy: Path, path: Path) -> None:
    """Refuse what another program, or a newer release of this one, made."""
    with _opened(copy) as engine, engine.connect() as connection:
        made_by = edition(connection)
    if made_by is None:
        raise BackupRefused(f"{path} is no backup of a platform. Nothing was changed.")
    if not is_known(made_by):
        raise BackupRefused(
            f"{path} was made by a newer release. Install that one, then try again. "
            "Nothing was changed."
        )


def _migrate(engine: Engine, path: Path) -> None:
    try:
        migrate(engine)
    except DatabaseFault as error:
        raise BackupRefused(
            f"{path} could not be brought up to date: {error}. Nothing was changed."
        ) from error


def _numbers(present: Connection | None, target: Path) -> tuple[Revision, int]:
    """The revision of the present database and the highest version of its data sets."""
    if not target.exists():
        return Revision(), 0
    try:
        if present is not None:
            return revisions.current(present), _highest(present)
    except DatabaseFault:
        pass
    return Revision(_UNREADABLE, live=_UNREADABLE), _UNREADABLE


def _highest(connection: Connection) -> int:
    return connection.scalar(select(func.max(data_set.c.version))) or 0


def _move_past(made: Engine, numbers: tuple[Revision, int], now: datetime) -> None:
    """Give a database numbers that neither it nor the one in its place ever had."""
    present, version = numbers
    with made.connect().execution_options(writes=True) as connection, connection.begin():
        before = revisions.move_past(connection, present, seconds(now))
        moved = max(_highest(connection), version) + 1
        connection.execute(update(data_set).values(version=moved))
        detail = {"revision": before.number, "instead_of": present.number}
        audits.write(
            connection, at=seconds(now), actor="command line", action="restore", detail=detail
        )


def _give_to_owner_of(target: Path, copy: Path) -> None:
    """Let whoever may use the present database use the one that takes its place."""
    if target.exists():
        found = target.stat()
        os.chown(copy, found.st_uid, found.st_gid)
        copy.chmod(found.st_mode)


def _keep(target: Path, now: datetime) -> Path | None:
    """Give the present database a second name beside it, before it loses its own."""
    if not target.exists():
        return None
    kept = _dated(target.with_name(f"{target.stem}-before-restore{target.suffix}"), now)
    kept.hardlink_to(target)
    for end in _BESIDE:
        # Only one that cannot be read still has a log.
        log = Path(f"{target}{end}")
        if log.exists():
            log.rename(f"{kept}{end}")
    return kept
