"""What Streamlit writes itself: it still writes just that, and it is said in the reader's language."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

import pytest
import streamlit

from dashboard import widget_words
from dashboard.language import LANGUAGES, speaking

PLACES = widget_words._WORDS
TEXTS = sorted({text for texts in PLACES.values() for text in texts})
PUT_TOGETHER = {
    "Press Ctrl+Enter to apply", "Press ⌘+Enter to apply", "Press Enter to apply", "file upload", "(index)",
    " option available.", " options available.", " options. Remove an option first.", "Previous month", "Next month",
    " — start", " — end", "year, ", "month, ", "Choose date, ",
    "Error: Number is outside the allowed range. Please enter a value between ",
}  # fmt: skip
"""Made of pieces by Streamlit's scripts: tests/browser/test_languages.py looks at what they come to."""


@lru_cache
def scripts() -> str:
    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    return "\n".join(path.read_text("utf-8") for path in folder.glob("*.js"))


def rules(language: str) -> list[tuple[str, str, str]]:
    with speaking(language):
        written = re.search(r"say\((\[.*\])\);</script>$", widget_words.script())
    assert written
    return [tuple(rule) for rule in json.loads(written[1])]


@pytest.mark.parametrize("part", sorted({part for text in TEXTS for part in re.split(r"\{[a-z]+\}", text)} - {""}))
def test_streamlit_still_writes_it(part: str) -> None:
    assert part in PUT_TOGETHER or part.removesuffix(": ") in scripts(), (
        "Streamlit says something else now; see docs/languages.md"
    )


@pytest.mark.parametrize("place", [name for places in PLACES for name in re.findall(r"data-testid=(\w+)", places)])
def test_streamlit_still_calls_the_place_so(place: str) -> None:
    stem = re.sub(r"-\w+$", "", place)  # the kind of a button is put behind it
    assert re.search(rf"[`\"'.]{stem}\b|{stem}-", scripts())


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_all_of_it_is_said_in_the_readers_language(code: str) -> None:
    said = {(place, text) for place, text, _ in rules(code)}
    same = {"(index)", "mm", "Page {n}", "[data-testid=stPagination]"}
    missing = {text for place, texts in PLACES.items() for text in texts if (place, text) not in said} - same
    assert not missing


def test_two_texts_of_a_place_are_said_differently_so_that_they_can_be_taken_back() -> None:
    for place in PLACES:
        said = [own for at, text, own in rules("fr") if at == place and text not in ("Choose options", "Number is")]
        others = [own for own in said if said.count(own) > 1]
        assert set(others) <= {"Choisissez"}, place


def test_in_english_only_what_names_the_wrong_program_is_said_otherwise() -> None:
    assert {text for _, text, _ in rules("en")} == {*widget_words._INSTEAD, "Pagination"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_row_of_page_numbers_is_named_after_its_list(code: str) -> None:
    names = {place: said for place, text, said in rules(code) if text == "Pagination"}
    assert names.keys() == widget_words._PAGES.keys()
    assert len(set(names.values())) == len(names)
    assert "`Pagination`" in scripts() or '"Pagination"' in scripts(), "Streamlit calls it something else now"


def test_nothing_in_the_rules_can_end_the_script() -> None:
    with speaking("fr"):
        assert widget_words.script().count("</script>") == 1
