"""Playing through time, without a browser: each step is one run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import resources
from tests.dashboard.picking import chosen
from tests.dashboard.rows import fill
from tests.patience import PATIENCE

SCRIPT = """
from dashboard import map_page, theme
theme.configure_page()
map_page.render()
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(fill(tmp_path / "claims.duckdb")))
    for cached in (resources.settings, resources.preparation, resources.map_libraries):
        cached.clear()
    return AppTest.from_string(SCRIPT, default_timeout=PATIENCE)


def until(at: AppTest) -> str | None:
    return next(iter(chosen(at, "until")), None)


def test_steps_move_the_end_of_the_chosen_days_and_stop_at_both_ends(page: AppTest) -> None:
    page.run()
    assert page.button(key="ca-step-on").disabled
    page.button(key="ca-step-back").click().run()
    assert until(page) == "2021-04-19"
    assert page.query_params == {"until": "2021-04-19"}
    page.button(key="ca-step-on").click().run()
    assert until(page) is None
    page.query_params["since"] = "2021-04-20"
    page.run()
    assert page.button(key="ca-step-back").disabled


def test_it_plays_from_the_first_chosen_day_and_the_address_rests_until_it_stops(page: AppTest) -> None:
    page.query_params["since"] = "2021-04-13"
    page.run()
    page.button(key="ca-play").click().run()
    assert not page.exception
    assert until(page) == "2021-04-13"
    assert page.query_params == {"since": "2021-04-13"}
    assert page.button(key="ca-play").label == "Pause"
    page.button(key="ca-play").click().run()
    assert page.query_params == {"since": "2021-04-13", "until": "2021-04-13"}


def beats(at: AppTest) -> dict[str, object]:
    """What the browser is told about the pauses."""
    found = next(item.proto for item in at.get("bidi_component") if item.proto.component_name == "claim-atlas-beat")
    told: dict[str, object] = json.loads(found.json)
    return told


BEATS = (
    SCRIPT
    + """
import streamlit as st
from dashboard import player, resources
for step in st.session_state.pop("beats", ()):
    player.beat(resources.overview().timeline, step)
"""
)


def test_each_beat_is_a_step_and_the_last_step_stops(page: AppTest) -> None:
    page = AppTest.from_string(BEATS, default_timeout=PATIENCE)
    page.query_params["since"] = "2021-04-18"
    page.run()
    assert beats(page)["seconds"] is None
    page.button(key="ca-play").click().run()
    assert until(page) == "2021-04-18"
    assert beats(page)["seconds"] == 1.0
    page.session_state["beats"] = [beats(page)["step"]]
    page.run().run()
    assert until(page) == "2021-04-19"
    page.session_state["beats"] = [beats(page)["step"]]
    page.run().run()
    assert until(page) is None
    assert page.button(key="ca-play").label == "Play through time"
    assert beats(page)["seconds"] is None


def test_a_beat_that_comes_late_or_twice_is_no_step(page: AppTest) -> None:
    page = AppTest.from_string(BEATS, default_timeout=PATIENCE)
    page.run()
    page.button(key="ca-play").click().run()
    first = beats(page)["step"]
    page.session_state["beats"] = [first, first]
    page.run().run()
    assert until(page) == "2021-04-13"
    page.button(key="ca-play").click().run()
    page.session_state["beats"] = [beats(page)["step"]]
    page.run().run()
    assert until(page) == "2021-04-13"


def test_the_pace_is_the_pause_between_two_steps(page: AppTest) -> None:
    page.session_state["ca-pace"] = "fast"
    page.run()
    page.button(key="ca-play").click().run()
    assert beats(page)["seconds"] == 0.5


def test_a_link_that_is_opened_meanwhile_stops_it(page: AppTest) -> None:
    page.run()
    page.button(key="ca-play").click().run()
    page.query_params["side"] = "Norland"
    page.run()
    assert page.button(key="ca-play").label == "Play through time"
