"""What the fields of a row mean, for the documentation."""

from __future__ import annotations

from collections.abc import Mapping

COLUMNS: Mapping[str, str] = {
    "group": "The slug of the department, agency or service that is added up over, with `by`; "
    "null without it, and for services that a department runs itself with `by=agency`.",
    "people": "How many people were using the services, a mean over ten minutes.",
    "kpi": "The KPI's slug, as in `/api/kpis/definitions`.",
    "period": "How long the period is: day, week, month, quarter or year; `twelve months` for a "
    "year made up of months or quarters; `instant` for a moment.",
    "start_at": "The first day of the period; a moment in UTC for an instant.",
    "end_at": "The day after the last day of the period.",
    "value": "The figure, in its unit: the numerator divided by the denominator, or the "
    "numerator itself where there is no denominator. It is not clipped: a proportion above 1 "
    "says that something is wrong with what was reported.",
    "numerator": "What is divided: pounds, transactions, or the sum of (rating − 1) ÷ 4. Of a "
    "definition: the measure, with its category after a colon.",
    "denominator": "What it is divided by; null where the KPI is an amount. Of a definition: the "
    "measure.",
    "status": "reported, partial, not reported, not applicable or suppressed. Only reported "
    "figures are added up over services.",
    "unit": "pounds, proportion (0 to 1) or transactions.",
    "services_reporting": "How many of the services reported the KPI for the whole period: the "
    "figures are of these.",
    "services": "How many services there are.",
    "parts": "How many parts the figure is the sum of.",
    "expected": "How many parts a complete figure has.",
    "part": "What those parts are: days, months, quarters, channels or services; the period "
    "itself where the figure was published as it is.",
    "slug": "What the service, organisation or KPI is known by in addresses.",
    "name": "Its name.",
    "department": "The slug of the department; null for an organisation that is one.",
    "department_name": "The department's name.",
    "department_abbreviation": "The department's abbreviation.",
    "agency": "The slug of the agency; null where the department itself runs the service.",
    "agency_name": "The agency's name.",
    "category": "Of a service: what it is about. Of a measurement: the channel, stage or rating; "
    "null for all of them together.",
    "customer_type": "Who uses the service.",
    "business_model": "Who pays for the service.",
    "transaction_type": "What kind of transaction it is.",
    "description": "What the service is.",
    "url": "Where the service is.",
    "link_text": "The words of the link to it.",
    "notes_on_costs": "What the costs include.",
    "other_notes": "Other notes on the figures.",
    "high_volume": "Whether it is one of the high-volume services.",
    "abbreviation": "The organisation's abbreviation.",
    "kpis": "Every KPI by its slug, each with the fields below.",
    "measure": "What was counted.",
    "format": "How the value is written: pounds, percentage or number.",
    "better": "higher or lower, whichever is better; null where neither is.",
    "formula": "The formula in words.",
    "definition": "What the KPI tells.",
    "decimals": "How many decimals are shown.",
    "by_channel": "Whether it can be told for one channel.",
}
