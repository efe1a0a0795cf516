"""Reports that tell one story are found by their words, in any order of ingest, and part when their link is gone."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.claims import ClaimStore
from store.records import ReportRow
from store.shingles import are_alike, print_of
from tests import copied
from tests.store.claim_rows import a_count

WORDS = [
    f"{first}{last}" for first in ("bar", "dol", "fim", "gor", "kel", "mun") for last in ("a", "ent", "is", "ot", "u")
]


def prose(seed: int, n: int = 120) -> list[str]:
    """Words of one story, in no order that another story has."""
    dice = random.Random(seed)
    return [dice.choice(WORDS) for _ in range(n)]


def a_report(text: str | Sequence[str], day: int | None = 14, **more: object) -> ReportRow:
    words = text if isinstance(text, str) else " ".join(text)
    published = date(2021, 4, 1) + timedelta(days=day - 1) if day else None
    return ReportRow(hashlib.sha256(words.encode()).hexdigest(), words, published=published, **more)  # type: ignore[arg-type]


def stories(store: ClaimStore) -> set[frozenset[str]]:
    """The stories as sets of report ids."""
    found: dict[object, set[str]] = {}
    for identity, story in store.reports()[["id", "story"]].itertuples(index=False):
        found.setdefault(story, set()).add(identity)
    return {frozenset(story) for story in found.values()}


def add(store: ClaimStore, *reports: ReportRow) -> None:
    for report in reports:
        store.add(report, [], [])


def of(*groups: Iterable[ReportRow]) -> set[frozenset[str]]:
    return {frozenset(report.id for report in group) for group in groups}


FIRST = prose(1)
COPY, CUT = [*FIRST[3:], "so", "the", "wire"], FIRST[:60]


def test_a_copy_and_a_cut_copy_tell_the_story_of_the_first(store: ClaimStore) -> None:
    reports = [a_report(FIRST), a_report(COPY, 15), a_report(CUT, 16)]
    add(store, *reports, other := a_report(prose(2)))
    assert stories(store) == of(reports, [other])


def test_an_editor_who_changes_words_throughout_still_tells_the_same_story(store: ClaimStore) -> None:
    edited = [word if i % 8 else "quite" for i, word in enumerate(FIRST)]
    add(store, first := a_report(FIRST), rewritten := a_report(edited))
    assert stories(store) == of([first, rewritten])


def test_a_follow_up_that_repeats_half_of_its_background_is_a_story_of_its_own(store: ClaimStore) -> None:
    add(store, first := a_report(FIRST), later := a_report([*prose(3, 60), *FIRST[60:]], 15))
    assert stories(store) == of([first], [later])


def test_a_week_is_as_far_as_a_copy_reaches(store: ClaimStore) -> None:
    add(store, first := a_report(FIRST, 1), near := a_report(COPY, 8))
    assert stories(store) == of([first, near])
    add(store, far := a_report([*FIRST, "again"], 16))
    assert stories(store) == of([first, near], [far])


def test_without_a_day_only_all_but_the_whole_text_tells(store: ClaimStore) -> None:
    loose = [*prose(4, 40), *FIRST[40:]]
    add(store, first := a_report(FIRST), same := a_report(COPY, None), half := a_report(loose, None))
    assert stories(store) == of([first, same], [half])


def test_the_same_words_with_other_numbers_are_another_days_report(store: ClaimStore) -> None:
    frame = "On the {} the staff counted {} clashes, {} strikes from the air and {} shells that fell on {} villages. "
    frame += "Along the whole line of contact the defenders held their positions and the enemy lost {} vehicles and {} "
    frame += "guns. Residents of the border districts are asked to stay in shelters while the sirens are heard."
    dice = random.Random(5)
    daily = [a_report(frame.format(*dice.sample(range(10, 9000), 7)), day) for day in range(1, 6)]
    add(store, *daily)
    assert stories(store) == of(*([report] for report in daily))


def test_a_digest_of_many_stories_does_not_join_them(store: ClaimStore) -> None:
    singles = [a_report(prose(seed, 60)) for seed in range(10, 17)]
    digest = a_report(" ".join(report.text for report in singles))
    add(store, digest, *singles)
    assert stories(store) == of([digest], *([report] for report in singles))


def test_what_every_page_of_an_outlet_has_makes_no_story(store: ClaimStore) -> None:
    menu = " ".join(prose(20, 300))
    reports = [a_report(f"{menu} {' '.join(prose(seed))}", boilerplate=((0, len(menu)),)) for seed in (21, 22)]
    add(store, *reports)
    assert stories(store) == of(*([report] for report in reports))


def test_a_few_words_are_too_few_to_tell(store: ClaimStore) -> None:
    add(store, first := a_report(FIRST[:20]), second := a_report([*FIRST[:20], "more"]))
    assert stories(store) == of([first], [second])


def chain() -> list[ReportRow]:
    """Each is a copy of the next one; the first and the last have nothing in common."""
    words = prose(30, 300)
    return [a_report(words[at : at + 120], 14) for at in range(0, 180, 40)]


def test_a_story_is_what_copies_of_copies_hold_together(store: ClaimStore) -> None:
    add(store, *(links := chain()))
    assert stories(store) == of(links)


def test_taking_a_report_out_re_forms_its_story(store: ClaimStore) -> None:
    add(store, *(links := chain()))
    store.remove(links[2].id)
    assert stories(store) == of(links[:2], links[3:])
    add(store, links[2])
    assert stories(store) == of(links)


def test_stories_are_the_same_when_the_store_is_opened_again(path: Path) -> None:
    with ClaimStore.open(path) as store:
        add(store, first := a_report(FIRST))
    with ClaimStore.open(path) as store:
        add(store, copy := a_report(COPY))
        assert stories(store) == of([first, copy])


# Texts that are alike in part: stretches of a few stories, and days.
texts = st.lists(
    st.tuples(
        st.lists(st.tuples(st.integers(1, 3), st.integers(0, 2)), min_size=1, max_size=4),
        st.integers(1, 12) | st.none(),
    ),
    max_size=7,
    unique_by=lambda item: str(item[0]),
)


def reports_of(drawn: Sequence[tuple[list[tuple[int, int]], int | None]]) -> list[ReportRow]:
    made = (
        a_report([word for story, part in parts for word in prose(story)[part * 40 : part * 40 + 40]], day)
        for parts, day in drawn
    )
    return list({report.id: report for report in made}.values())


def _in(path: Path) -> ClaimStore:
    """An empty store at ``path``."""
    return ClaimStore.open(copied.blank(path))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=texts, dice=st.randoms(use_true_random=False))
def test_stories_part_the_reports_and_do_not_depend_on_the_order_of_ingest(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[list[tuple[int, int]], int | None]], dice: random.Random
) -> None:
    reports = reports_of(drawn)
    shuffled = dice.sample(reports, len(reports))
    folder = tmp_path_factory.mktemp("orders")
    with _in(folder / "one") as one, _in(folder / "two") as two:
        add(one, *reports)
        two.add_many([(report, [], []) for report in shuffled])
        assert stories(one) == stories(two)
        assert sorted(identity for story in stories(one) for identity in story) == sorted(item.id for item in reports)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=texts, out=st.integers(0, 6))
def test_a_report_that_was_taken_out_leaves_no_trace(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[list[tuple[int, int]], int | None]], out: int
) -> None:
    reports = reports_of(drawn)
    folder = tmp_path_factory.mktemp("out")
    with _in(folder / "one") as one, _in(folder / "two") as two:
        one.add_many([(report, [], []) for report in reports])
        for report in reports[out : out + 1]:
            one.remove(report.id)
        add(two, *reports[:out], *reports[out + 1 :])
        assert stories(one) == stories(two)


@given(st.lists(st.text(max_size=60), max_size=2, min_size=2), st.booleans())
def test_any_two_texts_are_compared_the_same_in_both_orders(pair: list[str], dated: bool) -> None:
    first, second = map(print_of, pair)
    assert are_alike(first, second, dated=dated) == are_alike(second, first, dated=dated)


def test_the_store_counts_a_story_once_and_lists_every_report(store: ClaimStore) -> None:
    outlets = ("Wire", "Post", "Ledger")
    for outlet, words in zip(outlets, (FIRST, COPY, prose(40)), strict=True):
        report = a_report(words, outlet=outlet)
        store.add(report, [a_count(report, outlet)], [])
    found = store.appearances(store.claims_of_report(report.id)[0].id)
    assert [item.outlet for item in found.reports] == list(outlets)
    assert (found.seen.reports, found.seen.stories) == (3, 2)
