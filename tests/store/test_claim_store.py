"""What goes into the store comes out of it, once, whole and exactly."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from errors import ClaimAtlasError
from store.claims import ClaimStore
from store.errors import (
    ForeignStoreError,
    MissingStoreError,
    NewerStoreError,
    OutdatedStoreError,
    StoreDamagedError,
    StoreError,
    StoreLockedError,
    UnstorableError,
)
from store.filters import Filters
from store.migrations import LATEST, MIGRATIONS
from store.records import ClaimPlaceRow, PlaceRow, ReportRow
from store.rows import FRAME_COLUMNS
from tests.store.claim_rows import BORDER, BRUSSELS, CRIMEA, a_count, a_report, a_statement

HOSTILE = [
    "'; DROP TABLE claims; --", '" OR 1=1 --', "<script>alert(1)</script>", "${alert(1)}`", "\x00nul", "? ?1 $1 %s {}",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \u202e Київ", "a" * 10_000, "\r\n\t", "NULL",
]  # fmt: skip


def test_a_new_store_is_empty_and_its_folder_is_made(path: Path) -> None:
    with ClaimStore.open(path) as store:
        assert store.is_empty()
        assert store.reports().empty
        assert store.claims(Filters()).empty
    assert path.is_file()


def test_a_claim_comes_back_exactly_as_it_was_added(store: ClaimStore) -> None:
    report = a_report()
    count, statement = a_count(report, "c", CRIMEA, BORDER), a_statement(report, "s")
    assert store.add(report, [count, statement], [CRIMEA, BORDER])
    assert store.claim(count.id) == count
    assert store.claims_of_report(report.id) == [count, statement]
    assert store.claim("nothing") is None


def test_a_report_comes_back_exactly_as_it_was_added(store: ClaimStore) -> None:
    report = a_report(sample=True, boilerplate=((0, 11),), url="https://example.org/a?b=c", language="en")
    store.add(report, [], [])
    assert store.report(report.id) == report
    assert store.report("nothing") is None


def test_a_place_comes_back_with_its_geometry(store: ClaimStore) -> None:
    report = a_report()
    store.add(report, [a_count(report, "c", CRIMEA)], [CRIMEA])
    assert store.place(CRIMEA.key) == CRIMEA
    assert store.place("nothing") is None


def test_adding_a_report_twice_changes_nothing(store: ClaimStore) -> None:
    report = a_report()
    claims = [a_count(report, "c", CRIMEA)]
    assert store.add(report, claims, [CRIMEA]) is True
    assert store.add(report, claims, [CRIMEA]) is False
    assert store.count(Filters()) == 1
    assert len(store.reports()) == 1


def test_a_report_is_in_the_store_as_a_whole_or_not_at_all(store: ClaimStore) -> None:
    report = a_report()
    twice = [a_count(report, "same"), a_count(report, "same")]
    with pytest.raises(StoreError):
        store.add(report, twice, [])
    assert store.is_empty()
    assert store.add(report, twice[:1], [])


def test_an_interruption_in_the_middle_leaves_nothing_of_the_report(
    store: ClaimStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    report = a_report()
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("store.claims._insert_claims", interrupt)
        store.add(report, [a_count(report, "c", CRIMEA)], [CRIMEA])
    assert store.is_empty()
    assert store.place(CRIMEA.key) is None
    assert store.add(report, [a_count(report, "c", CRIMEA)], [CRIMEA])


def test_a_removed_report_takes_its_claims_along_and_can_come_back(filled: ClaimStore) -> None:
    report = a_report("one")
    before = filled.count(Filters())
    assert filled.remove(report.id) is True
    assert filled.count(Filters()) == before - 2
    assert filled.claims_of_report(report.id) == []
    assert filled.remove(report.id) is False
    assert filled.add(report, [a_count(report, "c1", CRIMEA)], [CRIMEA])
    assert filled.facets(Filters())["actors"][0].n == 1


def test_a_claim_of_a_place_that_was_not_handed_in_is_refused(store: ClaimStore) -> None:
    report = a_report()
    with pytest.raises(UnstorableError, match="was not handed in"):
        store.add(report, [a_count(report, "c", CRIMEA)], [])
    assert store.is_empty()


def test_a_claim_of_another_report_is_refused(store: ClaimStore) -> None:
    with pytest.raises(UnstorableError, match="belongs to report"):
        store.add(a_report("one"), [a_count(a_report("two"), "c")], [])


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_is_kept_as_text(store: ClaimStore, words: str) -> None:
    report = ReportRow("id " + words, words, title=words, outlet=words, url=words, published=date(2021, 4, 1))
    place = PlaceRow("key " + words, words, 1.0, 2.0, "city", 1.0)
    words_in = {"exact": words, "whose": words, "unit": words, "claimant": words.replace(";", ",")}
    claim = replace(a_count(report, "c" + words), **words_in, places=(ClaimPlaceRow(words, 0, 1, place.key),))
    store.add(report, [claim], [place])
    assert store.report(report.id) == report
    assert store.claim(claim.id) == claim
    assert store.place(place.key) == place
    assert store.count(Filters(actors=(words.replace(";", ","),))) in (0, 1)
    assert store.count(Filters()) == 1


@pytest.mark.parametrize("words", ["half a pair \ud800", "\udfff"])
def test_text_that_is_no_unicode_is_refused_with_a_reason(store: ClaimStore, words: str) -> None:
    with pytest.raises(UnstorableError, match="cannot hold this value"):
        store.add(ReportRow("id", words), [], [])
    assert store.is_empty()


def test_a_number_beyond_the_columns_range_is_refused(store: ClaimStore) -> None:
    report = a_report()
    with pytest.raises(UnstorableError):
        store.add(report, [a_count(report, "c", low=10**30)], [])
    assert store.is_empty()


def test_threads_may_share_a_store(store: ClaimStore) -> None:
    reports = [a_report(str(i)) for i in range(12)]
    seen: list[int] = []

    def work(report: ReportRow) -> None:
        store.add(report, [a_count(report, "c", CRIMEA)], [CRIMEA])
        seen.append(len(store.claims(Filters())))
        store.facets(Filters())

    threads = [threading.Thread(target=work, args=[report]) for report in reports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 12
    assert store.count(Filters()) == 12
    assert [mark.n for mark in store.marks(Filters())] == [12]


# -- opening ------------------------------------------------------------------------------------------------------


def test_a_store_keeps_its_claims_when_it_is_opened_again(path: Path) -> None:
    report = a_report()
    with ClaimStore.open(path) as store:
        store.add(report, [a_count(report, "c")], [])
    with ClaimStore.open(path) as store:
        assert store.count(Filters()) == 1
    with ClaimStore.open(path, read_only=True) as store:
        assert store.count(Filters()) == 1
        with pytest.raises(StoreError):
            store.add(a_report("two"), [], [])


def test_a_second_process_gets_a_clear_message(store: ClaimStore) -> None:
    code = (
        "import sys\nfrom store.claims import ClaimStore\nfrom store.errors import StoreLockedError\n"
        "try:\n    ClaimStore.open(sys.argv[1])\nexcept StoreLockedError as error:\n    print(error)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(store.path)], cwd=root, capture_output=True, text=True, check=False
    )
    assert "is in use by process" in done.stdout, done.stderr
    assert "Close the dashboard" in done.stdout


def test_one_process_cannot_read_and_write_through_two_openings(store: ClaimStore) -> None:
    with pytest.raises(StoreLockedError, match="in this process already"):
        ClaimStore.open(store.path, read_only=True)


def test_a_store_is_free_again_once_it_is_closed(path: Path) -> None:
    ClaimStore.open(path).close()
    test_a_second_process = [sys.executable, "-c", f"import duckdb; duckdb.connect({str(path)!r}).close()"]
    assert subprocess.run(test_a_second_process, check=False).returncode == 0


@pytest.mark.parametrize("content", [b"hello", b"hello " * 10_000, b"\x00" * 5000], ids=["short", "text", "zeros"])
def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(StoreDamagedError, match="back-up"):
        ClaimStore.open(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("keep", [0.2, 0.5])
def test_a_truncated_store_is_called_damaged(path: Path, keep: float) -> None:
    with ClaimStore.open(path) as store:
        for i in range(20):
            report = a_report(str(i))
            store.add(report, [a_count(report, "c", CRIMEA)], [CRIMEA])
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(StoreDamagedError), ClaimStore.open(path) as store:
        store.claims(Filters())


def test_a_store_with_a_broken_block_is_called_damaged(path: Path) -> None:
    with ClaimStore.open(path) as store:
        report = a_report()
        store.add(report, [a_count(report, "c")], [])
    whole = path.read_bytes()
    path.write_bytes(whole[:12288] + b"\xff" * (len(whole) - 12288))
    with pytest.raises(StoreDamagedError), ClaimStore.open(path) as store:
        store.claims(Filters())


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with ClaimStore.open(path) as store:
        assert store.is_empty()


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        ClaimStore.open(tmp_path)


def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be made"):
        ClaimStore.open(tmp_path / "file" / "claims.duckdb")


def test_reading_what_is_not_there_says_so(path: Path) -> None:
    with pytest.raises(MissingStoreError, match="no store"):
        ClaimStore.open(path, read_only=True)
    assert not path.exists()


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE mine (a INTEGER)")
    with pytest.raises(ForeignStoreError, match="something else"):
        ClaimStore.open(path)
    with duckdb.connect(str(path)) as other:
        assert other.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("mine",)]


def test_a_newer_store_is_refused_with_the_way_out(path: Path) -> None:
    ClaimStore.open(path).close()
    with duckdb.connect(str(path)) as later:
        later.execute("INSERT INTO migrations VALUES (?, 'from the future', now()::TIMESTAMP)", [LATEST + 1])
    with pytest.raises(NewerStoreError, match="newer Claim Atlas"):
        ClaimStore.open(path)


def test_an_older_store_is_not_changed_by_reading(path: Path) -> None:
    path.parent.mkdir()
    with duckdb.connect(str(path)) as older:
        older.execute("CREATE TABLE migrations (step INTEGER PRIMARY KEY, name VARCHAR, applied_at TIMESTAMP)")
    with pytest.raises(OutdatedStoreError, match="reading only"):
        ClaimStore.open(path, read_only=True)
    with ClaimStore.open(path) as store:
        assert store.is_empty()


def test_steps_are_numbered_without_gaps_and_each_is_recorded(path: Path) -> None:
    assert [migration.step for migration in MIGRATIONS] == list(range(1, LATEST + 1))
    ClaimStore.open(path).close()
    with duckdb.connect(str(path)) as file:
        recorded = file.execute("SELECT step, name FROM migrations ORDER BY step").fetchall()
    assert recorded == [(migration.step, migration.name) for migration in MIGRATIONS]


def test_every_error_of_the_store_is_one_of_ours() -> None:
    for error in (StoreLockedError, StoreDamagedError, NewerStoreError, ForeignStoreError, UnstorableError):
        assert issubclass(error, StoreError)
        assert issubclass(error, ClaimAtlasError)


# -- asking -------------------------------------------------------------------------------------------------------


def test_claims_come_as_a_frame_by_date_with_undated_last(filled: ClaimStore) -> None:
    frame = filled.claims(Filters())
    assert list(frame.columns) == list(FRAME_COLUMNS)
    assert list(frame["published"]) == [date(2021, 4, 14)] * 2 + [date(2021, 4, 19)] + [None] * 2
    assert frame["place_names"][0] == ["Crimea", "borders of Ukraine"]
    assert frame["place_keys"][1] == [BRUSSELS.key]
    assert frame["low"][0] == 110_000
    assert frame["mode"][0] is None


def test_claims_can_be_read_page_by_page(filled: ClaimStore) -> None:
    whole = list(filled.claims(Filters(), limit=None)["id"])
    pages = [list(filled.claims(Filters(), limit=2, offset=at)["id"]) for at in (0, 2, 4, 6)]
    assert [claim for page in pages for claim in page] == whole
    assert [len(page) for page in pages] == [2, 2, 1, 0]


def test_reports_are_listed_with_their_number_of_claims(filled: ClaimStore) -> None:
    frame = filled.reports()
    assert list(frame["title"]) == ["Title one", "Title two", "Title three"]
    assert list(frame["n_claims"]) == [2, 1, 2]
    assert frame["published"][2] is None


def test_marks_gather_claims_by_place_and_never_add_numbers(filled: ClaimStore) -> None:
    marks = {mark.place.key: mark for mark in filled.marks(Filters())}
    assert set(marks) == {CRIMEA.key, BORDER.key, BRUSSELS.key}
    crimea = marks[CRIMEA.key]
    assert (crimea.n, crimea.n_counts, crimea.n_statements) == (3, 2, 1)
    assert dict(crimea.sides) == {"Ukraine": 1, "European Union": 2, "G7": 1}
    assert crimea.place == CRIMEA


def test_a_mark_without_a_side_says_so(store: ClaimStore) -> None:
    report = a_report()
    store.add(report, [a_count(report, "c", CRIMEA, side=None)], [CRIMEA])
    assert store.marks(Filters())[0].sides == ((None, 1),)


def test_a_claim_with_two_mentions_of_one_place_is_one_claim_there(store: ClaimStore) -> None:
    report = a_report()
    store.add(report, [a_count(report, "c", CRIMEA, CRIMEA)], [CRIMEA])
    assert [mark.n for mark in store.marks(Filters())] == [1]
    assert store.facets(Filters())["places"][0].n == 1
    assert store.claims(Filters())["place_keys"][0] == [CRIMEA.key]


def test_claims_without_a_located_place_are_listed_on_their_own(filled: ClaimStore) -> None:
    report = a_report("four")
    nowhere = ClaimPlaceRow("Nowhereville", 0, 5, None)
    claim = replace(a_count(report, "lost"), places=(nowhere,))
    filled.add(report, [claim], [])
    frame = filled.unplaced(Filters())
    assert {row.split("-")[0] for row in frame["id"]} == {"c3", "lost"}
    assert claim == filled.claim(claim.id)


def test_a_joined_claimant_is_found_by_each_actor(filled: ClaimStore) -> None:
    for name in ("G7", "European Union"):
        assert filled.count(Filters(actors=(name,))) == 1
    assert filled.count(Filters(actors=("G7", "European Union"))) == 1
    assert filled.count(Filters(actors=("G7; European Union",))) == 0


@pytest.mark.parametrize(
    "filters",
    [Filters(), Filters(sides=("European Union",)), Filters(modes=("warn",)), Filters(since=date(2021, 4, 15))],
)
def test_facets_say_how_many_claims_each_value_leaves(filled: ClaimStore, filters: Filters) -> None:
    for field, values in filled.facets(filters).items():
        for value in values:
            left = _choose(filters, field, value.value)
            assert filled.count(left) == value.n, (field, value)


def _choose(filters: Filters, field: str, value: str) -> Filters:
    if field == "published":
        return Filters(**{**_as_dict(filters), "since": date.fromisoformat(value), "until": date.fromisoformat(value)})
    lifted = filters.without("kinds", "modes") if field in ("kinds", "modes") else filters
    return Filters(**{**_as_dict(lifted), field: (value,)})


def _as_dict(filters: Filters) -> dict[str, object]:
    return {name: getattr(filters, name) for name in filters.__dataclass_fields__}


def test_a_chosen_value_stays_on_offer_when_it_leaves_nothing(filled: ClaimStore) -> None:
    facets = filled.facets(Filters(places=(BRUSSELS.key,), sides=("European Union",), actors=("Nobody",)))
    assert ("Brussels", 0) in [(value.label, value.n) for value in facets["places"]]
    assert ("Nobody", 0) in [(value.label, value.n) for value in facets["actors"]]


def test_facets_carry_words_to_show(filled: ClaimStore) -> None:
    facets = filled.facets(Filters())
    assert {value.label for value in facets["places"]} == {"Crimea", "borders of Ukraine", "Brussels"}
    assert {value.label for value in facets["reports"]} == {"Title one", "Title two", "Title three"}
    assert [value.value for value in facets["published"]] == ["2021-04-14", "2021-04-19"]


def test_kinds_stay_on_offer_when_a_mode_is_chosen(filled: ClaimStore) -> None:
    facets = filled.facets(Filters(modes=("warn",)))
    assert [(value.value, value.n) for value in facets["kinds"]] == [("personnel", 2), ("killed", 1)]
    assert [(value.value, value.n) for value in facets["modes"]] == [("demand", 1), ("warn", 1)]
