"""Putting actors side by side: who is chosen, what is drawn, and what only one of them says. Without a server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import comparison, disagreement
from dashboard.choice import MOST, Cell, Choice, narrowed, of_cell
from dashboard.comparison import Lane, lanes
from dashboard.language import speaking
from dashboard.lines import ClaimLine
from dashboard.matrix_view import inert, size
from dashboard.range_plot import Arrows, Days, axis, described, height, mark, row, spots
from dashboard.rivals_view import Scale
from dashboard.sides import Palette
from store import finding
from store.claims import ClaimStore
from store.filters import Filters
from tests.dashboard.rows import (
    BORDER,
    CAPITAL,
    HOSTILE,
    MINISTER,
    OFFICE,
    PENINSULA,
    fill,
    report,
    troops,
)

ACTORS = (MINISTER, "Oleg Shorin")
CORRECTED = report(
    "r9",
    date(2021, 4, 25),
    "Minister takes it back",
    "The minister now spoke of 60,000 troops on the peninsula, and not of 90,000 troops.",
    troops("60,000 troops", "60,000", 60000, MINISTER, "Sorvia", PENINSULA, corrects="r9-69"),
    troops("90,000 troops", "90,000", 90000, MINISTER, "Sorvia", PENINSULA),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ClaimStore]:
    with ClaimStore.open(fill(tmp_path / "claims.duckdb")) as opened:
        opened.add(*CORRECTED)
        yield opened


def figure(low: int | None, high: int | None, when: date | None = date(2021, 4, 12), **more: object) -> ClaimLine:
    given_ = {"number": f"{low or high or 0:,}", "low": low, "high": high, "count_kind": "personnel", **more}
    return ClaimLine("c", "r", "count", "words", "A", "Sorvia", when, None, None, (), **given_)  # type: ignore[arg-type]


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html)


# -- who is chosen ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "chosen",
    [
        Choice(),
        Choice("side", ("Sorvia", "Norland")),
        Choice("claimant", ("A", "B"), Cell("A", where="gn:1")),
        Choice("claimant", ("A", "B"), Cell("B", what="warn")),
    ],
)
def test_a_link_restores_the_choice(chosen: Choice) -> None:
    assert Choice.from_params(chosen.to_params()) == chosen


@given(st.dictionaries(st.sampled_from(["by", "compare", "who", "where", "what", "x"]), st.lists(st.text())))
def test_nonsense_in_a_link_is_dropped(params: dict[str, list[str]]) -> None:
    chosen = Choice.from_params(params)
    assert chosen.role in ("claimant", "side")
    assert len(chosen.names) <= MOST
    assert Choice.from_params(chosen.to_params()) == chosen


def test_a_kind_that_no_claim_has_is_no_cell() -> None:
    assert Choice.from_params({"who": ["A"], "what": ["bogus"]}).cell is None


def test_names_that_nobody_has_are_dropped_and_so_is_their_cell() -> None:
    chosen = Choice("claimant", ("A", "Nobody"), Cell("Nobody", what="warn"))
    assert chosen.known({"A", "B"}) == Choice("claimant", ("A",))


def test_a_cell_narrows_the_filters_and_never_widens_them() -> None:
    filters = Filters(actors=("A", "B"), kinds=("personnel",), since=date(2021, 4, 1))
    found = of_cell(filters, "claimant", Cell("A", where="gn:1"))
    assert (found.actors, found.places, found.kinds, found.since) == (("A",), ("gn:1",), ("personnel",), filters.since)
    assert narrowed(filters, "claimant", ["C"]).actors == ("A", "B")
    assert of_cell(Filters(), "side", Cell("Sorvia", what="warn")) == Filters(sides=("Sorvia",), modes=("warn",))


# -- what is said ----------------------------------------------------------------------------------------------------


def test_a_proposal_reads_no_counts_from_the_file_and_few_claims(
    store: ClaimStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, read = store.index(), []

    def by_number(cursor, numbers):  # type: ignore[no-untyped-def]
        read.extend(numbers := list(numbers))
        return finding.by_number(cursor, numbers)

    monkeypatch.setattr("store.claims.by_number", by_number)
    monkeypatch.setattr("store.grouping.Told.of", None)
    monkeypatch.setattr(comparison, "_LOOKED_AT", 1)
    monkeypatch.setattr(comparison, "_NEWEST", 2)
    assert len(comparison.proposed(store, index, Filters(), "claimant")) == 2
    assert len(read) == 2


def test_the_two_that_disagree_most_are_proposed(store: ClaimStore) -> None:
    assert comparison.proposed(store, store.index(), Filters(), "claimant") == ACTORS
    assert comparison.proposed(store, store.index(), Filters(), "side") == ("Norland", "Sorvia")
    assert comparison.proposed(store, store.index(), Filters(actors=(OFFICE,)), "claimant") == (OFFICE,)
    warners = Filters(modes=("warn", "accuse"))
    assert comparison.proposed(store, store.index(), warners, "side") == ("Northern Alliance", "Sorvia")


def test_only_what_one_alone_speaks_of_is_said_only_by_it(store: ClaimStore) -> None:
    found = comparison.ask(store, Filters(), "side", ("Sorvia", "Norland", "Northern Alliance"))
    assert [place.key for place, _ in found.only("Sorvia").places] == [BORDER.key]
    assert found.only("Sorvia").modes == (("warn", 1),)
    assert [place.key for place, _ in found.only("Northern Alliance").places] == [CAPITAL.key]
    assert found.only("Norland").kinds == ()


def test_places_that_several_speak_of_show_the_words_of_each(store: ClaimStore) -> None:
    found = comparison.ask(store, Filters(), "claimant", ACTORS)
    assert [place.key for place in found.shared] == [PENINSULA.key]
    assert [line.exact for line in found.said[MINISTER, PENINSULA.key]][-1] == "90,000 troops"
    assert [line.exact for line in found.said["Oleg Shorin", PENINSULA.key]] == ["10,000 troops"]


def test_the_filters_limit_what_is_compared(store: ClaimStore) -> None:
    found = comparison.ask(store, Filters(until=date(2021, 4, 14)), "claimant", ACTORS)
    assert [(voice.name, voice.n) for voice in found.voices] == [(MINISTER, 2), ("Oleg Shorin", 0)]
    assert found.contested == () and found.shared == ()


def test_each_claimant_has_a_row_and_keeps_every_number(store: ClaimStore) -> None:
    (group,) = comparison.ask(store, Filters(), "claimant", ACTORS).contested
    found = lanes(group, "claimant", ACTORS)
    assert [lane.claimant for lane in found] == list(ACTORS)
    assert [line.low for _, line in found[0].figures] == [80000, 60000, 90000]


def test_it_is_said_who_disagrees_with_whom_by_how_much_and_over_which_days(store: ClaimStore) -> None:
    (group,) = comparison.ask(store, Filters(), "claimant", ACTORS).contested
    told = [disagreement.words(group, item) for item in disagreement.of(group, range(len(group.claims)))]
    assert told[0].startswith("Oleg Shorin (10,000) and Ana Tarov (90,000): at least 80,000 apart, 9 times, ")
    assert any("70,000 apart, 8 times, from 20 Apr 2021" in line for line in told)
    with speaking("fr"):
        assert "80\u202f000" in disagreement.words(group, disagreement.of(group, range(len(group.claims)))[0])


# -- how it is drawn -------------------------------------------------------------------------------------------------


def test_a_correction_is_a_full_arrow_and_a_later_figure_a_dashed_one(store: ClaimStore) -> None:
    (group,) = comparison.ask(store, Filters(), "claimant", ACTORS).contested
    found = lanes(group, "claimant", ACTORS)
    lines = [line for lane in found for _, line in lane.figures]
    arrows = Arrows(group.corrections, group.later_figures)
    assert [(group.claims[a].low, group.claims[b].low) for a, b in arrows.corrections] == [(90000, 60000)]
    html = row(found[0], found, Scale.of(lines), Days.of(lines), Palette(), arrows)
    assert html.count('class="ca-correction"') == 1
    assert html.count("ca-corrected") == 1
    assert "25 Apr 2021: 90,000, given as one figure (corrected later)" in html
    later = row(found[0], found, Scale.of(lines), Days.of(lines), Palette(), Arrows((), ((0, 2),)))
    assert later.count('class="ca-later"') == 1


def test_a_row_shows_the_figures_of_the_others_in_pale(store: ClaimStore) -> None:
    (group,) = comparison.ask(store, Filters(), "claimant", ACTORS).contested
    found = lanes(group, "claimant", ACTORS)
    lines = [line for lane in found for _, line in lane.figures]
    html = row(found[1], found, Scale.of(lines), Days.of(lines), Palette(), Arrows())
    pale = html[html.index("ca-pale") : html.index("ca-figure-0")]
    assert pale.count("ca-dot-mark") == 3
    assert 'role="img" aria-label="Oleg Shorin: 20 Apr 2021: 10,000, given as one figure"' in html


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (figure(40000, None, low_open=True), ["ca-fade-up", "ca-vstop ca-open"]),
        (figure(None, 300), ["ca-fade-down", "ca-vstop"]),
        (figure(20, 300, high_open=True), ["ca-fade-none", "ca-vstop", "ca-vstop ca-open"]),
        (figure(300, 300, approx=True), ["ca-dot-mark ca-about"]),
        (figure(300, 300), ["ca-dot-mark"]),
    ],
)
def test_open_bounds_fade_and_open_ends_are_hollow(line: ClaimLine, wanted: list[str]) -> None:
    html = mark(line, 50.0, Scale.of([line]), "red")
    assert [name.removeprefix("ca-vbar ") for name in re.findall(r'class="([^"]+)"', html)] == wanted


def test_a_number_without_bounds_is_no_mark() -> None:
    assert mark(figure(None, None), 50.0, Scale(0, 10), "red") == ""


def test_wide_ranges_are_drawn_on_a_logarithmic_scale() -> None:
    scale = Scale.of([figure(100, 100), figure(100_000, 100_000)])
    assert scale.logarithmic
    assert height(1000, scale) - height(100, scale) == pytest.approx(
        height(100_000, scale) - height(10_000, scale), abs=0.1
    )


@given(st.lists(st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1))), min_size=1, max_size=8))
def test_days_lie_in_order_within_the_picture(days: list[date | None]) -> None:
    found = Days.of([figure(1, 1, day) for day in days])
    dated = sorted(day for day in days if day)
    places = [found.at(day) for day in dated]
    assert places == sorted(places)
    assert all(0 < place < 100 for place in (*places, found.at(None)))
    assert len(found.ticks) <= 5
    assert not dated or found.ticks[0] == dated[0]
    assert ("undated" in axis(found)) == (None in days)


def test_figures_of_one_day_stand_side_by_side() -> None:
    lane = Lane("A", None, None, ((0, figure(10, 10)), (1, figure(20, 20)), (2, figure(30, 30, date(2021, 4, 14)))))
    places = [spot.x for spot in spots(lane, Scale(0, 30), Days.of([line for _, line in lane.figures]))]
    assert places[0] < places[1] < places[2]


def test_a_row_in_words_names_the_outlet_when_the_report_itself_speaks() -> None:
    lane = Lane("reporter", None, "Test Wire", ((0, figure(10, 10)),))
    assert described(lane, Arrows()).startswith("The report itself (Test Wire): 12 Apr 2021")


def test_no_word_of_a_report_is_markup() -> None:
    lane = Lane(HOSTILE, HOSTILE, HOSTILE, ((0, figure(10, 10, number=HOSTILE, modifier=HOSTILE)),))
    html = row(lane, [lane], Scale(0, 10), Days.of([figure(10, 10)]), Palette(), Arrows())
    assert "<script" not in html and "<img" not in html and "`" not in html


@given(st.text())
def test_what_is_inert_has_only_letters_digits_and_blanks(words: str) -> None:
    assert not re.search(r"[\[\]()<>*_`$:\\/.!#~|&@]", inert(words))


def test_discs_grow_with_the_number_of_claims() -> None:
    assert [size(n, 100) for n in (1, 4, 16, 36, 64, 100)] == [1, 1, 2, 3, 4, 5]


def test_what_a_page_may_hold_is_drawn_without_drawing_elements(store: ClaimStore) -> None:
    (group,) = comparison.ask(store, Filters(), "claimant", ACTORS).contested
    found = lanes(group, "claimant", ACTORS)
    lines = [line for lane in found for _, line in lane.figures]
    html = row(found[0], found, Scale.of(lines), Days.of(lines), Palette(), Arrows(group.corrections))
    assert "<svg" not in html, "the page's own gate for HTML takes such elements out without a word"
    assert re.search(r'class="ca-arrow ca-(up|down)( ca-back)?" style="left:[\d.]+%;bottom:', html)
