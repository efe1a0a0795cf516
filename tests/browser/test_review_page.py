"""The page that decides about claims, in a real browser: by keys alone, on a phone, and with hostile words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from store.claims import ClaimStore
from store.filters import Filters
from store.records import ReportRow
from tests.browser.conftest import Visit, Visiting, serving
from tests.browser.every_page import opened
from tests.browser.hostile import unharmed
from tests.browser.test_every_page import WIDER
from tests.dashboard.rows import CITY, claim, fill

pytestmark = pytest.mark.browser
TEXT = "The mayor said that 5 trucks stood in Kharkiv. Later 9 trucks stood in Kharkiv too, he said."


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A dashboard over the invented reports, a hostile one, and two doubtful claims; and a copy's path to look into."""
    folder = tmp_path_factory.mktemp("review")
    path = fill(folder / "claims.duckdb", hostile=True)
    given = {"count_kind": "equipment", "claimant": "The mayor", "side": None, "unit": "trucks", "places": [CITY]}
    trucks = [
        claim("r4", TEXT, f"{n} trucks", number=str(n), low=n, high=n, confidence=sure, **given)
        for n, sure in ((5, 0.2), (9, 0.4))
    ]
    with ClaimStore.open(path) as store:
        store.add(ReportRow("r4", TEXT, "Trucks", "Test Wire", None, date(2021, 4, 22)), trucks, [CITY])
    with serving(path, folder / "server.log") as url:
        yield url, path


def told(here: Visit) -> Locator:
    return here.page.locator(".ca-told")


def claim_shown(here: Visit) -> Locator:
    return here.page.locator(".ca-review-head h2")


def press(here: Visit, key: str) -> None:
    here.settled()
    here.page.keyboard.press(key)


def test_claims_are_reviewed_by_keys_alone(visit: Visiting, reviewed: tuple[str, Path]) -> None:
    url, path = reviewed
    here = opened(visit(server=url), "/review")
    expect(claim_shown(here)).to_have_text("5 trucks")
    here.picture("review-1440-light")

    press(here, "j")
    expect(claim_shown(here)).to_have_text("9 trucks")
    press(here, "k")
    expect(claim_shown(here)).to_have_text("5 trucks")

    press(here, "x")
    expect(told(here)).to_contain_text("Rejected: “5 trucks”")
    expect(claim_shown(here)).to_have_text("9 trucks")
    press(here, "u")
    expect(told(here)).to_contain_text("Undone")
    expect(claim_shown(here)).to_have_text("5 trucks")

    press(here, "0")
    expect(here.page.locator(".ca-changed")).to_be_visible()
    press(here, "z")
    expect(here.page.locator(".ca-changed")).to_have_count(0)
    press(here, "0")
    expect(here.page.get_by_role("button", name="Save everywhere: 3 claims")).to_be_visible()
    here.picture("review-changed-1440-light")
    press(here, "f")
    expect(told(here)).to_contain_text("Edited: “5 trucks” (3 claims)")
    press(here, "a")
    expect(told(here)).to_contain_text("Accepted")
    press(here, "n")
    expect(told(here)).to_contain_text("Not identifiable")
    here.settled()
    with ClaimStore.open(path, read_only=True) as store:
        counts = {state: store.count(Filters(reviews=(state,))) for state in ("edited", "accepted", "not_identifiable")}
        assert counts == {"edited": 3, "accepted": 1, "not_identifiable": 1}
        assert [review.action for review in store.reviews()][:3] == ["not_identifiable", "accept", "edit"]
    here.page.locator(".st-key-ca-review-log").scroll_into_view_if_needed()
    here.picture("review-log-1440-light")


def test_a_key_typed_into_a_field_is_text_and_keys_can_be_switched_off(
    visit: Visiting, reviewed: tuple[str, Path]
) -> None:
    here = opened(visit(server=reviewed[0]), "/review")
    first = claim_shown(here).inner_text()
    why = here.page.get_by_label("Why, for the log")
    why.fill("x")
    why.press("x")
    why.press("a")
    expect(why).to_have_value("xxa")
    why.press("Tab")
    here.page.get_by_text("Single keys").click()
    expect(here.page.get_by_role("button", name="Reject")).to_have_accessible_name("Reject")
    here.settled()
    here.page.locator("body").press("x")
    here.page.locator("body").press("j")
    here.settled()
    expect(claim_shown(here)).to_have_text(first)
    expect(told(here)).to_have_count(0)


def test_hostile_words_stay_words(visit: Visiting, reviewed: tuple[str, Path]) -> None:
    url, path = reviewed
    with ClaimStore.open(path, read_only=True) as store:
        evil = [row.id for row in store.claims_of_report("evil", rejected=True)]
    here = visit(server=url)
    for claim_id in evil:
        opened(here, f"/review?claim={claim_id}")
        expect(here.page.locator(".st-key-ca-review-claim .ca-context")).to_contain_text("<script>window.parent.HACKED")
        unharmed(here)
    press(here, "x")
    expect(told(here)).to_contain_text("Rejected")
    unharmed(here)
    here.picture("review-hostile-1440-light")


def test_a_phone_shows_the_claim_before_the_queue_and_scrolls_only_down(
    visit: Visiting, reviewed: tuple[str, Path]
) -> None:
    here = opened(visit(server=reviewed[0], width=390, height=844, scheme="dark"), "/review")
    assert here.page.evaluate(WIDER) == []
    claim_at = here.page.locator(".st-key-ca-review-claim").bounding_box()
    queue_at = here.page.locator(".st-key-ca-review-queue").bounding_box()
    assert claim_at and queue_at and claim_at["y"] < queue_at["y"]
    here.page.get_by_role("button", name="Reject").click()
    expect(told(here)).to_contain_text("Rejected")
    assert here.page.evaluate(WIDER) == []
    here.picture("review-390-dark")
