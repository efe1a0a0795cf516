"""The page "Compare" through Streamlit's own test runner: what is sent to the browser, without a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import resources
from store.claims import ClaimStore
from tests.dashboard.picking import choose, chosen, lists
from tests.dashboard.rows import BORDER, MINISTER, N_CLAIMS, OFFICE, PENINSULA, fill
from tests.patience import PATIENCE

SCRIPT = """
from dashboard import compare_page, reader, theme
reader.meet()
theme.configure_page()
compare_page.render()
"""
SHORIN = "Oleg Shorin"


def opened_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(path))
    for cached in (resources.settings, resources.preparation):
        cached.clear()
    return path


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return opened_on(fill(tmp_path / "claims.duckdb"), monkeypatch)


def app(**address: str | list[str]) -> AppTest:
    at = AppTest.from_string(SCRIPT, default_timeout=PATIENCE)
    at.query_params.update(address)
    return at.run()


def words(at: AppTest) -> str:
    return " ".join(block.proto.body for block in at.get("html"))


def names(at: AppTest) -> list[str]:
    return chosen(at, "names")


def test_two_rivals_are_compared_at_once_with_both_numbers(store: Path) -> None:
    at = app()
    assert not at.exception
    assert names(at) == [MINISTER, SHORIN]
    assert "<span>80,000</span>" in words(at) and "<span>10,000</span>" in words(at)
    assert "Ana Tarov (80,000) and Oleg Shorin (10,000): at least 70,000 apart, 8 times, from 20 Apr 2021 on." in words(
        at
    )
    assert at.query_params == {}


def test_a_choice_goes_into_the_address_and_comes_back_from_it(store: Path) -> None:
    at = app()
    choose(at, "names", MINISTER, OFFICE)
    assert at.query_params == {"compare": [MINISTER, OFFICE]}
    again = app(compare=[MINISTER, OFFICE], side="Sorvia")
    assert names(again) == [MINISTER, OFFICE]
    assert f"4 of {N_CLAIMS} claims" in words(again)
    assert set(again.query_params) == {"compare", "side"}


def test_sides_are_compared_claimant_by_claimant(store: Path) -> None:
    at = app(by="side", compare=["Sorvia", "Norland"])
    assert not at.exception
    for who in (MINISTER, SHORIN):
        assert f"<strong>{who}</strong>" in words(at)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"compare": "Nobody"},
        {"by": "bogus"},
        {"who": "Nobody", "where": PENINSULA.key},
        {"who": MINISTER, "where": "gn:999"},
        {"who": MINISTER, "what": "<script>"},
        {"compare": "\x00"},
        {"claim": "x"},
    ],
    ids="-".join,
)
def test_nonsense_in_the_address_is_dropped(store: Path, nonsense: dict[str, str]) -> None:
    at = app(**nonsense)
    assert not at.exception
    assert names(at) == [MINISTER, SHORIN]
    assert at.query_params == {}


def test_one_alone_is_asked_for_company(store: Path) -> None:
    at = app(compare=MINISTER)
    assert not at.exception
    assert "Choose at least one more to compare." in words(at)


def test_filters_that_leave_fewer_than_two_say_so(store: Path) -> None:
    at = app(mode="warn")
    assert not at.exception
    assert "these filters leave fewer" in words(at)


def test_those_compared_stay_when_a_filter_takes_their_claims_away(store: Path) -> None:
    at = app(compare=[MINISTER, SHORIN], until="2021-04-14")
    assert names(at) == [MINISTER, SHORIN]
    assert "nothing that passes the filters" in words(at)
    assert "give no different numbers" in words(at)


def test_a_cell_of_the_matrix_opens_its_claims_and_a_claim_its_words(store: Path) -> None:
    at = app()
    cell = next(button for button in at.button if str(button.key).startswith("ca-cell-0-0-"))
    assert cell.label == "**1** claims of Ana Tarov about Sorvia Peninsula"
    cell.click().run()
    assert not at.exception
    assert at.query_params == {"who": MINISTER, "where": PENINSULA.key}
    assert "1 number of this choice" in words(at)
    at.button(key="ca-open-card-number-0").click().run()
    assert '<mark class="ca-hl-claim">80,000 troops</mark>' in words(at)
    assert set(at.query_params) == {"who", "where", "claim"}


def test_a_figure_opens_its_words(store: Path) -> None:
    at = app()
    next(button for button in at.button if str(button.key).startswith("ca-open-row-figure-0-1-0")).click().run()
    assert '<mark class="ca-hl-claim">10,000 troops</mark>' in words(at)


def test_what_only_one_says_opens_its_claims(store: Path) -> None:
    at = app(by="side", compare=["Sorvia", "Norland"])
    alone = {button.label: button for button in at.button if str(button.key).startswith("ca-alone-")}
    assert set(alone) == {"its eastern border · 2", "warned · 1"}
    alone["its eastern border · 2"].click().run()
    assert at.query_params["where"] in (BORDER.key, [BORDER.key])


def test_every_picture_has_a_table(store: Path) -> None:
    at = app(by="side", compare=["Sorvia", "Norland"])
    contested, quarrels, places, only = (frame.value for frame in at.dataframe[-4:])
    assert set(contested["Claimed by"]) == {OFFICE, MINISTER, SHORIN}
    assert list(quarrels["At least apart"]) == [70_000]
    assert places.set_index("Place").loc["Sorvia Peninsula", "Norland"] == 1
    assert set(only["Which"]) == {"its eastern border", "warned"}


def test_an_empty_store_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = opened_on(tmp_path / "none.duckdb", monkeypatch)
    ClaimStore.open(path).close()
    monkeypatch.setattr(resources, "is_ready", lambda: True)
    at = app()
    assert not at.exception
    assert "No reports yet" in words(at)


def test_hostile_text_reaches_the_page_only_escaped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened_on(fill(tmp_path / "evil.duckdb", hostile=True), monkeypatch)
    at = app()
    hostile = [value for value, words in lists(at)["names"]["options"] if "script" in words]
    assert hostile
    choose(at, "names", *hostile[:2])
    assert not at.exception
    assert "<script" not in words(at) and "<img" not in words(at)
    assert not at.markdown
    labels = [str(button.label) for button in at.button]
    assert not any(re.search(r"[<>\[\]`$]|\*\*.*\*\*.*\*\*", label) for label in labels)
