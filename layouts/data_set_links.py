"""Links that take a data set away: CSV, JSON, and questions to the record API."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html

from kpi.data_set_queries import ALL_RECORDS, Parameters, Question, everything, questions
from kpi.data_sets import DataSet
from layouts.addresses import Parameter, data_set_address
from layouts.modules import action


def page_of(data_set: DataSet) -> str:
    """The data set's own page."""
    return data_set_address(data_set.group, data_set.type)


def answer(data_set: DataSet, parameters: Parameters, format: str = "json") -> str:
    """The record API's answer to a question, as JSON or CSV.

    The format is always named: a browser that names none gets the data set's page.
    """
    asked: Mapping[str, Parameter] = {**parameters, "format": format}
    return data_set_address(data_set.group, data_set.type, asked)


def formats(data_set: DataSet, most_rows: int) -> dict[str, tuple[Question, str]]:
    """By its name, each format that all of a data set can be had in: the question, the address.

    most_rows: how many records one answer may have. What is not published comes as JSON alone.
    """
    whole = everything(data_set, most_rows)
    if whole is None:
        return {}
    names = ("CSV", "JSON") if data_set.published else ("JSON",)
    return {name: (whole, answer(data_set, whole.parameters, name.lower())) for name in names}


def named_format(name: str, question: Question) -> str:
    """'CSV' of all records, 'CSV by month' of what they add up to."""
    return name if question.words == ALL_RECORDS else f"{name} {question.words}"


def downloads(data_set: DataSet, most_rows: int) -> list[html.A]:
    """The links to all of a data set."""
    return [
        action(named_format(name, question), href, data_set.title)
        for name, (question, href) in formats(data_set, most_rows).items()
    ]


def example(data_set: DataSet) -> html.A | None:
    """A link to an example question; None where nothing can be asked."""
    asked = next(iter(questions(data_set)), None)
    if asked is None:
        return None
    about = f"{asked.words}, {data_set.title}"
    return action("Example query", answer(data_set, asked.parameters), about)
