"""The About page: method, figures as the gate holds them, sources, and the view of disputed borders."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import figures
from errors import DataError
from tests.patience import PATIENCE

SCRIPT = """
from dashboard import about_page, theme
theme.configure_page()
about_page.render()
"""
ROW = re.compile(r'<th scope="row">([^<]*)</th><td>(\d+)%</td>')


def app() -> AppTest:
    return AppTest.from_string(SCRIPT, default_timeout=PATIENCE)


def words(at: AppTest) -> str:
    return " ".join(block.proto.body for block in at.get("html"))


def test_it_says_how_reports_are_read_and_names_the_sources(store: Path) -> None:
    at = app().run()
    assert not at.exception
    for said in (
        "Statements.</b>",
        "“according to”",
        "GeoNames",
        "Natural Earth",
        "CLDR",
        "Nothing leaves this machine",
    ):
        assert said in words(at)


def test_each_figure_is_the_one_that_the_gate_holds_and_none_is_rounded_up(store: Path) -> None:
    held = json.loads(figures.FILE.read_text("utf-8"))["floors"]
    shown = dict(ROW.findall(words(app().run())))
    wanted = {words: held[name] for group in figures.MEASURED for name, words in group.rows.items()}
    assert shown.keys() == wanted.keys()
    for label, percent in shown.items():
        assert 0 <= wanted[label] * 100 - int(percent) < 1, label


def test_a_figure_of_ninety_nine_and_a_half_is_not_all(tmp_path: Path) -> None:
    names = [figures.STATEMENTS, *(name for group in figures.MEASURED for name in group.rows)]
    file = tmp_path / "floors.json"
    file.write_text(json.dumps({"floors": dict.fromkeys(names, 0.9962)}))
    assert set(figures.shares(file).values()) == {0.99}


@pytest.mark.parametrize("text", [None, "", "{}", '{"floors": {}}', "[1]", '{"floors": null}'])
def test_a_file_of_figures_that_cannot_be_read_is_told_with_the_way_out(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "floors.json"
    if text is not None:
        file.write_text(text)
    with pytest.raises(DataError, match=r"floors\.json.*Restore the file"):
        figures.shares(file)


def test_the_view_of_disputed_borders_is_chosen_here_too_and_stands_in_the_link(store: Path) -> None:
    at = app().run()
    assert "borders" not in at.query_params
    at.segmented_control(key="ca-borders").set_value("de_facto").run()
    assert at.query_params["borders"] == "de_facto"
    again = app()
    again.query_params["borders"] = "de_facto"
    assert again.run().session_state["ca-borders"] == "de_facto"
    again.query_params["borders"] = "<script>"
    assert again.run().session_state["ca-borders"] == "un"
