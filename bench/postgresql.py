"""A PostgreSQL of the bench's own: its cluster kept in a folder, served while it is measured."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

# PostgreSQL refuses to run as root; Debian's packages bring this user.
_USER = "postgres"
_DEBIAN = "/usr/lib/postgresql"
# Enough for the indexes of the large set to be sorted and kept; a crash may lose it all.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "4GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    # The bench itself says when: not while the next rows come in, nor while something is timed.
    "autovacuum": "off",
}


def programs() -> Path | None:
    """The folder of PostgreSQL's own programs, the newest that is installed; None: there is none.

    They are not on the PATH on Debian, where several versions may be installed side by side.
    """
    found = sorted(Path(_DEBIAN).glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def running(folder: Path, port: int | None = None) -> Iterator[str]:
    """The address of a cluster that is kept in a folder, to which a database's name is added.

    :raises RuntimeError: when PostgreSQL is not installed, or does not start.
    """
    if programs() is None:
        raise RuntimeError("PostgreSQL is missing: on Debian, apt-get install postgresql.")
    data = folder / "data"
    if not (data / "PG_VERSION").exists():
        _make(folder, data)
    port = port or _free_port()
    settings = " ".join(f"-c {name}='{value}'" for name, value in _SETTINGS.items())
    start = ["start", "-w", "-t", "120", "-o", f"-p {port} {settings}"]
    _call("pg_ctl", "-D", str(data), "-l", str(folder / "log"), *start)
    try:
        yield f"postgresql+psycopg://{_USER}@127.0.0.1:{port}/"
    finally:
        _call("pg_ctl", "-D", str(data), "stop", "-w", "-t", "120", "-m", "fast")


def make_database(address: str, name: str) -> str:
    """The URL of a database of this name in a cluster that is running: as it is there, or new."""
    plain = address.replace("+psycopg", "")
    with psycopg.connect(f"{plain}postgres", autocommit=True) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if not connection.execute(query, (name,)).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(_quoted(name)))
    return f"{address}{name}"


def drop_database(url: str) -> None:
    """Remove a database of a cluster that is running."""
    address, _, name = url.replace("+psycopg", "").rpartition("/")
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {}").format(_quoted(name)))


def _quoted(name: str) -> sql.Identifier:
    return sql.Identifier(name)


def _make(folder: Path, data: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if _as_user():
        shutil.chown(folder, _USER)
    options = ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", f"--username={_USER}"]
    _call("initdb", "-D", str(data), *options)


def _call(program: str, *given: str) -> None:
    """Run a program of PostgreSQL as a user that it will run for.

    :raises RuntimeError: with what it said, when it fails.
    """
    folder = programs()
    assert folder is not None
    command = [*_as_user(), str(folder / program), *given]
    # The server keeps what it was started with open: a pipe would never end.
    told = subprocess.run(
        command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False
    )
    if told.returncode:
        raise RuntimeError(f"{program} failed: {' '.join(command)}")


def _as_user() -> Sequence[str]:
    return ("runuser", "-u", _USER, "--") if os.geteuid() == 0 else ()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
