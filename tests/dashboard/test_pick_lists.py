"""Lists to choose from: what the browser is handed, and what is believed of what it sends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.language import speaking
from dashboard.pick_lists import PickList, changes, payload
from tests.dashboard.picking import choose, chosen, lists, send
from tests.dashboard.rows import fill
from tests.patience import PATIENCE

SIDES = PickList("sides", "Side", {"Norland": "Norland · 1", "Sorvia": "Sorvia · 4"}, ["Sorvia"], "Any of 2")
DAY = PickList("since", "From", {"2021-04-12": "12 Apr 2021 · 3"}, most=1)

SCRIPT = """
import streamlit as st
from dashboard.pick_lists import PickList, show

heard = st.session_state.setdefault("heard", [])
chosen = {field: values for field, values in heard}
letters, days = {name: name for name in "abcd"}, {"1": "one", "2": "two"}
show("test", [
    PickList("letters", "Letter", letters, chosen.get("letters", ()), most=2),
    PickList("days", "Day", days, chosen.get("days", ()), most=1),
], lambda field, values: heard.append((field, values)))
"""
MAP = """
from dashboard import map_page
map_page.render()
"""


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_string(SCRIPT, default_timeout=PATIENCE).run()


def heard(page: AppTest) -> list[tuple[str, tuple[str, ...]]]:
    assert not page.exception
    return list(page.session_state["heard"])


def test_the_browser_is_handed_words_values_and_what_is_chosen() -> None:
    handed = payload("no-such-key", [SIDES, DAY])
    assert json.loads(json.dumps(handed)) == handed
    assert handed["answered"] == 0
    first, second = handed["lists"]
    assert first["options"] == [["Norland", "Norland · 1"], ["Sorvia", "Sorvia · 4"]]
    assert (first["label"], first["placeholder"], first["chosen"]) == ("Side", "Any of 2", ["Sorvia"])
    assert second["most"] == 1
    with speaking("fr"):
        assert payload("no-such-key", [SIDES])["words"]["remove"] == "Retirer {name}"


def test_a_choice_is_heard_once(page: AppTest) -> None:
    choose(page, "letters", "a")
    assert heard(page) == [("letters", ("a",))]
    assert chosen(page, "letters") == ["a"]
    page.run()
    assert len(heard(page)) == 1


def test_a_change_that_was_answered_and_is_sent_again_is_not_heard_again(page: AppTest) -> None:
    first = {"call": 5, "field": "letters", "values": ["a"]}
    send(page, "letters", [first])
    send(page, "letters", [first, {"call": 6, "field": "days", "values": ["2"]}])
    assert heard(page) == [("letters", ("a",)), ("days", ("2",))]


def test_the_browser_is_told_which_change_was_heard_last(page: AppTest) -> None:
    send(page, "letters", [{"call": 5, "field": "letters", "values": ["a"]}])
    told = [json.loads(element.proto.json)["answered"] for element in page.get("bidi_component")]
    assert told == [5]


def test_two_changes_that_arrive_together_are_both_heard(page: AppTest) -> None:
    sent = [{"call": 5, "field": "letters", "values": ["a", "b"]}, {"call": 6, "field": "days", "values": ["1"]}]
    send(page, "letters", sent)
    assert heard(page) == [("letters", ("a", "b")), ("days", ("1",))]


@pytest.mark.parametrize(
    "sent",
    [
        None, "x", 7, {}, [None], ["x"], [[]], [{}], [{"call": "9", "field": "sides", "values": []}],
        [{"call": 9, "field": "nonsense", "values": ["a"]}], [{"call": 9, "field": "sides", "values": "Sorvia"}],
        [{"call": 9, "field": ["sides"], "values": ["Sorvia"]}], [{"call": True, "field": "sides", "values": []}],
    ],
)  # fmt: skip
def test_what_is_no_change_is_dropped(sent: object) -> None:
    assert list(changes(sent, [SIDES, DAY])) == []


def test_values_that_nothing_can_have_are_dropped_and_no_more_than_allowed_are_kept() -> None:
    sent = [
        {"call": 1, "field": "sides", "values": ["Sorvia", 7, "", "a\x00b", None, {}, "x" * 301, "<script>"]},
        {"call": 2, "field": "since", "values": ["2021-04-12", "2021-04-13"]},
    ]
    assert list(changes(sent, [SIDES, DAY])) == [(1, "sides", ("Sorvia", "<script>")), (2, "since", ("2021-04-12",))]


def test_a_filter_that_cannot_have_a_value_drops_it(store: Path) -> None:
    at = AppTest.from_string(MAP, default_timeout=PATIENCE).run()
    choose(at, "kinds", "bogus", "personnel")
    assert at.query_params == {"kind": "personnel"}
    choose(at, "since", "yesterday")
    assert at.query_params == {"kind": "personnel"}
    choose(at, "kinds")
    assert at.query_params == {}


def test_hostile_names_are_handed_over_as_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(fill(tmp_path / "evil.duckdb", hostile=True)))
    at = AppTest.from_string(MAP, default_timeout=PATIENCE).run()
    assert any("<script>" in words for _, words in lists(at)["sides"]["options"])
    choose(at, "sides", *[value for value, words in lists(at)["sides"]["options"] if "<script>" in words])
    assert not at.exception
    assert chosen(at, "sides")
