"""A claim tells in how many reports it appears, how many stand on their own, and which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import repeats, resources
from store.appearances import Appearance, Seen
from store.claims import ClaimStore
from tests.dashboard.rows import BORDER, MINISTER, OFFICE, OPEN, fill, report, troops
from tests.patience import PATIENCE

FIRST, LAST = date(2021, 4, 12), date(2021, 4, 14)


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (Seen(), ""),
        (Seen(1, 1, FIRST, FIRST), ""),
        (Seen(4, 2, FIRST, LAST), "in 4 reports, 2 independent; first 12 Apr 2021, last 14 Apr 2021"),
        (Seen(2, 1, FIRST, FIRST), "in 2 reports, 1 independent; all on 12 Apr 2021"),
        (Seen(2, 2), "in 2 reports, 2 independent"),
    ],
)
def test_how_often_a_claim_was_seen_in_words(seen: Seen, words: str) -> None:
    assert repeats.in_words(seen) == words


def test_an_outlet_brings_no_markup_into_a_label() -> None:
    item = Appearance("c", "r", FIRST, "Post [x](javascript:1) **b** <i>", "Title", 1)
    assert repeats._label(item, is_copy=False) == "Post xjavascript1 b i, 12 Apr 2021"
    assert repeats._label(replace(item, outlet=None), is_copy=True) == "outlet not known, 12 Apr 2021: the same text"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The office's number in a copy of one text, and a later number of the minister."""
    path = fill(tmp_path / "claims.duckdb")
    told = " ".join(f"word{i}" for i in range(60)) + " The office said more than 40,000 troops stand there."
    with ClaimStore.open(path) as opened:
        for i, text in enumerate((told, f"{told} So it goes.")):
            number = troops("more than 40,000 troops", "more than 40,000", 40000, OFFICE, "Sorvia", BORDER, **OPEN)
            opened.add(*report(f"copy{i}", date(2021, 4, 13 + i), "Copy", text, number))
        later = troops("95,000 troops", "95,000", 95000, MINISTER, "Sorvia", BORDER)
        opened.add(*report("later", date(2021, 4, 18), "Later", "Now there are 95,000 troops.", later))
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(path))
    for cached in (resources.settings, resources.preparation, resources.map_libraries):
        cached.clear()
    return path


def page() -> AppTest:
    script = "from dashboard import map_page, theme\ntheme.configure_page()\nmap_page.render()\n"
    return AppTest.from_string(script, default_timeout=PATIENCE)


def words(at: AppTest) -> list[str]:
    return [block.proto.body for block in at.get("html")]


def test_rows_and_cards_say_where_else_a_claim_appears(store: Path) -> None:
    at = page().run()
    assert not at.exception
    seen = "in 3 reports, 2 independent; first 12 Apr 2021, last 14 Apr 2021"
    rows = [text for text in words(at) if "ca-row-who" in text]
    assert [seen in text for text in rows if OFFICE.replace("'", "&#x27;") in text] == [True]
    minister = [text for text in rows if MINISTER in text]
    assert any("a later figure follows" in text for text in minister)
    assert any("later figure" in text and "follows" not in text for text in minister)
    assert sum(seen in text for text in words(at) if "ca-claim" in text) == 3


def test_an_open_claim_lists_the_other_reports(store: Path) -> None:
    with ClaimStore.open(store, read_only=True) as opened:
        claim = opened.claims_of_report("copy0")[0].id
    at = page()
    at.query_params["claim"] = claim
    at.run()
    assert any("The same claim elsewhere" in text and "In 3 reports, 2 independent" in text for text in words(at))
    labels = [link.proto.label for link in at.get("page_link")]
    assert "Test Wire, 12 Apr 2021" in labels
    assert "Test Wire, 14 Apr 2021: the same text" in labels
