"""Taking the current view away: every format, only when asked for, and no article text unless it was ticked."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from dashboard import downloads, resources
from dashboard.downloads import Asked, content, limits, png, svg
from store.exports import EXPORTS
from store.filters import Filters
from tests.dashboard.rows import CITY, REPORTS
from tests.patience import PATIENCE

SCRIPT = """
from dashboard import {page}, reader, theme
reader.meet()
theme.configure_page()
{page}.render()
"""
WHOLE = REPORTS[1][0].text
pytestmark = pytest.mark.usefixtures("store")


def app(page: str, **address: str) -> AppTest:
    at = AppTest.from_string(SCRIPT.format(page=page), default_timeout=PATIENCE)
    at.query_params.update(address)
    return at.run()


def labels(at: AppTest) -> list[str]:
    return [element.proto.label for element in at.get("download_button")]


@pytest.mark.parametrize("page", ["map_page", "compare_page"])
def test_every_export_format_can_be_taken_away(page: str) -> None:
    at = app(page)
    assert not at.exception
    assert len([label for label in labels(at) if not label.startswith(("**PNG", "**SVG"))]) == len(EXPORTS)
    assert (labels(at)[0] == "**PNG** the map as a picture") == (page == "map_page")


def test_nothing_is_made_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> bytes:
        raise AssertionError("made without being asked for")

    for name in ("content", "png", "svg"):
        monkeypatch.setattr(downloads, name, never)
    at = app("map_page")
    assert not at.exception
    assert labels(at)


@pytest.mark.parametrize("export", EXPORTS.values(), ids=lambda export: export.name)
def test_a_file_is_what_the_export_makes_of_the_filters(export) -> None:
    filters = Filters(sides=("Norland",))
    with resources.reading() as opened:
        wanted = export.content(opened, filters)
    made = content(export, filters, texts=False)
    # some formats carry the minute in which they were made
    assert len(made) == len(wanted)
    assert made[:1] == wanted[:1]
    assert b"80,000 troops" not in made


def test_whole_texts_are_in_a_file_only_when_they_were_asked_for() -> None:
    assert WHOLE not in content(EXPORTS["html"], Filters(), texts=False).decode()
    assert WHOLE in content(EXPORTS["html"], Filters(), texts=True).decode()
    at = app("map_page")
    assert at.checkbox(key="ca-download-texts").value is False


def test_files_hold_only_what_passes_the_filters() -> None:
    found = json.loads(content(EXPORTS["geojson"], Filters(places=(CITY.key,)), texts=False))
    assert {tuple(feature["geometry"]["coordinates"]) for feature in found["features"]} == {(CITY.lon, CITY.lat)}


def test_the_map_is_a_picture_of_the_filters() -> None:
    asked = Asked(Filters(sides=("Norland",)), "un", "en")
    assert Image.open(BytesIO(png(asked))).format == "PNG"
    drawn = svg(asked).decode()
    assert "Sorvia Peninsula" in drawn and "Harven" not in drawn
    assert "1 of 8 claims. Side: Norland." in drawn


def test_the_picture_speaks_the_language_of_who_asked() -> None:
    assert "Sorvia Peninsula" in svg(Asked(Filters(), "un", "fr")).decode()
    assert "affirmations" in svg(Asked(Filters(), "un", "fr")).decode()


def test_filters_in_force_are_told_in_words() -> None:
    filters = Filters(sides=("Sorvia",), places=(CITY.key,), kinds=("other",), modes=("warn",), since=date(2021, 4, 12))
    told = limits(filters, resources.view(filters))
    assert told == "Side: Sorvia. Place: Harven. Kind of number: other. Kind of statement: warned. From: 12 Apr 2021."
    assert limits(Filters(), resources.view(Filters())) == ""


def test_when_nothing_passes_there_is_nothing_to_take_away() -> None:
    at = app("map_page", side="Norland", kind="killed")
    assert not at.exception
