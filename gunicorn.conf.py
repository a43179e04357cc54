"""How gunicorn serves the platform, whether `make run` or Procfile starts it."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.http import wsgi

# The command `gunicorn` looks for modules here only once it has read this.
sys.path.insert(0, str(Path(__file__).parent))
from api.operating.logs import formatter
from config import SettingError, Settings

METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"

bind = f"127.0.0.1:{os.environ.get('PORT', '8050')}"
# Two processes keep answering while one of them reads a large file in.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
# Writers wait for one another in theirs: with fewer they would leave none to who reads.
threads = 12
# Each worker opens its own connections to the database: sharing them over a fork breaks them.
preload_app = False
# A worker that does not stir is replaced; on a restart, a file that is being read in is finished.
timeout = 60
graceful_timeout = 60
keepalive = 5
# A question with many filters is a long line; no longer one can be allowed.
limit_request_line = 8190
# It would listen in the home folder, where a second platform on the machine is in its way.
control_socket_disable = True
# A restart now and then keeps what a worker remembers small; jitter keeps one always serving. Open
# dashboards ask every few seconds: a thousand of them make as many requests in half an hour.
max_requests = 200_000
max_requests_jitter = 20_000
loglevel = os.environ.get("LOG_LEVEL", "info").strip().lower()
# Whom to believe about the visitor's address and scheme is what TRUSTED_PROXIES says, alone.
forwarded_allow_ips = ""
# Nobody needs to know what serves.
wsgi.SERVER = "web"


class Log(Logger):
    """What gunicorn itself says, in the form of all else that is logged."""

    def setup(self, cfg: Any) -> None:
        """Set its handlers up, and end here when a setting is wrong."""
        super().setup(cfg)
        try:
            written = formatter(Settings.from_environment())
        except SettingError as error:
            raise SystemExit(str(error)) from None
        for handler in self.error_log.handlers:
            handler.setFormatter(written)


logger_class = Log


def post_worker_init(_worker: Any) -> None:
    """Leave what a worker loaded at its start out of garbage collection.

    A page over thousands of services makes tens of thousands of rows, and each collection on the
    way would look through all modules again: without that a cold Overview takes a quarter less.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def on_starting(_arbiter: Any) -> None:
    """Make the folder by which processes add up what they count."""
    if Settings.from_environment().metrics == "yes":
        os.environ[METRICS_FOLDER] = tempfile.mkdtemp(prefix="platform-metrics-")


def child_exit(_arbiter: Any, worker: Any) -> None:
    """What a process has in use is not, once it is gone."""
    if METRICS_FOLDER in os.environ:
        # It looks for the folder when it is imported.
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415

        mark_process_dead(worker.pid)


def on_exit(_arbiter: Any) -> None:
    """Leave no folder behind."""
    if METRICS_FOLDER in os.environ:
        shutil.rmtree(os.environ[METRICS_FOLDER], ignore_errors=True)
