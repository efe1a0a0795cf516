"""Places that a report names and no claim speaks of: made out with their reading, and quiet on the map."""

from __future__ import annotations

from dashboard.map import marks_group
from dashboard.mentions import highlights, quiet_marks, with_mentions
from dashboard.report_text import Highlight
from dashboard.sides import Palette
from store.records import MentionRow
from tests.dashboard.rows import CAPITAL, CITY, COUNTRY, PENINSULA, REPORTS

PLACES = {place.key: place for place in (CITY, PENINSULA, COUNTRY, CAPITAL)}
CLAIMS = REPORTS[1][1]
FREE = 0
HELD = CLAIMS[0].places[0]


def read(*mentions: MentionRow) -> list[Highlight]:
    return highlights(mentions, CLAIMS, PLACES.get, lambda place: place.country)


def test_a_mention_says_which_place_it_was_read_as_and_how_surely() -> None:
    (item,) = read(MentionRow(FREE, 3, CAPITAL.key, confidence=0.8))
    assert (item.kind, item.place, item.claim) == ("mention", CAPITAL.key, None)
    assert item.reading == "Brannburg, Belgavia, town or city; 80% sure; no claim speaks of it"


def test_a_name_that_acts_is_made_out_and_is_no_place_on_the_map() -> None:
    acting = MentionRow(FREE, 3, COUNTRY.key, "actor")
    (item,) = read(acting)
    assert item.place is None
    assert "stands here for who acts" in item.reading
    assert quiet_marks([acting], (), PLACES.get) == []


def test_a_mention_that_was_not_placed_is_shown_as_such() -> None:
    (item,) = read(MentionRow(FREE, 3, None, confidence=0.0))
    assert (item.kind, item.place) == ("lost", None)
    assert "could not be located" in item.reading


def test_what_a_claim_speaks_of_is_not_made_out_twice() -> None:
    assert read(MentionRow(HELD.start, HELD.end, HELD.place_key)) == []


def test_highlights_of_claims_and_mentions_stand_in_the_order_of_the_text() -> None:
    late, early = Highlight(40, 45, "number", ""), Highlight(3, 9, "mention", "")
    assert with_mentions([late], [early]) == [early, late]


def test_each_place_without_a_claim_has_one_quiet_mark_without_outline_and_number() -> None:
    mentions = [MentionRow(0, 3, COUNTRY.key), MentionRow(5, 8, COUNTRY.key), MentionRow(9, 12, CITY.key)]
    (mark,) = quiet_marks(mentions, {CITY.key}, PLACES.get)
    assert (mark.place, mark.n) == (COUNTRY, 0)
    group = marks_group([mark], Palette(), most=3)
    (child,) = group._children.values()
    row = dict(zip(child.payload["fields"], child.payload["rows"][0], strict=True))  # type: ignore[attr-defined]
    assert (row["quiet"], row["area"], row["sides"]) == (1, 0, [])
    assert row["words"] == "named in the report; no claim speaks of it"
