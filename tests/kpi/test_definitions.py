"""The table of KPIs."""

import pytest

from kpi.definitions import HEADLINE, KPIS, SLUGS, Term, UnknownKpi, kpi


def test_every_service_shows_four_kpis_and_what_they_rest_on() -> None:
    assert SLUGS == (
        "cost-per-transaction",
        "user-satisfaction",
        "completion-rate",
        "digital-take-up",
        "transactions",
        "total-cost",
    )
    assert [k.slug for k in HEADLINE] == list(SLUGS[:4])


def test_an_unknown_kpi_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownKpi, match=r"no KPI called 'happiness'.*completion-rate.*total-cost"):
        kpi("happiness")
    with pytest.raises(ValueError, match="happiness"):
        kpi("happiness")


def test_digital_take_up_is_digital_of_all_transactions() -> None:
    take_up = kpi("digital-take-up")
    assert take_up.numerator == Term("transactions", "digital")
    assert take_up.denominator == Term("transactions")
    assert take_up.unit == "proportion"


def test_only_costs_are_better_when_lower() -> None:
    assert [k.slug for k in KPIS if k.better == "lower"] == ["cost-per-transaction", "total-cost"]
    assert kpi("transactions").better == ""


def test_total_cost_counts_only_where_transactions_are_reported() -> None:
    assert kpi("total-cost").requires == Term("transactions")


def test_only_volumes_and_costs_can_be_split_by_channel() -> None:
    assert [k.slug for k in KPIS if k.by_channel] == [
        "cost-per-transaction",
        "transactions",
        "total-cost",
    ]


def test_every_kpi_explains_itself_in_sentences() -> None:
    for known in KPIS:
        assert known.formula.endswith("."), known.slug
        assert known.definition.endswith("."), known.slug
