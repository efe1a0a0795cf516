"""What goes into the store comes out of it, once, whole and exactly."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from store.claims import ClaimStore
from store.errors import (
    StoreError,
    UnstorableError,
)
from store.filters import Filters
from store.records import ClaimPlaceRow, MentionRow, PlaceRow, ReadingRow, ReportRow
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
        patch.setattr("store.keeping.insert_claims", interrupt)
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


# -- a new reading ------------------------------------------------------------------------------------------------

OLD, NEW = ReadingRow("e1", "g1", "k1"), ReadingRow("e2", "g1", "k1")


def test_a_new_reading_takes_the_place_of_the_old(store: ClaimStore) -> None:
    report, other = a_report(sample=True), a_report("two")
    store.add(report, [a_count(report, "stays", CRIMEA), a_count(report, "goes", CRIMEA)], [CRIMEA], OLD)
    store.add(other, [a_count(other, "c", CRIMEA)], [CRIMEA], OLD)
    fresh = [a_count(report, "stays", BORDER, low=7), a_statement(report, "comes", BORDER)]
    assert store.replace(report, fresh, [BORDER], NEW) is True
    assert store.claims_of_report(report.id) == fresh
    assert store.claims_of_report(other.id) == [a_count(other, "c", CRIMEA)]
    assert (store.reading(report.id), store.reading(other.id)) == (NEW, OLD)
    assert store.outdated(NEW) == [other.id]
    assert {mark.place.key: mark.n for mark in store.marks(Filters())} == {CRIMEA.key: 1, BORDER.key: 2}


def test_a_new_reading_keeps_text_sample_flag_and_numbers(store: ClaimStore) -> None:
    first, report = a_report("one"), a_report("two", sample=True)
    store.add(first, [a_count(first, "c")], [])
    store.add(report, [a_count(report, "stays"), a_count(report, "goes")], [])
    before = {item.row.id: item.n for item in store.find(Filters())}
    told = replace(report, sample=False, title="Known now", published=date(2021, 5, 1))
    store.replace(told, [a_statement(report, "comes"), a_count(report, "stays")], [])
    after = {item.row.id: item.n for item in store.find(Filters())}
    assert store.report(report.id) == replace(told, sample=True)
    assert after[a_count(report, "stays").id] == before[a_count(report, "stays").id]
    assert len(set(after.values())) == 3
    assert store.report_ids() == [first.id, report.id]


def test_a_new_reading_moves_a_place_that_is_known(store: ClaimStore) -> None:
    report = a_report()
    store.add(report, [a_count(report, "c", CRIMEA)], [CRIMEA])
    moved = replace(CRIMEA, lat=45.0, geometry=None)
    store.replace(report, [a_count(report, "c", CRIMEA)], [moved])
    assert store.place(CRIMEA.key) == moved


def test_what_people_decided_survives_a_new_reading(store: ClaimStore) -> None:
    report = a_report()
    wrong, kept = a_count(report, "wrong", CRIMEA), a_statement(report, "kept", CRIMEA)
    store.add(report, [wrong, kept], [CRIMEA], OLD)
    store.review(wrong.id, "reject")
    store.review(kept.id, "edit", changes={"claimant": "Somebody else"})
    store.replace(report, [wrong, kept], [CRIMEA], NEW)
    assert store.count(Filters()) == 1
    (left,) = store.find(Filters())
    assert (left.row.claimant, left.row.review) == ("Somebody else", "edited")


def test_a_new_reading_of_a_report_that_is_not_there_changes_nothing(store: ClaimStore) -> None:
    report = a_report()
    assert store.replace(report, [a_count(report, "c", CRIMEA)], [CRIMEA], NEW) is False
    assert store.is_empty()
    assert store.place(CRIMEA.key) is None


def test_a_new_reading_is_in_the_store_as_a_whole_or_not_at_all(
    store: ClaimStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, old = a_report(), [a_count(a_report(), "c", CRIMEA)]
    store.add(report, old, [CRIMEA], OLD)
    twice = [a_count(report, "same"), a_count(report, "same")]
    with pytest.raises(StoreError):
        store.replace(report, twice, [], NEW)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("store.keeping.put_readings", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        store.replace(report, [], [], NEW)
    assert store.claims_of_report(report.id) == old
    assert store.reading(report.id) == OLD


def test_a_report_of_which_the_reading_is_not_known_is_out_of_date(store: ClaimStore) -> None:
    report = a_report()
    store.add(report, [], [])
    assert store.reading(report.id) is None
    assert store.outdated(NEW) == [report.id]
    store.replace(report, [], [], NEW)
    store.replace(report, [], [])
    assert store.outdated(NEW) == [report.id]


def test_a_removed_report_takes_its_reading_along(store: ClaimStore) -> None:
    report = a_report()
    for _ in range(2):
        assert store.add(report, [], [], OLD)
        assert store.reading(report.id) == OLD
        store.remove(report.id)
        assert store.reading(report.id) is None


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


def test_several_reports_are_added_at_once_as_one_by_one(store: ClaimStore) -> None:
    one, two, three = a_report("one"), a_report("two"), a_report("three")
    store.add(one, [a_count(one, "known", CRIMEA)], [CRIMEA])
    rows = [
        (one, [a_count(one, "again", CRIMEA)], [CRIMEA]),
        (two, [a_count(two, "a", CRIMEA), a_statement(two, "b", BRUSSELS)], [CRIMEA, BRUSSELS]),
        (three, [a_count(three, "c", CRIMEA)], [CRIMEA]),
        (two, [a_count(two, "d", CRIMEA)], [CRIMEA]),
    ]
    assert store.add_many(rows) == [False, True, True, False]
    assert [claim.id for claim in store.claims_of_report(two.id)] == [claim.id for claim in rows[1][1]]
    assert store.count(Filters()) == 4


def test_of_several_reports_none_is_added_when_one_cannot_be(store: ClaimStore) -> None:
    one, two = a_report("one"), a_report("two")
    with pytest.raises(UnstorableError):
        store.add_many([(one, [a_count(one, "a", CRIMEA)], [CRIMEA]), (two, [a_count(two, "b", CRIMEA)], [])])
    assert store.is_empty()
    assert store.add_many([]) == []


def test_the_places_that_a_report_names_come_back_change_and_go_with_it(store: ClaimStore) -> None:
    report = a_report(mentions=(MentionRow(30, 36, CRIMEA.key, "literal", "event", 0.75), MentionRow(0, 6, None)))
    with pytest.raises(UnstorableError, match=f"Report {report.id} names place {CRIMEA.key}"):
        store.add(report, [], [])
    assert store.add(report, [], [CRIMEA])
    stored = store.report(report.id)
    assert stored and stored.mentions == tuple(sorted(report.mentions, key=lambda each: each.start))
    other = replace(report, mentions=(MentionRow(2, 4, None, "actor"),))
    assert store.replace(other, [], [])
    assert store.report(report.id) == other
    assert store.remove(report.id)
    assert store.add(replace(report, mentions=()), [], [])
    assert store.report(report.id) == replace(report, mentions=())


def test_where_a_claim_was_said_must_be_a_place_that_is_given(store: ClaimStore) -> None:
    report = a_report()
    claim = a_count(report, "c", said_at=CRIMEA.key, said_basis="words")
    with pytest.raises(UnstorableError, match=CRIMEA.key):
        store.add(report, [claim], [])
    assert store.add(report, [claim], [CRIMEA])
    assert store.claim(claim.id) == claim
    assert store.marks(Filters()) == []
