"""While another process adds reports, pages take them up every few seconds, and say that more are coming."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import resources
from dashboard.pace import PAUSE, Pace
from store.claims import ClaimStore
from store.filters import Filters
from store.index import Index
from tests.dashboard.rows import N_CLAIMS, REPORTS
from tests.patience import PATIENCE

SCRIPT = """
from dashboard import map_page, theme
theme.configure_page()
map_page.render()
"""


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(resources, "_PACE", Pace(clock))
    return clock


def add(store: Path, n: int) -> None:
    """One more report with one claim, by another process."""
    report, (first, *_), places = REPORTS[0]
    new = replace(first, id=f"new{n}", report_id=f"new{n}")
    with ClaimStore.open(store) as opened:
        opened.add(replace(report, id=f"new{n}", text=f"{report.text} Again, {n}."), [new], places)


def test_a_store_at_rest_is_taken_up_at_once_and_a_busy_one_every_few_seconds() -> None:
    clock = Clock()
    pace = Pace(clock)
    first, second, third = (("s.duckdb", n) for n in range(3))
    assert pace.shown(first) == first
    assert pace.shown(second) == second
    assert pace.shown(third) == second and pace.is_behind(third)
    clock.now += PAUSE - 0.1
    assert pace.shown(third) == second
    clock.now += 0.1
    assert pace.shown(third) == third and not pace.is_behind(third)


def test_another_store_and_what_was_asked_for_are_shown_at_once() -> None:
    pace = Pace(Clock())
    pace.shown(("a.duckdb", 1))
    assert pace.shown(("b.duckdb", 1)) == ("b.duckdb", 1)
    pace.catch_up()
    assert pace.shown(("b.duckdb", 2)) == ("b.duckdb", 2)


def test_during_an_ingest_the_index_is_made_every_few_seconds(
    store: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[float] = []
    of = Index.of

    def counted(cursor: object) -> Index:
        made.append(clock.now)
        return of(cursor)  # type: ignore[arg-type]

    monkeypatch.setattr(Index, "of", counted)
    seen = [resources.view(Filters()).n]
    for second in range(1, 22):
        clock.now += 1
        add(store, second)
        seen.append(resources.view(Filters()).n)
    assert [when - 1000 for when in made] == [0, 1, 6, 11, 16, 21]
    assert seen[0] == N_CLAIMS and seen[-1] == N_CLAIMS + 21
    assert seen == sorted(seen)


def test_what_this_process_writes_is_shown_at_once(store: Path, clock: Clock) -> None:
    assert resources.view(Filters()).n == N_CLAIMS
    report, (first, *_), places = REPORTS[0]
    with resources.writing() as opened:
        opened.add(replace(report, id="own", text="Own."), [replace(first, id="own", report_id="own")], places)
    assert resources.view(Filters()).n == N_CLAIMS + 1


def test_the_page_says_that_newer_reports_are_coming_in_and_shows_them(store: Path, clock: Clock) -> None:
    def said(at: AppTest) -> str:
        assert not at.exception
        return " ".join(block.proto.body for block in at.get("html"))

    at = AppTest.from_string(SCRIPT, default_timeout=PATIENCE).run()
    assert "Newer reports" not in said(at)
    add(store, 1)
    assert f"All {N_CLAIMS + 1} claims" in said(at.run())
    add(store, 2)
    assert "Newer reports are coming in." in said(at.run())
    assert f"All {N_CLAIMS + 1} claims" in said(at)
    assert f"All {N_CLAIMS + 2} claims" in said(at.button(key="ca-show-newer").click().run())
    assert "Newer reports" not in said(at)


def test_claims_that_are_gone_since_the_index_was_made_break_no_page(store: Path, clock: Clock) -> None:
    add(store, 1)
    before = resources.view(Filters())
    add(store, 2)
    before = resources.view(Filters())
    with ClaimStore.open(store) as opened:
        for identity in opened.report_ids()[:2]:
            opened.remove(identity)
    shown = resources.view(Filters(sides=("nobody",)))  # the index is that of before
    assert shown.n == 0
    after = resources.view(Filters(since=REPORTS[0][0].published))
    assert len(after.table) < len(before.table)
