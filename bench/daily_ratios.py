"""How much longer pages take with very many figures than with the demonstration data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.asks import page_asks
from bench.clocks import Answered, in_turns
from bench.daily import DailySet
from bench.daily_databases import demonstrated, is_kept, platform, show_disk
from bench.databases import Say
from bench.plans import scans
from bench.subject import Ask, Subject
from bench.timing import Effort

# The pages that were promised to stay within so many times their times.
PAGES, MOST = ("Overview", "Services", "Service"), 2.0
HEADER = f"{'':<34} {'cold':>24} {'drawn':>24} {'warm':>24}"
Pairs = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Ratio:
    """What a page takes on an engine: of the demonstration data, and of the platform."""

    name: str
    demonstration: Answered
    platform: Answered

    @property
    def wall(self) -> Pairs:
        """Milliseconds of the one and the other by the clock: cold, drawn, warm."""
        few, many = self.demonstration, self.platform
        cold, warm = (few.cold.wall, many.cold.wall), (few.warm.wall, many.warm.wall)
        return cold, (few.drawn.wall, many.drawn.wall), warm

    @property
    def processor(self) -> Pairs:
        """The same of this process's processor time, without the database's own processes."""
        few, many = self.demonstration, self.platform
        return (
            (few.cold.processor, many.cold.processor),
            (few.drawn.processor, many.drawn.processor),
            (few.warm.processor, many.warm.processor),
        )

    @property
    def misses(self) -> bool:
        """Whether any takes more than so many times as long, by the clock."""
        return any(many > MOST * few for few, many in self.wall)

    def __str__(self) -> str:
        missed = "  MISSED" if self.misses else ""
        by_clock = f"{self.name:<34} {_told(self.wall)}{missed}"
        return f"{by_clock}\n{'  of it in this process':<34} {_told(self.processor)}"


def _told(pairs: Pairs) -> str:
    return "".join(f"{few:>8.1f} {many:>8.1f} × {many / few:<4.2f} " for few, many in pairs)


def ratios(few: Subject, many: Subject, engine: str, effort: Effort) -> Iterator[Ratio]:
    """The promised pages, one subject's beside the other's in turns."""
    for name in PAGES:
        asks = [_ask(subject, name) for subject in (few, many)]
        yield Ratio(f"{name}, {engine}", *in_turns((few, many), asks, effort))


def _ask(subject: Subject, name: str) -> Ask:
    return next(ask for ask in page_asks(subject.examples) if ask.name == name)


def measured(
    wanted: DailySet, engines: dict[str, Callable[[str], str]], effort: Effort, say: Say
) -> list[Ratio]:
    """Measure and print where the platform is kept; say how to make it where it is not."""
    found: list[Ratio] = []
    for engine, url_of in engines.items():
        if not is_kept(wanted, engine):
            say(f"{wanted.name} is not made on {engine}: python -m bench.daily_databases makes it.")
            continue
        large = platform(wanted, engine, url_of, say)
        show_disk(large)
        few, many = Subject(demonstrated(engine, url_of)), Subject(large)
        say(f"milliseconds: demonstration data, platform, times as long (at most {MOST:g});")
        say("by the clock, and of the processor in this process")
        say(HEADER)
        for ratio in ratios(few, many, engine, effort):
            say(str(ratio))
            found.append(ratio)
        say_scans(many, say)
    return found


def say_scans(subject: Subject, say: Say, asks: Sequence[str] = PAGES) -> int:
    """Say which of a big table's reads go through all of it; how many those are."""
    wanted = [ask for ask in page_asks(subject.examples) if ask.name in asks]
    whole = list(scans(subject, wanted))
    say(f"statements that read a big table whole: {len(whole)}")
    for scan in whole:
        say(f"  {scan}")
    return len(whole)
