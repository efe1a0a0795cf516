"""Which report a reader has open and what is chosen in it: in the session, and in the address as its copy."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

import streamlit as st

from dashboard import address, mentions, resources, state
from dashboard.map import Focus
from dashboard.report_text import KINDS
from store.claims import ClaimStore
from store.filters import Filters
from store.marks import Mark
from store.records import ClaimRow, PlaceRow, ReportRow

REPORT_PARAMETER: Final = "report"
HIDE_PARAMETER: Final = "hide"
_WRITTEN: Final = "ca_report_address"
_REPORT: Final = "ca_report_id"
_CLAIM: Final = "ca_report_claim"
_PLACE: Final = "ca_report_place"
_HIDDEN: Final = "ca_report_hidden"
_LOOK: Final = "ca_report_look"
_FOCUS: Final = "ca_report_focus"


@dataclass(frozen=True, slots=True)
class ReportReading:
    """A report with everything that was read in it; ``claims`` are in text order.

    ``quiet`` are marks of the places that it names and no claim of it speaks of.
    """

    report: ReportRow
    claims: list[ClaimRow]
    marks: list[Mark]
    quiet: list[Mark] = field(default_factory=list)

    def place(self, key: str | None) -> PlaceRow | None:
        """A place that the report names, by its key."""
        return next((mark.place for mark in (*self.marks, *self.quiet) if mark.place.key == key), None)


def read_address() -> None:
    """Take report, selection and switches from the address, if it is not as this session left it."""
    given = address.news(_WRITTEN)
    if given is None:
        return
    st.session_state[_HIDDEN] = tuple(kind for kind in KINDS if kind in given.get(HIDE_PARAMETER, []))
    show(address.last(given, REPORT_PARAMETER))
    reading = opened()
    if reading:
        claim, place = address.last(given, state.CLAIM_PARAMETER), address.last(given, state.PLACE_PARAMETER)
        choose(
            claim if any(row.id == claim for row in reading.claims) else None,
            place if reading.place(place) else None,
        )


def write_address() -> None:
    """Make the address a link to what is shown."""
    chosen = {REPORT_PARAMETER: _value(_REPORT), state.CLAIM_PARAMETER: claim(), state.PLACE_PARAMETER: place()}
    wanted = {name: [value] for name, value in chosen.items() if value}
    if hidden():
        wanted[HIDE_PARAMETER] = list(hidden())
    address.write(_WRITTEN, wanted)


def show(report_id: str | None) -> None:
    """Open a report; None goes back to the list of reports. One that the store has not is as none."""
    known = report_id if report_id and resources.asked(read_in, report_id) else None
    if known != _value(_REPORT):
        st.session_state[_REPORT] = known
        _look_everywhere()
    st.session_state[_CLAIM] = st.session_state[_PLACE] = None


def opened() -> ReportReading | None:
    """The report that is open, outlines in the chosen view of borders; None for the list."""
    report_id = _value(_REPORT)
    found = resources.asked(read_in, report_id) if report_id else None
    if not found:
        return None
    marks, quiet = (resources.in_view(given, state.borders()) for given in (found.marks, found.quiet))
    return replace(found, marks=marks, quiet=quiet)


def read_in(store: ClaimStore, report_id: str) -> ReportReading | None:
    """What was read in a report; None when the store has none of that id."""
    found = store.report(report_id)
    if not found:
        return None
    marks = store.marks(Filters(reports=(report_id,)))
    quiet = mentions.quiet_marks(found.mentions, {mark.place.key for mark in marks}, store.place)
    return ReportReading(found, store.claims_of_report(report_id), marks, quiet)


def choose(claim_id: str | None, place_key: str | None) -> None:
    """Choose a claim, or a place: its words are made out, and the small map looks at it."""
    st.session_state[_CLAIM] = claim_id
    st.session_state[_PLACE] = None if claim_id else place_key
    reading = opened()
    if not (reading and (claim_id or place_key)):
        _look_everywhere()
        return
    st.session_state[_LOOK] = look() + 1
    keys = (place_key,) if place_key else places_of(reading, claim_id)
    places = tuple(place for key in dict.fromkeys(keys) if (place := reading.place(key)))
    if places:
        _look_at(places)


def highlighted() -> tuple[str, ...]:
    """Keys of the places to make out on the small map."""
    reading, chosen = opened(), claim()
    if reading and chosen:
        return places_of(reading, chosen)
    key = place()
    return (key,) if key else ()


def places_of(reading: ReportReading, claim_id: str | None) -> tuple[str, ...]:
    """Keys of the located places of a claim of the report."""
    claims = (row for row in reading.claims if row.id == claim_id)
    return tuple(place.place_key for row in claims for place in row.places if place.place_key)


def claim() -> str | None:
    """Id of the open claim."""
    return _value(_CLAIM)


def place() -> str | None:
    """Key of the chosen place."""
    return _value(_PLACE)


def hidden() -> tuple[str, ...]:
    """Kinds of highlights that are switched off."""
    found: tuple[str, ...] = st.session_state.get(_HIDDEN, ())
    return found


def hide(kinds: tuple[str, ...]) -> None:
    """Switch kinds of highlights off, and all others on."""
    st.session_state[_HIDDEN] = tuple(kind for kind in KINDS if kind in kinds)


def look() -> int:
    """How often the words of a choice were to be brought into sight."""
    return int(st.session_state.get(_LOOK, 0))


def focus() -> Focus | None:
    """What the small map was last sent to."""
    found = st.session_state.get(_FOCUS)
    return found if isinstance(found, Focus) else None


def _look_everywhere() -> None:
    reading = opened()
    places = tuple(mark.place for mark in reading.marks) if reading else ()
    near = tuple(place for place in places if place.precision not in ("country", "sea", "vague"))
    _look_at(near or places)


def _look_at(places: tuple[PlaceRow, ...]) -> None:
    last = focus()
    st.session_state[_FOCUS] = Focus(places, (last.call if last else 0) + 1) if places else None


def _value(name: str) -> str | None:
    return st.session_state.get(name)
