"""The report page through Streamlit's own test runner."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.report_list import entries, neighbours
from store.claims import ClaimStore
from tests.dashboard.rows import REPORTS
from tests.patience import PATIENCE

SCRIPT = """
from dashboard import report_page, theme
theme.configure_page()
report_page.render()
"""


def app(**parameters: str | list[str]) -> AppTest:
    at = AppTest.from_string(SCRIPT, default_timeout=PATIENCE)
    at.query_params.update(parameters)
    return at


def read(at: AppTest) -> dict:
    """What the reader component is given."""
    (component,) = at.get("bidi_component")
    return json.loads(component.proto.json)


def words(at: AppTest) -> str:
    return " ".join(block.proto.body for block in at.get("html"))


def test_without_a_report_there_is_a_list_to_choose_from_newest_first(store: Path) -> None:
    at = app().run()
    assert not at.exception
    text = words(at)
    assert text.index("Exercise ends") < text.index("Minister gives figures") < text.index("Office counts troops")
    at.button(key="ca-open-card-report-1").click().run()
    assert at.query_params == {"report": "r2"}
    assert "".join(run[0] for run in read(at)["runs"]) == REPORTS[1][0].text


def test_the_list_is_searched_by_title_and_outlet(store: Path) -> None:
    at = app().run()
    at.text_input(key="ca-report-query").input("wire OFFICE").run()
    assert "1 report, newest first" in words(at)
    at.text_input(key="ca-report-query").input("zeppelin").run()
    assert "No report has these words" in words(at)


def test_a_link_opens_a_report_with_its_claim_and_its_switches(store: Path) -> None:
    claim = REPORTS[1][1][1]
    at = app(report="r2", claim=claim.id, hide=["place", "bogus"]).run()
    assert read(at)["hidden"] == ["place"]
    assert {item["claim"] for item in read(at)["items"] if item["on"]} == {claim.id}
    assert "80,000 troops" in words(at)
    assert at.query_params == {"report": "r2", "claim": claim.id, "hide": "place"}


@pytest.mark.parametrize("report", ["nothing", "r1'; DROP TABLE reports", "x" * 5000, ""])
def test_a_link_to_no_report_shows_the_list(store: Path, report: str) -> None:
    at = app(report=report, claim="<script>", at="nowhere").run()
    assert not at.exception
    assert "3 reports, newest first" in words(at)
    assert at.query_params == {}


def test_a_claim_or_place_of_another_report_is_not_opened(store: Path) -> None:
    at = app(report="r1", claim=REPORTS[1][1][0].id, at="gn:4").run()
    assert at.query_params == {"report": "r1"}


def test_a_kind_of_highlight_can_be_switched_off(store: Path) -> None:
    at = app(report="r2").run()
    assert read(at)["hidden"] == []
    at.button_group(key="ca-report-switches").unselect("number").run()
    assert read(at)["hidden"] == ["number"]
    assert at.query_params == {"report": "r2", "hide": "number"}


def test_the_ways_to_the_reports_before_and_after_end_where_the_list_ends(store: Path) -> None:
    at = app(report="r1").run()
    assert at.button(key="ca-earlier").disabled
    at.button(key="ca-later").click().run()
    assert at.query_params == {"report": "r2"}


def test_neighbours_are_the_next_in_time(store: Path) -> None:
    with ClaimStore.open(store, read_only=True) as opened:
        listed = entries(opened.reports())
    before, after = neighbours(listed, "r2")
    assert (before and before.id, after and after.id) == ("r1", "r3")
    assert neighbours(listed, "gone") == (None, None)


def test_a_card_opens_the_claim_and_the_way_back_closes_it(store: Path) -> None:
    at = app(report="r2").run()
    at.button(key="ca-open-card-of-report-0").click().run()
    assert at.query_params["claim"] == REPORTS[1][1][0].id
    at.button(key="ca-all-claims").click().run()
    assert at.query_params == {"report": "r2"}
