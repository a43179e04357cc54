"""What the fields of a row mean and hold, for the documentation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.explanations import Kind

Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "number"}
NUMBER_OR_NULL: Schema = {"type": ["number", "null"]}
WHOLE: Schema = {"type": "integer"}
BOOLEAN: Schema = {"type": "boolean"}
OBJECT: Schema = {"type": "object"}
_DAY_OR_MOMENT = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}\+00:00)?$"
DAY_OR_NULL: Schema = {"type": ["string", "null"], "pattern": _DAY_OR_MOMENT}
# A number in rows of figures; in definitions the name of what is counted.
FIGURE_OR_TERM: Schema = {"type": ["number", "string", "null"]}


# The unit of a figure whose row has a field for it.
OF_ROW = "as `unit` says"


@dataclass(frozen=True)
class Column:
    """A field of a row: what it means, its JSON Schema, and its unit; '' where it has none."""

    help: str
    schema: Schema
    unit: str = ""

    @property
    def may_be_null(self) -> bool:
        """Whether it is null, and in CSV empty, where it is missing."""
        return "null" in self._types

    @property
    def kind(self) -> Kind:
        """What a cell of it holds; of figures or terms, the figure."""
        if "pattern" in self.schema:
            return "day"
        kinds: dict[str, Kind] = {"number": "number", "integer": "whole", "boolean": "boolean"}
        return next((kinds[name] for name in self._types if name in kinds), "text")

    @property
    def _types(self) -> list[str]:
        given = self.schema["type"]
        return [given] if isinstance(given, str) else list(given)


COLUMNS: Mapping[str, Column] = {
    "group": Column(
        "The slug of the department, agency or service that is added up over, with `by`; "
        "null without it, and for services that a department runs itself with `by=agency`. Of a "
        "definition: the text field by which the KPI can be split, or null; of its parts: the "
        "value of that field.",
        TEXT_OR_NULL,
    ),
    "service": Column("The slug of the service.", TEXT),
    "department_median": Column(
        "The median over the services of its department that reported exactly this period; null "
        "where fewer than three did.",
        NUMBER_OR_NULL,
        OF_ROW,
    ),
    "department_reporting": Column("How many services that median is of.", WHOLE),
    "median": Column(
        "The median over all services that reported exactly this period; null where fewer than "
        "three did.",
        NUMBER_OR_NULL,
        OF_ROW,
    ),
    "reporting": Column("How many services the median of all is of.", WHOLE),
    "side_by_side": Column(
        "Whether this is the one period of the KPI in which the services stand side by side: the "
        "latest that all of them reported, or most of them.",
        BOOLEAN,
    ),
    "best": Column(
        "Whether the service leads there: never by a partial figure or a share above 1, nor where "
        "two lead.",
        BOOLEAN,
    ),
    "people": Column(
        "How many people were using the services, a mean over ten minutes; of a stage of a "
        "journey: how many were there.",
        NUMBER_OR_NULL,
        "people",
    ),
    "stage": Column("The stage of the journey, as its records name it.", TEXT),
    "next_stage": Column(
        "The required stage after it; null after the last, and beside the path.", TEXT_OR_NULL
    ),
    "required": Column(
        "Whether everybody passes the stage. Where it is false, fewer people are no drop-off.",
        BOOLEAN,
    ),
    "left": Column(
        "How many people reached the required stage before but not this one; negative where there "
        "are more here than there, which says that something is wrong with what was reported.",
        NUMBER_OR_NULL,
        "people",
    ),
    "share": Column(
        "Of a stage: `left` divided by the people at the required stage before. Of a stage over "
        "time: `went_on` divided by its people.",
        NUMBER_OR_NULL,
        "proportion",
    ),
    "went_on": Column(
        "How many people were at the required stage after it.", NUMBER_OR_NULL, "people"
    ),
    "share_status": Column("The status of the share: reported only if both stages are.", TEXT),
    "message": Column("Which error, or which help.", TEXT),
    "count": Column("How often it was met or opened.", NUMBER_OR_NULL, "times"),
    "per_hundred": Column(
        "How often for every hundred people at the stage.",
        NUMBER_OR_NULL,
        "times for every hundred people",
    ),
    "kpi": Column("The KPI's slug, as in `/api/kpis/definitions`.", TEXT),
    "period": Column(
        "How long the period is: day, week, month, quarter or year; `twelve months` for a "
        "year made up of months or quarters; `instant` for a moment.",
        TEXT_OR_NULL,
    ),
    "start_at": Column("The first day of the period; a moment in UTC for an instant.", DAY_OR_NULL),
    "end_at": Column("The day after the last day of the period.", DAY_OR_NULL),
    "value": Column(
        "The figure, in its unit: the numerator divided by the denominator, or the "
        "numerator itself where there is no denominator. It is not clipped: a proportion above 1 "
        "says that something is wrong with what was reported.",
        NUMBER_OR_NULL,
        OF_ROW,
    ),
    "projected": Column(
        "What is expected in the period: not a figure that was reported.", NUMBER, OF_ROW
    ),
    "low": Column("Below this, one of ten such figures is expected.", NUMBER, OF_ROW),
    "high": Column("Above this, one of ten such figures is expected.", NUMBER, OF_ROW),
    "numerator": Column(
        "What is divided: pounds, transactions, or the sum of (rating − 1) ÷ 4. Of a "
        "definition: the measure, with its category after a colon.",
        FIGURE_OR_TERM,
    ),
    "denominator": Column(
        "What it is divided by; null where the KPI is an amount, and both are null where only a "
        "rate was published. Of a definition: the measure.",
        FIGURE_OR_TERM,
    ),
    "status": Column(
        "reported, partial, not reported, not applicable or suppressed: of too few people to "
        "tell, so that the row has no numbers. Only reported figures are added up over services, "
        "and suppressed ones unseen.",
        TEXT,
    ),
    "unit": Column(
        "pounds, proportion (0 to 1) or transactions; of a service's own KPI also seconds, or what "
        "it counts.",
        TEXT,
    ),
    "data_set": Column(
        "The data set of the service that it is worked out from; null for the KPIs of all "
        "services.",
        TEXT_OR_NULL,
    ),
    "services_reporting": Column(
        "How many of the services reported the KPI for the whole period: the figures are of these.",
        WHOLE,
    ),
    "services": Column("How many services there are.", WHOLE),
    "parts": Column("How many parts the figure is the sum of.", WHOLE),
    "expected": Column("How many parts a complete figure has.", WHOLE),
    "part": Column(
        "What those parts are: days, months, quarters, channels or services; the period "
        "itself where the figure was published as it is.",
        TEXT,
    ),
    "normal_low": Column(
        "The lowest figure that would be normal for this service at that time of year, by what was "
        "reported before it, of weeks and months; null where there is too little history.",
        NUMBER_OR_NULL,
        OF_ROW,
    ),
    "normal_high": Column("The highest; null where normal_low is.", NUMBER_OR_NULL, OF_ROW),
    "verdict": Column(
        "normal, lower or higher: where the figure lies in or beside that range; null where no "
        "range is known or the figure was not reported in full.",
        TEXT_OR_NULL,
    ),
    "annotations": Column(
        "What publishers noted about the time of the period: titles, in the order of time, with "
        "semicolons between them.",
        TEXT_OR_NULL,
    ),
    "slug": Column("What the service, organisation or KPI is known by in addresses.", TEXT),
    "name": Column("Its name; of a stage without one, the stage as its records name it.", TEXT),
    "department": Column(
        "The slug of the department; null for an organisation that is one.", TEXT_OR_NULL
    ),
    "department_name": Column("The department's name.", TEXT_OR_NULL),
    "department_abbreviation": Column("The department's abbreviation.", TEXT_OR_NULL),
    "agency": Column(
        "The slug of the agency; null where the department itself runs the service.", TEXT_OR_NULL
    ),
    "agency_name": Column("The agency's name.", TEXT_OR_NULL),
    "category": Column(
        "Of a service: what it is about. Of a measurement: the channel, stage or rating; "
        "null for all of them together.",
        TEXT_OR_NULL,
    ),
    "customer_type": Column("Who uses the service.", TEXT_OR_NULL),
    "business_model": Column("Who pays for the service.", TEXT_OR_NULL),
    "transaction_type": Column("What kind of transaction it is.", TEXT_OR_NULL),
    "description": Column("What the service is.", TEXT_OR_NULL),
    "url": Column("Where the service is.", TEXT_OR_NULL),
    "link_text": Column("The words of the link to it.", TEXT_OR_NULL),
    "notes_on_costs": Column("What the costs include.", TEXT_OR_NULL),
    "other_notes": Column("Other notes on the figures.", TEXT_OR_NULL),
    "high_volume": Column("Whether it is one of the high-volume services.", BOOLEAN),
    "abbreviation": Column("The organisation's abbreviation.", TEXT_OR_NULL),
    "kpis": Column("Every KPI by its slug, each with the fields below.", OBJECT),
    "measure": Column("What was counted.", TEXT),
    "format": Column("How the value is written: pounds, percentage, number or duration.", TEXT),
    "better": Column("higher or lower, whichever is better; null where neither is.", TEXT_OR_NULL),
    "formula": Column("The formula in words.", TEXT),
    "definition": Column("What the KPI tells.", TEXT),
    "decimals": Column("How many decimals are shown.", WHOLE),
    "by_channel": Column("Whether it can be told for one channel.", BOOLEAN),
    "least_base": Column(
        "The smallest denominator of which a figure is told; of a smaller one it is suppressed, "
        "and so is what it is made of. 0: any.",
        WHOLE,
    ),
}
