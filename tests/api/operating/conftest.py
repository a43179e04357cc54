"""Reads what Prometheus is told."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

Told = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def told(text: str) -> Told:
    """Values by name and labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
