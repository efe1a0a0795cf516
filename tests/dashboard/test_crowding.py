"""Of thousands of places the map draws the foremost, and says so."""

from __future__ import annotations

from dashboard.crowding import MOST_MARKS, foremost, told
from store.marks import Mark
from store.records import PlaceRow


def marks(n: int) -> list[Mark]:
    return [Mark(PlaceRow(f"gn:{i}", f"Town {i}", 1.0, 2.0, "city", 5.0), n - i, n - i, 0, ()) for i in range(n)]


def test_all_places_are_drawn_while_they_are_not_too_many() -> None:
    assert foremost(marks(MOST_MARKS), ()) == marks(MOST_MARKS)
    assert told(MOST_MARKS, MOST_MARKS) == ""


def test_of_more_the_places_with_most_claims_are_drawn_and_the_one_looked_at() -> None:
    many = marks(MOST_MARKS + 50)
    drawn = foremost(many, [many[-1].place.key])
    assert drawn == [*many[:MOST_MARKS], many[-1]]


def test_the_reader_is_told_how_many_are_drawn_and_where_the_others_are() -> None:
    words = told(MOST_MARKS, 2653)
    assert "400" in words
    assert "2,653" in words
    assert "table" in words
