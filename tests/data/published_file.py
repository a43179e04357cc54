"""Small files of the same shape as the government's transactional services download."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

FIRST, LATEST = "2012-Q4", "2017-Q4"
ABOUT = (
    "Abbr",
    "Department",
    "Agency/body",
    "Agency abbr",
    "Name of service",
    "Slug",
)
FIGURES = (
    f"{FIRST} Vol.",
    "2013-Q1 Vol.",
    "2013-Q2 Vol.",
    f"{LATEST} Vol.",
    f"{LATEST} Digital vol.",
    f"{LATEST} CPT (£)",
    f"{LATEST} Digital CPT (£)",
    f"{LATEST} Completion rate",
)
MORE = (
    "Category",
    "URL",
    "Service link text",
    "Description of service",
    "Notes on costs",
    "Other notes",
    "Customer type",
    "Business model",
    "Keywords",
    "Hi-vol",
    "Latest\nvolumes",
    "",
    "",
    "Type of transaction",
)
QUARTERS = ("Total transactions\nJul - Sep 2017", "Digital transactions\nJul - Sep 2017")
HEADER = (
    *ABOUT,
    *FIGURES,
    *MORE,
    *QUARTERS,
    "Totals check\nOct-Sep",
    "Digital exceeds all (years)",
)

Row = Mapping[str, str]
CARERS: Row = {
    "Abbr": "DWP",
    "Department": "Department for Work and Pensions",
    "Agency/body": "Carers' Agency",
    "Agency abbr": "CA",
    "Name of service": "Carer's Allowance",
    "Slug": "carers-allowance",
}
DIRECT: Row = {
    **CARERS,
    "Agency/body": "Department for Work and Pensions",
    "Agency abbr": "",
    "Name of service": "State pension",
    "Slug": "state-pension",
}


def text(*rows: Row, header: Sequence[str] = HEADER) -> str:
    """The file's text; cells that a row does not name are empty."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return out.getvalue()


def file(folder: Path, content: str | bytes) -> Path:
    """The file, written."""
    path = folder / "figures.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
