"""Where a dashboard, or one of its modules, stands alone to be framed by other pages."""

from __future__ import annotations

from urllib.parse import quote

EMBED = "/embed"
# With `controls=1` an embed has its page's filters.
CONTROLS = "controls"
# The Overview's own path is that of the whole platform; embedded it has a name.
OVERVIEW = "/overview"


def embed_address(page: str, module: str = "") -> str:
    """The embed of a page's address, filters and all; of one module where its slug is given.

    ``/services/tax?period=month`` with ``journey`` is
    ``/embed/services/tax/journey?period=month``.
    """
    path, mark, query = page.partition("?")
    place = OVERVIEW if path in ("", "/") else path.rstrip("/")
    part = f"/{quote(module)}" if module else ""
    return f"{EMBED}{place}{part}{mark}{query}"


def keeping_controls(search: str, before: str | None) -> str:
    """A query that filters write, of an embed that had filters before: it goes on having them."""
    if f"{CONTROLS}=1" not in (before or "").lstrip("?").split("&"):
        return search
    return f"{search}{'&' if search else '?'}{CONTROLS}=1"
