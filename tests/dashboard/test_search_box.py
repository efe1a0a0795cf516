"""What the search box offers, and what a choice leads to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import resources
from tests.dashboard.rows import CITY, HOSTILE, PENINSULA, REPORTS, fill
from tests.patience import PATIENCE

SCRIPT = """
import json
import streamlit as st
from dashboard import search_box, state
state.read_address()
query, kind, value = st.session_state.get("query", ""), *st.session_state.get("choice", ("", ""))
st.json(search_box.payload(query))
search_box.lead_to(kind, value)
state.write_address()
"""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = fill(tmp_path / "claims.duckdb", hostile=True)
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(path))
    resources.settings.clear()
    return path


def run(query: str = "", choice: tuple[str, str] = ("", ""), **parameters: str) -> AppTest:
    at = AppTest.from_string(SCRIPT, default_timeout=PATIENCE)
    at.session_state["query"], at.session_state["choice"] = query, choice
    at.query_params.update(parameters)
    at.run()
    assert not at.exception
    return at


def offered(at: AppTest) -> dict[str, list[str]]:
    given = json.loads(at.json[0].value)
    return {group["title"]: [item["label"] for item in group["items"]] for group in given["groups"]}


def test_places_actors_sides_and_claims_are_offered_apart(store: Path) -> None:
    found = offered(run("sorvia"))
    assert set(found["Places"]) == {"Sorvia", "Sorvia Peninsula"}
    assert found["Sides"] == ["Sorvia"]
    assert offered(run("tarov"))["Who claims"] == ["Ana Tarov"]
    assert offered(run("tarov"))["Claims"] == ["110,000 troops", "80,000 troops"]


def test_a_single_letter_is_not_looked_for(store: Path) -> None:
    assert offered(run("a")) == {}


def test_finding_nothing_is_said(store: Path) -> None:
    given = json.loads(run("zeppelin").json[0].value)
    assert given["groups"] == []
    assert "Nothing has all of these words" in given["status"]


def test_a_claim_opens_a_place_is_selected_and_an_actor_becomes_a_filter(store: Path) -> None:
    claim = REPORTS[1][1][0].id
    assert run(choice=("claim", claim)).query_params == {"claim": claim}
    assert run(choice=("place", CITY.key)).query_params == {"at": CITY.key}
    assert run(choice=("actor", "Ana Tarov")).query_params == {"actor": "Ana Tarov"}
    assert run(choice=("side", "Norland")).query_params == {"side": "Norland"}


def test_other_filters_stay_unless_they_leave_nothing_of_what_was_looked_for(store: Path) -> None:
    assert run(choice=("actor", "Ana Tarov"), kind="personnel").query_params == {
        "actor": "Ana Tarov",
        "kind": "personnel",
    }
    assert run(choice=("actor", "Ana Tarov"), side="Norland").query_params == {"actor": "Ana Tarov"}


@pytest.mark.parametrize("choice", [("claim", "gone"), ("place", "gone"), ("bogus", PENINSULA.key)])
def test_a_choice_of_what_is_not_there_changes_nothing(store: Path, choice: tuple[str, str]) -> None:
    assert run(choice=choice).query_params == {}


def test_hostile_text_is_handed_over_as_text_and_cut(store: Path) -> None:
    labels = [label for group in offered(run("script")).values() for label in group]
    assert labels
    assert all(len(label) <= 110 for label in labels)
    assert any(label.startswith(HOSTILE[:20]) for label in labels)
