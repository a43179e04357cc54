"""What is declared of the demonstration's services: as made up as their weeks and months."""

from __future__ import annotations

from data.demonstration_dashboards import DASHBOARD, SERVICE
from data.entries import DeclarationEntry

CARERS = "dwp-carers-allowance-new-claims"

DECLARATIONS = (
    DeclarationEntry(SERVICE, "dashboard", "dashboard", DASHBOARD),
    DeclarationEntry(
        CARERS,
        "annotation",
        "new-start-page",
        {
            "start_at": "2014-12-01",
            "title": "New start page",
            "text": "It says who can claim before it asks anything.",
        },
    ),
    DeclarationEntry(
        CARERS,
        "annotation",
        "online-identity-check",
        {
            "start_at": "2016-07-04",
            "title": "Online identity check",
            "text": "People prove who they are online, in place of sending papers by post.",
        },
    ),
)
