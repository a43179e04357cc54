"""What is wrong with a dashboard that JSON Schema cannot say: names, and the same thing twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kpi.measures import MEASURES
from kpi.module_types import TYPES
from kpi.modules import default_slug, is_taken

Body = Mapping[str, Any]
# Where in a definition, and a sentence on what is wrong there.
Wrong = tuple[str, str]


def placed(body: Body, within: str = "") -> Iterator[tuple[str, Body]]:
    """Each module of a definition, in order, with its path: 'modules[2].modules[0]'."""
    for number, one in enumerate(body.get("modules", ())):
        path = f"{within}modules[{number}]"
        yield path, one
        yield from placed(one, f"{path}.")


def broken_rules(body: Body) -> list[Wrong]:
    """What is wrong with a definition that fits the schema, in the order of its modules."""
    slugs: dict[str, str] = {}
    shown: dict[tuple[Any, ...], str] = {}
    found: list[Wrong] = []
    for path, one in placed(body):
        found += _slug(path, one, slugs)
        found += _repeated(path, one, shown)
        found += _category(path, one)
    return found


def _slug(path: str, one: Body, slugs: dict[str, str]) -> Iterator[Wrong]:
    slug = one.get("slug") or default_slug(one)
    if is_taken(slug):
        yield f"{path}.slug", f"The page itself calls something ‘{slug}’: give this another slug."
    elif slug in slugs:
        yield (
            f"{path}.slug",
            f"‘{slug}’ is the slug of {slugs[slug]} already: give one of them another.",
        )
    slugs.setdefault(slug, path)


def _repeated(path: str, one: Body, shown: dict[tuple[Any, ...], str]) -> Iterator[Wrong]:
    kind = TYPES[one["type"]]
    if not kind.once and not kind.sources:
        return
    about = tuple(one.get(name) for name in ("type", "kpi", "measure", "category", "period"))
    before = shown.setdefault(about, path)
    if before == path:
        return
    if kind.once:
        yield f"{path}.type", f"A dashboard has one {kind.name} at the most: {before} is one."
    else:
        yield path, f"It shows the same as {before}: leave one of them out."


def _category(path: str, one: Body) -> Iterator[Wrong]:
    """A part is of a measure that has parts, and has to be named where there is no total."""
    if not TYPES[one["type"]].category:
        return
    measure, category = MEASURES.get(one.get("measure", "")), one.get("category")
    if measure is None:
        if category:
            yield f"{path}.category", "Only a measure has categories: a KPI is shown whole."
    elif category and not measure.by:
        yield f"{path}.category", f"‘{measure.slug}’ has no categories: leave this out."
    elif not category and not measure.total:
        yield (
            f"{path}.category",
            f"‘{measure.slug}’ has no figure of all together: say which {measure.by} to show.",
        )
