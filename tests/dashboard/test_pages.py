"""Pages through Streamlit's own test runner: what is sent to the browser, without a browser."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import fill_samples, map_page, resources
from errors import DataError
from store.claims import ClaimStore
from store.filters import Filters
from tests.dashboard.picking import choose, chosen, offered
from tests.dashboard.rows import CITY, N_CLAIMS, PENINSULA, REPORTS, fill
from tests.patience import PATIENCE

SCRIPT = """
from dashboard import {page}, theme
theme.configure_page()
{page}.render()
"""


def app(page: str = "map_page") -> AppTest:
    return AppTest.from_string(SCRIPT.format(page=page), default_timeout=PATIENCE)


def the_map(at: AppTest):
    return at.get("component_instance")[0].proto


def sent(at: AppTest) -> dict:
    """What the map's component is given."""
    return json.loads(the_map(at).json_args)


def marks(at: AppTest) -> dict[str, dict]:
    literal = sent(at)["feature_group"].split('JSON.parse("')[1].split('"));')[0]
    given = json.loads(json.loads(f'"{literal}"'))
    rows = [dict(zip(given["fields"], row, strict=True)) for row in given["rows"]]
    return {row["key"]: row for row in rows}


def words(at: AppTest) -> str:
    return " ".join(block.proto.body for block in at.get("html"))


def test_the_map_page_shows_every_place_and_how_many_claims_there_are(store: Path) -> None:
    at = app().run()
    assert not at.exception
    assert len(marks(at)) == 5
    assert marks(at)[PENINSULA.key]["n"] == 2
    assert f"All {N_CLAIMS} claims" in words(at)


def test_the_card_of_a_place_says_how_the_reports_write_it(store: Path) -> None:
    report, (first, *_), _ = REPORTS[1]
    old = replace(
        first, id="old", report_id="r9", places=(replace(first.places[0], text="Charven", place_key=CITY.key),)
    )
    with ClaimStore.open(store) as opened:
        opened.add(replace(report, id="r9", text=f"{report.text} Again."), [old], [CITY])
    at = app()
    at.query_params["at"] = CITY.key
    at.run()
    assert not at.exception
    assert "In the reports: Charven" in words(at)
    assert "Charven (Harven)" in words(at)


def test_the_map_loads_nothing_from_another_host(store: Path) -> None:
    given = sent(app().run())
    assert len(given["js_links"]) == 7
    assert all(link.startswith("../dashboard.libraries.") for link in given["js_links"])
    assert given["css_links"] == []
    assert "//" not in given["header"]
    assert "url(" not in given["header"].replace("url(#default#VML)", "")
    assert "http" not in given["script"] + given["feature_group"] + (given["html"] or "")
    assert given["returned_objects"] == ["last_active_drawing"]


def test_a_filter_changes_the_marks_and_never_the_map(store: Path) -> None:
    at = app().run()
    before, script = the_map(at).id, sent(at)["script"]
    choose(at, "sides", "Norland")
    assert not at.exception
    assert set(marks(at)) == {PENINSULA.key}
    assert the_map(at).id == before
    assert sent(at)["script"] == script
    assert f"1 of {N_CLAIMS} claims" in words(at)


def test_each_option_says_how_many_claims_it_leaves(store: Path) -> None:
    at = app().run()
    assert offered(at, "sides") == [
        "Sorvia · 4",
        "Norland · 1",
        "Northern Alliance · 1",
        "The Union · 1",
    ]
    choose(at, "kinds", "personnel")
    assert offered(at, "sides") == ["Sorvia · 3", "Norland · 1"]


def test_filters_go_into_the_address_and_come_back_from_it(store: Path) -> None:
    at = app().run()
    choose(at, "sides", "Sorvia")
    choose(at, "since", "2021-04-14")
    assert at.query_params == {"side": "Sorvia", "since": "2021-04-14"}
    again = app()
    again.query_params.update(at.query_params)
    again.run()
    assert chosen(again, "sides") == ["Sorvia"]
    assert set(marks(again)) == set(marks(at))


def test_the_view_of_borders_goes_into_the_address_and_comes_back_from_it(store: Path) -> None:
    at = app().run()
    at.get("button_group")
    at.session_state["ca_borders"] = "de_facto"
    at.run()
    assert at.query_params == {"borders": "de_facto"}
    again = app()
    again.query_params["borders"] = "de_facto"
    again.run()
    assert not again.exception
    assert again.session_state["ca-borders"] == "de_facto"
    assert again.query_params == {"borders": "de_facto"}


def test_the_slider_in_time_and_the_date_filters_are_one_choice(store: Path) -> None:
    at = app().run()
    days = at.select_slider[0].options
    assert (days[0], days[-1], len(days)) == ("12 Apr 2021", "20 Apr 2021", 9)
    at.select_slider[0].set_value((1, 8)).run()
    assert not at.exception
    assert at.query_params == {"since": "2021-04-13"}
    key = at.select_slider[0].key
    at.select_slider[0].set_value((1, 4)).run()
    assert at.query_params == {"since": "2021-04-13", "until": "2021-04-16"}
    assert at.select_slider[0].key == key, "the slider was made anew under the reader's hands"
    at.button(key="ca-clear").click().run()
    assert tuple(at.select_slider[0].value) == (0, 8)
    assert at.query_params == {}


@pytest.mark.parametrize(
    "nonsense",
    [
        {"kind": "bogus"},
        {"borders": "mine"},
        {"since": "tomorrow"},
        {"at": "gn:999"},
        {"claim": "<script>"},
        {"x": "y"},
        {"place": "\x00"},
    ],
    ids=lambda given: next(iter(given)),
)
def test_nonsense_in_the_address_is_dropped(store: Path, nonsense: dict[str, str]) -> None:
    at = app()
    at.query_params.update(nonsense)
    at.run()
    assert not at.exception
    assert f"All {N_CLAIMS} claims" in words(at)
    assert at.query_params == {}


def test_clear_filters_lifts_every_limit(store: Path) -> None:
    at = app()
    at.query_params.update({"side": "Norland", "until": "2021-04-30"})
    at.run()
    assert not at.button(key="ca-clear").disabled
    at.button(key="ca-clear").click().run()
    assert f"All {N_CLAIMS} claims" in words(at)
    assert at.query_params == {}
    assert at.button(key="ca-clear").disabled


def test_filters_that_leave_nothing_say_so(store: Path) -> None:
    at = app()
    at.query_params.update({"side": "Norland", "kind": "killed"})
    at.run()
    assert not at.exception
    assert f"0 of {N_CLAIMS} claims" in words(at)
    assert "passes the filters" in words(at)


def test_a_link_to_a_claim_opens_it_in_its_report(store: Path) -> None:
    at = app()
    lines = resources.view(Filters()).table
    at.query_params["claim"] = next(line.id for line in lines if line.exact == "about 3,000 people")
    at.run()
    assert '<mark class="ca-hl-claim">about 3,000 people</mark>' in words(at)
    assert "The report itself" in words(at)


def test_opening_a_claim_sends_the_map_to_its_place(store: Path) -> None:
    at = app().run()
    before = the_map(at).id
    at.button(key="ca-open-card-number-3").click().run()
    assert "about 3,000 people" in words(at)
    assert 'focus\\"' in sent(at)["feature_group"]
    assert the_map(at).id == before


def test_a_selected_place_lists_its_claims(store: Path) -> None:
    at = app()
    at.query_params.update({"at": CITY.key})
    at.run()
    assert "1 number at Harven" in words(at)
    assert marks(at)[CITY.key]["selected"]


def test_statements_are_listed_by_mode(store: Path) -> None:
    at = app().run()
    at.session_state["ca_list"] = "Statements"
    at.run()
    shown = words(at)
    assert shown.index("Demanded") < shown.index("Accused") < shown.index(">Warned")


def test_an_empty_list_gives_way_to_the_one_that_has_claims(store: Path) -> None:
    at = app()
    at.query_params.update({"mode": "warn"})
    at.run()
    assert not at.exception
    assert "1 statement everywhere" in words(at)
    assert "statement passes the filters" not in words(at).lower()
    at.button(key="ca-clear").click().run()
    assert "numbers everywhere" in words(at)


def test_the_tables_hold_every_claim_and_every_mark(store: Path) -> None:
    at, tables = app().run(), []
    for tab in ("Table of claims", "Table of places", "Reports"):
        at.session_state["ca-table"] = tab
        (shown,) = at.run().dataframe  # the open tab's rows alone are sent
        tables.append(shown.value)
    claims, places, reports = tables
    assert len(claims) == N_CLAIMS
    assert set(places["Place"]) == {mark["name"] for mark in marks(at).values()}
    assert list(places.loc[places["Derived from"] != "", "Place"]) == ["its eastern border"]
    assert len(reports) == 3


def test_an_empty_store_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(tmp_path / "none.duckdb"))
    monkeypatch.setattr(fill_samples, "run_beside", lambda: ClaimStore.open(tmp_path / "none.duckdb").close())
    for cached in (resources.settings, resources.preparation, resources.map_libraries):
        cached.clear()
    at = app().run()
    assert not at.exception
    assert "No reports yet" in words(at)


def test_the_map_is_there_while_the_samples_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, may_go_on = tmp_path / "new.duckdb", threading.Event()
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(path))
    monkeypatch.setattr(fill_samples, "run_beside", lambda: may_go_on.wait(PATIENCE) and fill(path))
    for cached in (resources.settings, resources.preparation, resources.map_libraries):
        cached.clear()
    at = app().run()
    assert not at.exception
    assert "Reading the sample reports" in words(at)
    assert marks(at) == {}
    before = the_map(at).id
    may_go_on.set()
    resources.is_ready(None)
    assert len(marks(at.run())) == 5
    assert the_map(at).id == before


def test_what_keeps_the_samples_from_being_read_is_told_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail():
        raise DataError("the sample <b>reports</b> are damaged")

    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(tmp_path / "new.duckdb"))
    monkeypatch.setattr(fill_samples, "run_beside", fail)
    for cached in (resources.settings, resources.preparation, resources.map_libraries):
        cached.clear()
    with pytest.raises(DataError):
        resources.is_ready(None)
    monkeypatch.setattr(fill_samples, "run_beside", lambda: fill(tmp_path / "new.duckdb"))
    assert resources.is_ready(None)


def test_reading_the_samples_beside_the_server_says_why_it_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(tmp_path))
    with pytest.raises(DataError, match=str(tmp_path)):
        fill_samples.run_beside()


def test_new_reports_show_on_the_next_run(store: Path) -> None:
    from tests.dashboard.rows import hostile_report

    at = app().run()
    with ClaimStore.open(store) as opened:
        opened.add(*hostile_report())
    at.run()
    assert f"All {N_CLAIMS + 3} claims" in words(at)


def test_hostile_text_reaches_the_page_only_escaped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(fill(tmp_path / "evil.duckdb", hostile=True)))
    for cached in (resources.settings, resources.preparation, resources.map_libraries):
        cached.clear()
    at = app().run()
    assert not at.exception
    assert "<script" not in words(at)
    assert "<img" not in words(at)
    # Markdown from a report would fetch its pictures: nothing of it may go through a Markdown element.
    assert not at.markdown
    assert not any("HACKED" in str(button.label) for button in at.button)


def test_more_claims_than_a_list_holds_are_counted_and_not_hidden(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = resources.view(Filters())
    monkeypatch.setattr(resources, "LIST_LIMIT", 3)
    resources._view.clear()
    cut = resources.view(Filters())
    assert (cut.n, len(cut.table), len(cut.numbers)) == (N_CLAIMS, 3, 3)
    assert [line.id for line in cut.unplaced] == [line.id for line in whole.unplaced]
    assert {line.kind for line in cut.statements} == {"statement"}
    resources._view.clear()


def test_a_page_entered_by_the_menu_keeps_what_is_looked_at(store: Path) -> None:
    at = app().run()
    choose(at, "sides", "Norland")
    at.session_state["ca_page"], at.session_state["ca_entered"] = "map", True
    at.query_params.clear()
    at.run()
    assert f"1 of {N_CLAIMS} claims" in words(at)
    assert at.query_params == {"side": "Norland"}
    at.query_params.clear()
    at.run()
    assert f"All {N_CLAIMS} claims" in words(at), "the browser's way back to an address without filters"


def test_a_place_card_tells_counts_days_and_who_makes_the_claims(store: Path) -> None:
    at = app()
    at.query_params["at"] = PENINSULA.key
    at.run()
    text = words(at)
    assert "2 numbers" in text and "1 rival number" in text
    assert "14 Apr 2021 to 20 Apr 2021" in text
    assert 'class="ca-shares-list"' in text


def test_a_place_that_is_an_actor_too_leads_to_what_it_says(store: Path) -> None:
    at = app()
    at.query_params["at"] = "gn:2"
    at.run()
    at.button(key="ca-way-sides").click().run()
    assert at.query_params == {"side": "Sorvia"}
    assert f"4 of {N_CLAIMS} claims" in words(at)


def test_one_actor_alone_has_a_card_that_can_be_left(store: Path) -> None:
    at = app()
    at.query_params["actor"] = "Ana Tarov"
    at.run()
    assert "<h2>Ana Tarov</h2>" in words(at)
    at.button(key="ca-everybody").click().run()
    assert not at.query_params
    assert "<h2>Ana Tarov</h2>" not in words(at)


def test_two_actors_have_no_card(store: Path) -> None:
    at = app()
    at.query_params["actor"] = ["Ana Tarov", "Oleg Shorin"]
    at.run()
    assert "ca-everybody" not in {button.key for button in at.button}


def test_a_click_on_a_mark_that_comes_with_a_run_of_the_whole_page_selects_its_place(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clicked = {"last_active_drawing": {"properties": {"key": CITY.key, "click": 1}}}
    monkeypatch.setattr(map_page, "st_folium", lambda *_, **__: clicked)
    at = app().run()
    assert not at.exception
    assert at.query_params == {"at": CITY.key}
