"""One stage over time, and who went on from it; worked by hand."""

import pandas as pd

from kpi.journeys import Path
from kpi.stage_trends import stage_trend
from tests.kpi.journeys import visitors

PATH = Path(("start", "help", "pay", "done"), optional=("help",))
STAGES = ("start", "pay", "done", "help")
WEEKS = visitors({"2017-01-02": (100, 80, 20, 7), "2017-01-09": (50, 60)}, STAGES)


def test_a_stages_trend_says_how_many_went_on_to_the_next_required_one() -> None:
    found = stage_trend(WEEKS, "start", PATH)
    assert found["people"].tolist() == [100, 50]
    # Help is optional: who was there was not asked to be.
    assert set(found["next_stage"]) == {"pay"}
    assert found["went_on"].tolist() == [80, 60]
    assert found["share"].tolist() == [0.8, 1.2]
    assert found["share_status"].tolist() == ["reported", "reported"]


def test_where_the_next_stage_is_missing_nobody_is_said_to_have_left() -> None:
    found = stage_trend(WEEKS, "pay", PATH)
    assert found["share"][0] == 0.25
    assert pd.isna(found["share"][1])
    assert found["share_status"].tolist() == ["reported", "not reported"]


def test_a_partial_stage_makes_a_partial_share() -> None:
    rows = WEEKS.assign(status=WEEKS["status"].astype(str))
    rows.loc[rows["category"] == "pay", "status"] = "partial"
    assert stage_trend(rows, "start", PATH)["share_status"].tolist() == ["partial", "partial"]


def test_the_last_stage_and_one_beside_the_path_have_nothing_to_go_on_to() -> None:
    for stage in ("done", "help"):
        found = stage_trend(WEEKS, stage, PATH)
        assert set(found["next_stage"]) == {""}
        assert found["went_on"].isna().all()


def test_without_a_name_it_is_the_first_stage() -> None:
    assert set(stage_trend(WEEKS, "", PATH)["stage"]) == {"start"}


def test_a_stage_that_is_not_there_has_no_trend() -> None:
    assert stage_trend(WEEKS, "nowhere", PATH).empty
    assert stage_trend(pd.DataFrame(), "start", PATH).empty
