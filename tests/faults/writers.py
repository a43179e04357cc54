"""Processes that write batches, one after another, until they are killed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait

from config import Settings
from data.absence import AWAY, absence
from data.deliveries import Sender, deliver
from data.dialect import DatabaseFault
from data.engine import open_engine
from data.entries import Batch, Delivery
from tests.faults.batches import KEY, batch

# Each is a copy of a process that has imported all that it needs: it starts at once.
_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload([__name__])


@dataclass
class Told:
    """The batches that writers began, and those that they know to be written."""

    began: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)

    @property
    def open(self) -> set[str]:
        """Those of which nobody knows."""
        return self.began - self.acknowledged


def write(url: str, name: str, pipe: Connection) -> None:
    """Write batches for ever; where the database is away, the next one a moment later."""
    engine = open_engine(Settings(database_url=url))
    for number in count():
        made = f"{name}.{number}"
        pipe.send(("began", made))
        try:
            deliver(engine, Delivery(batches=[Batch(KEY, batch(made))]), Sender(name))
        except DatabaseFault as error:
            if absence(error) != AWAY:
                raise
            time.sleep(0.05)
        else:
            pipe.send(("acknowledged", made))


class Writers:
    """Processes that write to a database at once."""

    def __init__(self, url: str, names: Sequence[str]) -> None:
        self.told = Told()
        pairs = [_CONTEXT.Pipe(duplex=False) for _ in names]
        self._pipes = [ours for ours, _ in pairs]
        self._processes = [
            _CONTEXT.Process(target=write, args=(url, name, theirs), daemon=True)
            for name, (_, theirs) in zip(names, pairs, strict=True)
        ]
        for process in self._processes:
            process.start()
        for _, theirs in pairs:
            theirs.close()

    def run(self, batches: int, seconds: float) -> None:
        """Let them write until so many batches are written, and then for so long."""
        while len(self.told.acknowledged) < batches:
            for pipe in wait(self._pipes):
                assert isinstance(pipe, Connection) and self._hear(pipe), "a writer has ended"
        last = time.monotonic() + seconds
        while (left := last - time.monotonic()) > 0:
            for pipe in wait(self._pipes, left):
                assert isinstance(pipe, Connection)
                self._hear(pipe)

    def kill(self) -> Told:
        """Kill them all as `kill -9` does, and hear what they had told until then."""
        for process in self._processes:
            process.kill()
        for process, pipe in zip(self._processes, self._pipes, strict=True):
            process.join()
            while self._hear(pipe):
                pass
            pipe.close()
        return self.told

    def _hear(self, pipe: Connection) -> bool:
        try:
            what, name = pipe.recv()
        except EOFError:
            return False
        getattr(self.told, what).add(name)
        return True
