"""Targets of demonstration services: made up, one of each verdict that there can be early on."""

from __future__ import annotations

from data.entries import DeclarationEntry


def _target(service: str, kpi: str, value: float, day: str) -> DeclarationEntry:
    return DeclarationEntry(service, "target", kpi, {"value": value, "date": day})


TARGETS = (
    _target("dft-tax-a-vehicle", "digital-take-up", 0.82, "2018-04-01"),
    _target("dft-tax-a-vehicle", "user-satisfaction", 0.92, "2018-10-01"),
    _target("dft-tax-a-vehicle", "cost-per-transaction", 1.0, "2018-04-01"),
    _target("dwp-carers-allowance-new-claims", "user-satisfaction", 0.85, "2018-04-01"),
    _target("dwp-carers-allowance-new-claims", "digital-take-up", 0.9, "2019-04-01"),
    _target("co-voter-registration", "completion-rate", 0.86, "2018-04-01"),
)
