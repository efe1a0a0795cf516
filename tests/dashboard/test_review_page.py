"""The page that decides about claims, through Streamlit's own test runner."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import language, resources, review_queue, review_state
from dashboard.review_state import Queue
from store.claims import ClaimStore
from store.errors import ReviewError, StoreLockedError
from store.filters import EVERYTHING, Filters
from store.records import ReportRow
from tests.dashboard.picking import choose, lists
from tests.dashboard.rows import CITY, N_CLAIMS, PENINSULA, claim, fill, many
from tests.patience import PATIENCE

SCRIPT = """
from dashboard import review_page, theme
theme.configure_page()
review_page.render()
"""
DOUBTFUL = "r4-22"
TEXT = "The mayor said that 5 trucks stood in Kharkiv. Later 9 trucks stood in Kharkiv too."


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The invented reports, and one with two doubtful claims about a town that the gazetteer knows."""
    made = fill(tmp_path / "claims.duckdb")
    given = {"count_kind": "equipment", "claimant": "The mayor", "side": None, "unit": "trucks", "places": [CITY]}
    first = claim("r4", TEXT, "5 trucks", number="5", low=5, high=5, confidence=0.2, **given)
    second = claim("r4", TEXT, "9 trucks", number="9", low=9, high=9, confidence=0.4, **given)
    with ClaimStore.open(made) as store:
        store.add(ReportRow("r4", TEXT, "Trucks", "Test Wire", None, date(2021, 4, 22)), [first, second], [CITY])
    return use(made, monkeypatch)


def use(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAIM_ATLAS_STORE", str(path))
    for cached in (resources.settings, resources.preparation, resources.map_libraries):
        cached.clear()
    resources.changed()
    return path


def page(**parameters: str) -> AppTest:
    at = AppTest.from_string(SCRIPT, default_timeout=PATIENCE)
    for name, value in parameters.items():
        at.query_params[name] = value
    return at.run()


def words(at: AppTest) -> str:
    return " ".join(block.proto.body for block in at.get("html"))


def press(at: AppTest, name: str) -> AppTest:
    at.button(key=f"ca-review-do-{name}").click().run()
    assert not at.exception
    return at


def claims_of(path: Path, filters: Filters = EVERYTHING) -> dict[str, object]:
    with ClaimStore.open(path, read_only=True) as store:
        return {item.row.id: item.row for item in store.find(filters)}


def test_the_most_doubtful_claim_is_shown_in_its_words(path: Path) -> None:
    at = page()
    assert not at.exception
    told = words(at)
    assert 'said that <mark class="ca-hl-claim">5 trucks</mark>' in told
    assert f"1 of {N_CLAIMS + 2}" in told and "20% sure" in told
    assert at.query_params == {}


@pytest.mark.parametrize(
    ("button", "state"), [("accept", "accepted"), ("reject", "rejected"), ("not-identifiable", "not_identifiable")]
)
def test_a_decision_is_kept_and_the_next_claim_follows(path: Path, button: str, state: str) -> None:
    at = press(page(), button)
    (decided,) = claims_of(path, Filters(reviews=(state,))).values()
    assert decided.exact == "5 trucks"
    assert '<mark class="ca-hl-claim">9 trucks</mark>' in words(at)
    assert f"1 of {N_CLAIMS + 1}" in words(at)
    assert 'role="status"' in words(at)


def test_undo_goes_back_to_the_claim_as_it_was(path: Path) -> None:
    at = press(press(page(), "reject"), "undo")
    assert all(row.review == "none" for row in claims_of(path).values())
    assert '<mark class="ca-hl-claim">5 trucks</mark>' in words(at)
    assert at.button(key="ca-review-do-undo").disabled


def test_fields_are_changed_and_saved_with_the_reason(path: Path) -> None:
    at = page()
    field = {item.label: item for item in [*at.text_input, *at.selectbox, *at.text_area]}
    field["At least"].set_value("1 000")
    field["At most"].set_value("")
    field["Why, for the log"].set_value("misread")
    at.run()
    press(at, "save")
    edited = next(row for row in claims_of(path).values() if row.review == "edited")
    assert (edited.low, edited.high) == (1000, None)
    with ClaimStore.open(path, read_only=True) as store:
        assert store.reviews()[0].reason == "misread"


def test_the_words_of_a_claim_are_those_of_the_report_or_none(path: Path) -> None:
    at = page()
    (box,) = at.text_area
    box.set_value("15 tanks").run()
    assert at.button(key="ca-review-do-save").disabled
    assert "do not stand in the report" in words(at)
    (box,) = at.text_area
    box.set_value("that  5\ntrucks stood").run()
    press(at, "save")
    edited = next(row for row in claims_of(path).values() if row.review == "edited")
    assert edited.exact == "that 5 trucks stood"


def test_what_is_no_number_cannot_be_saved(path: Path) -> None:
    at = page()
    next(item for item in at.text_input if item.label == "At least").set_value("some").run()
    assert "has to be a whole number" in words(at)
    assert at.button(key="ca-review-do-save").disabled
    press(at, "drop-the-changes")
    assert not any(button.key == "ca-review-do-save" for button in at.button)


def test_a_place_is_corrected_everywhere_and_undone_as_one(path: Path) -> None:
    at = page()
    next(item for item in at.text_input if item.label == "Look up in the gazetteer").set_value("Kharkiv").run()
    assert "Kharkiv" in words(at)
    at.button(key="ca-choose-2").click().run()
    assert "changed" in words(at)
    (save,) = [button for button in at.button if button.key == "ca-review-do-save-store"]
    assert save.label == "Save everywhere: 3 claims"
    press(at, "save-store")
    moved = [row for row in claims_of(path).values() if row.review == "edited"]
    assert {row.exact for row in moved} == {"5 trucks", "9 trucks", "about 3,000 people"}
    assert len({row.places[0].place_key for row in moved} - {CITY.key}) == 1
    press(at, "undo")
    assert all(row.review == "none" for row in claims_of(path).values())


def test_words_can_be_said_to_be_nowhere_and_other_words_made_a_place(path: Path) -> None:
    at = page()
    at.button(key="ca-review-nowhere").click().run()
    next(item for item in at.text_input if item.label.startswith("The words, as")).set_value("mayor").run()
    at.button(key="ca-review-add").click().run()
    assert not at.exception
    press(at, "save")
    edited = next(row for row in claims_of(path).values() if row.review == "edited")
    assert {place.text: place.place_key for place in edited.places} == {CITY.name: None, "mayor": None}


def test_the_queue_is_limited_by_state_and_kind_and_the_address_says_so(path: Path) -> None:
    press(page(), "reject")
    at = page(review="rejected")
    assert '<mark class="ca-hl-claim">5 trucks</mark>' in words(at)
    assert at.button(key="ca-review-do-reject").disabled
    at.selectbox(key="ca-review-kind").select("statements").run()
    assert at.query_params == {"review": "rejected", "kind": "statements"}
    assert "No claim is in this queue." in words(at)


def test_nonsense_in_the_address_is_dropped(path: Path) -> None:
    at = page(review="sold", kind="<script>", unplaced="yes", claim="nothing")
    assert not at.exception
    assert '<mark class="ca-hl-claim">5 trucks</mark>' in words(at)


def test_an_empty_store_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(tmp_path / "empty.duckdb", monkeypatch)
    ClaimStore.open(tmp_path / "empty.duckdb").close()
    monkeypatch.setattr(resources, "is_ready", lambda _: True)
    at = page()
    assert not at.exception
    assert "No reports yet" in words(at)


def test_a_decision_that_cannot_be_written_is_told_and_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = page()

    def fail(*_: object, **__: object) -> None:
        raise duckdb.IOException("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("store.reviewing.reapply", fail)
        press(at, "reject")
    assert 'role="alert"' in words(at) and "disk full" in words(at)
    assert "Your decision was not written." in words(at) and "decide again once the reason is gone" in words(at)
    assert '<mark class="ca-hl-claim">5 trucks</mark>' in words(at)
    assert all(row.review == "none" for row in claims_of(path).values())


@contextmanager
def held(path: Path) -> Iterator[int]:
    """Another process holds the store within the block; its number."""
    script = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", script, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdout.readline() == "held\n"
        try:
            yield process.pid
        finally:
            process.kill()


def test_a_decision_on_a_store_that_another_process_holds_can_be_made_again_with_what_was_filled_in(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.opening.PATIENCE", 0.2)
    at = page()
    at.text_input(key=field(at, "reason")).set_value("seen twice")
    with held(path) as number:
        at.button(key="ca-review-do-reject").click().run()
    assert not at.exception
    assert "Your decision was not written." in words(at) and f"process {number}" in words(at)
    assert at.text_input(key=field(at, "reason")).value == "seen twice"
    press(at, "reject")
    assert [row.review for row in claims_of(path).values()].count("rejected") == 1
    with ClaimStore.open(path, read_only=True) as store:
        assert store.reviews()[0].reason == "seen twice"


def test_what_was_filled_in_outlasts_a_store_that_cannot_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.opening.PATIENCE", 0.2)
    at = page()
    at.text_input(key=field(at, "reason")).set_value("seen twice")
    at.text_input(key=field(at, "high")).set_value("6")
    at.toggle(key="ca-review-keys").set_value(False)
    at.run()
    resources.changed()  # as when another process has added reports
    with held(path) as number:
        at.run()
        at.run()
    assert f"process {number}" in words(at)
    assert not at.text_input
    at.button(key="ca-review-again").click().run()
    assert at.text_input(key=field(at, "reason")).value == "seen twice"
    assert at.text_input(key=field(at, "high")).value == "6"
    assert at.toggle(key="ca-review-keys").value is False
    press(at, "save")
    assert claims_of(path)[first(path)].high == 6


def test_the_claim_in_the_form_stays_when_another_becomes_the_first_of_the_queue(path: Path) -> None:
    at = page()
    at.text_input(key=field(at, "high")).set_value("6").run()
    given = {"count_kind": "equipment", "claimant": "The mayor", "side": None, "unit": "trucks", "places": [CITY]}
    other = claim("r5", TEXT, "9 trucks", number="9", low=9, high=9, confidence=0.01, **given)
    with ClaimStore.open(path) as store:
        store.add(ReportRow("r5", TEXT, "More trucks", "Test Wire", None, date(2021, 4, 23)), [other], [CITY])
    resources.changed()
    at.run()
    assert '<mark class="ca-hl-claim">5 trucks</mark>' in words(at)
    assert at.text_input(key=field(at, "high")).value == "6"


def test_a_form_is_never_saved_into_another_claim(path: Path) -> None:
    at = page()
    at.text_input(key=field(at, "high")).set_value("6").run()
    decided = first(path)
    with ClaimStore.open(path) as store:
        store.review(decided, "reject")
    resources.changed()
    at.run()
    assert '<mark class="ca-hl-claim">9 trucks</mark>' in words(at)
    assert at.text_input(key=field(at, "high")).value == "9"


def first(path: Path) -> str:
    """Id of the most doubtful claim of the invented reports."""
    return next(str(row.id) for row in claims_of(path).values() if row.exact == "5 trucks")


def field(at: AppTest, name: str) -> str:
    return next(str(box.key) for box in at.text_input if str(box.key).startswith(f"ca-review-{name}-"))


@pytest.mark.parametrize("name", ["review_page", "map_page", "report_page", "compare_page"])
def test_what_cannot_be_read_is_told_and_can_be_tried_again(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def fail(*_: object) -> None:
        raise StoreLockedError("The store {path} is in use by {who}.", path=path, who="process 1")

    with monkeypatch.context() as patch:
        for asked in ("asked", "overview"):
            patch.setattr(resources, asked, fail)
        at = AppTest.from_string(SCRIPT.replace("review_page", name), default_timeout=60).run()
    assert not at.exception
    assert "in use by process 1" in words(at)
    (again,) = (button for button in at.button if button.label == "Try again")
    again.click().run()
    assert "in use by process 1" not in words(at)
    assert not any(button.label == "Try again" for button in at.button)


def test_a_store_that_is_gone_is_told_with_what_to_do(path: Path) -> None:
    at = page()
    path.unlink()
    at.button(key="ca-review-do-reject").click().run()
    assert not at.exception
    assert "Your decision was not written." in words(at) and "There is no claim" in words(at)
    assert "No reports yet" in words(at)


def test_why_a_decision_was_not_written_is_told_in_french(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ReviewError("This would change {n} claims; at most {most} at once.", n=12_345, most=10_000)

    monkeypatch.setattr("store.reviewing.reapply", fail)
    at = AppTest.from_string(f"from dashboard import reader\nreader.meet()\n{SCRIPT}", default_timeout=60)
    at.query_params["lang"] = "fr"
    with language.speaking("fr"):  # the runner names the choices of lists in a thread of its own
        press(at.run(), "reject")
    assert "Votre décision n’a pas été enregistrée." in words(at)
    assert "Cela changerait 12\u202f345 affirmations" in words(at)
    language.ask_reader_by(lambda: language.ENGLISH)


def test_a_queue_of_tens_of_thousands_says_which_are_listed_and_how_to_work_on_a_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = fill(tmp_path / "claims.duckdb")
    with ClaimStore.open(made) as store:
        store.add_many([many(n) for n in range(40)])
    use(made, monkeypatch)
    at = page()
    assert not at.exception
    assert f"The 500 most doubtful of {20_000 + N_CLAIMS:,} are listed" in words(at)
    assert "Choose a kind above" in words(at)
    assert f"1 of {20_000 + N_CLAIMS:,}" in words(at)
    assert len([button for button in at.button if str(button.key).startswith("ca-open-queue")]) <= 7
    at.selectbox(key="ca-review-kind").select("equipment").run()
    assert "The 500 most doubtful of 20,0" in words(at) and "Choose a kind above" not in words(at)
    at.toggle(key="ca-review-unplaced").set_value(True).run()
    assert "No claim is in this queue." in words(at)
    at.button(key="ca-review-all").click().run()
    assert "Choose a kind above" in words(at)


def test_more_without_a_place_than_are_listed_are_told_without_counting_them(path: Path) -> None:
    doubts = resources.asked(review_state.read_queue, Filters(), False).doubts
    queue = Queue(doubts[:2], 2, more=True)
    assert queue.is_long
    assert review_queue.total(queue) == "2+"


def test_nothing_of_a_hostile_report_is_markup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = use(fill(tmp_path / "evil.duckdb", hostile=True), monkeypatch)
    with ClaimStore.open(path, read_only=True) as store:
        evil = [row.id for row in store.claims_of_report("evil")]
    at = page(claim=evil[0])
    press(at, "reject")
    for body in (block.proto.body for block in at.get("html")):
        assert "<script>window" not in body and "<img src=x" not in body
    assert all("window.HACKED" not in button.label for button in at.button)


def test_the_map_shows_the_candidates_by_number(path: Path) -> None:
    at = page(claim=next(id_ for id_ in claims_of(path) if id_.startswith("r4")))
    given = json.loads(at.get("component_instance")[0].proto.json_args)
    assert "candidate 1" in given["feature_group"]
    assert PENINSULA.name not in given["feature_group"]


MAP = SCRIPT.replace("review_page", "map_page")


def test_the_map_leaves_out_what_was_rejected_until_it_is_asked_for(path: Path) -> None:
    at = AppTest.from_string(MAP, default_timeout=PATIENCE).run()
    assert "reviews" not in lists(at)
    press(page(), "reject")
    at = AppTest.from_string(MAP, default_timeout=PATIENCE).run()
    assert f"All {N_CLAIMS + 1} claims" in words(at)
    choose(at, "reviews", "rejected")
    assert not at.exception
    assert at.query_params == {"review": "rejected"}
    assert "5 trucks" in words(at)
