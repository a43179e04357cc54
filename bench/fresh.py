"""What is measured in a process of its own: start-up, loading figures, working out KPIs."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd

from bench.databases import new_file
from bench.figures import Figure
from config import ROOT, Settings
from data import demonstration, transactional_services
from data.deliveries import Sender, deliver
from data.engine import migrate, open_engine
from data.entries import Delivery
from kpi.formulas import figures

PUBLISHED = ROOT.parent / "shared" / "data" / "transactional-services.csv"
IMPORT_AIMS, DEMONSTRATION_AIM, KPI_AIM = (5.0, 300.0), 20.0, 0.5
_TERMS = (
    ("transactions", ""),
    ("transactions", "digital"),
    ("cost", ""),
    ("journey-started", ""),
    ("journey-completed", ""),
    ("ratings", ""),
    ("satisfaction", ""),
)
_START_UP = """
import time
started = time.perf_counter()
import app
taken = time.perf_counter() - started
from bench.fresh import peak_megabytes
print(taken, peak_megabytes())
"""


def peak_megabytes() -> float:
    """The most memory that this process has held."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1_000_000


def start_up(times: int = 3) -> list[Figure]:
    """Importing the app in a new process: the best of a few."""
    found = []
    for _ in range(times):
        command = [sys.executable, "-c", _START_UP]
        said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        found.append([float(word) for word in said.stdout.split()])
    seconds, memory = min(found)
    return [Figure("Import of the app", seconds, "s"), Figure("… its memory", memory, "MB")]


def published_figures(path: Path, source: Path = PUBLISHED) -> list[Figure]:
    """Reading the published file into a new database."""
    seconds, memory = _apart(_load_published, new_file(path), source)
    return [
        Figure("Import of the published file", seconds, "s", IMPORT_AIMS[0]),
        Figure("… its peak memory", memory, "MB", IMPORT_AIMS[1]),
    ]


def demonstration_data(path: Path) -> list[Figure]:
    """Simulating the demonstration data into a new database."""
    seconds, memory = _apart(_load_demonstration, new_file(path))
    return [
        Figure("Loading the demonstration data", seconds, "s", DEMONSTRATION_AIM),
        Figure("… its peak memory", memory, "MB"),
    ]


def speed(times: int = 5) -> list[Figure]:
    """How fast this machine is just now, other work included: compare runs by it."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        sum(range(10_000_000))
        taken.append(time.perf_counter() - started)
    return [Figure("For comparison: adding up ten million numbers", min(taken) * 1000, "ms")]


def all_kpis(services: int = 1000, months: int = 120, times: int = 3) -> list[Figure]:
    """Working out every KPI of every service and month: the best of a few."""
    frame = long_frame(services, months)
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        figures(frame)
        taken.append(time.perf_counter() - started)
    name = f"All KPIs of {services:,} services × {months} months"
    return [Figure(name, min(taken), "s", KPI_AIM)]


def long_frame(services: int, months: int) -> pd.DataFrame:
    """Measurements of every term of every KPI, as data hands them over."""
    starts = pd.date_range("2010-01-01", periods=months, freq="MS").to_numpy()
    size = services * months * len(_TERMS)
    term = np.repeat(np.arange(len(_TERMS)), services * months)
    frame = pd.DataFrame(
        {
            "service": pd.Categorical(np.tile(np.repeat(np.arange(services), months), len(_TERMS))),
            "measure": pd.Categorical(np.array([measure for measure, _ in _TERMS])[term]),
            "category": pd.Categorical(np.array([category for _, category in _TERMS])[term]),
            "period": pd.Categorical(["month"]).repeat(size),
            "start_at": np.tile(starts, services * len(_TERMS)),
            "value": np.random.default_rng(1).uniform(1, 1000, size),
            "status": pd.Categorical(["reported"]).repeat(size),
            "parts": 1,
            "expected": 1,
            "part": pd.Categorical(["month"]).repeat(size),
        }
    )
    return frame.astype({"start_at": "datetime64[s]"})


def _apart(work: Callable[..., tuple[float, float]], *given: Path) -> tuple[float, float]:
    # A new process, so that memory is not that of what was measured before.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def _load_published(path: Path, source: Path) -> tuple[float, float]:
    started = time.perf_counter()
    _deliver(path, transactional_services.read(source).delivery, Sender("bench"))
    return time.perf_counter() - started, peak_megabytes()


def _load_demonstration(path: Path) -> tuple[float, float]:
    started, now = time.perf_counter(), datetime.now(UTC)
    _deliver(path, demonstration.delivery(now), Sender("demonstration", True, now))
    return time.perf_counter() - started, peak_megabytes()


def _deliver(path: Path, delivery: Delivery, sender: Sender) -> None:
    engine = open_engine(Settings(database_url=f"sqlite:///{path}"))
    migrate(engine)
    deliver(engine, delivery, sender)
    engine.dispose()
