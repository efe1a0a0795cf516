"""What one reader is looking at: filters and selection, in the session and in the address.

The session holds one :class:`~store.filters.Filters`, the place whose claims are listed and the claim that is open. The
address is their copy (:mod:`dashboard.address`); unknown names and values in it are dropped. Pages that restore more
than this add parameters of their own to what is written, and read them when :func:`read_address` says that the address
was read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import streamlit as st

from dashboard import address, resources
from dashboard.map import Focus
from geo.policy import BORDERS, Borders
from store.filters import Filters

_FILTERS: Final = "ca_filters"
_PLACE: Final = "ca_place"
_CLAIM: Final = "ca_claim"
_FOCUS: Final = "ca_focus"
_REVEAL: Final = "ca_reveal"
_WRITTEN: Final = "ca_address"
_WRITTEN_BORDERS: Final = "ca_borders_address"
_BORDERS: Final = "ca_borders"
_LINES: Final = "ca_said_lines"
PLACE_PARAMETER: Final = "at"
CLAIM_PARAMETER: Final = "claim"
BORDERS_PARAMETER: Final = "borders"
LINES_PARAMETER: Final = "lines"


def enter(page: str) -> None:
    """Tell which page is shown, before it is drawn. An open claim stays behind, unless the address names it."""
    if address.enter(page):
        st.session_state[_CLAIM] = None


def read_address() -> bool:
    """Take filters and selection from the address, if it is not as this session left it; True when it was taken."""
    given = address.news(_WRITTEN)
    if given is None:
        return False
    st.session_state[_FILTERS] = Filters.from_params(given)
    st.session_state[_PLACE] = _known_place(address.last(given, PLACE_PARAMETER))
    st.session_state[_BORDERS] = _known_view(address.last(given, BORDERS_PARAMETER))
    st.session_state[_LINES] = address.last(given, LINES_PARAMETER) == "1"
    claim_id = address.last(given, CLAIM_PARAMETER)
    st.session_state[_CLAIM] = claim_id if claim_id and resources.claim(claim_id) else None
    return True


def read_borders() -> None:
    """Take the view of borders alone from the address: for pages that show nothing of what is filtered or chosen."""
    given = address.news(_WRITTEN_BORDERS)
    if given is not None:
        set_borders(address.last(given, BORDERS_PARAMETER))


def write_borders() -> None:
    """Make the address a link to the page with this view of borders."""
    view = _chosen_borders()
    address.write(_WRITTEN_BORDERS, {BORDERS_PARAMETER: [view]} if view else {})


def write_address(more: Mapping[str, list[str]] | None = None) -> None:
    """Make the address a link to what is shown; ``more`` are the parameters of the page's own choices."""
    wanted = {**filters().to_params(), **(more or {})}
    chosen = (
        (BORDERS_PARAMETER, _chosen_borders()),
        (LINES_PARAMETER, "1" if with_lines() else None),
        (PLACE_PARAMETER, selected_place()),
        (CLAIM_PARAMETER, open_claim()),
    )
    address.write(_WRITTEN, {**wanted, **{name: [value] for name, value in chosen if value}})


def borders() -> Borders:
    """The view of disputed borders that is chosen, else the one of the settings."""
    return _known_view(st.session_state.get(_BORDERS)) or resources.settings().borders


def set_borders(wanted: str | None) -> None:
    """Choose a view of disputed borders; None and unknown ones are that of the settings."""
    st.session_state[_BORDERS] = _known_view(wanted)


def with_lines() -> bool:
    """True when lines lead from where claims were said to what they speak of."""
    return bool(st.session_state.get(_LINES))


def set_lines(wanted: object) -> None:
    """Draw these lines, or not."""
    st.session_state[_LINES] = bool(wanted)


def filters() -> Filters:
    """The filters in force."""
    found = st.session_state.get(_FILTERS)
    return found if isinstance(found, Filters) else Filters()


def set_filters(wanted: Filters) -> None:
    """Put other filters in force."""
    st.session_state[_FILTERS] = wanted


def limit(field: str, value: object) -> None:
    """Set one field of the filters."""
    set_filters(replace(filters(), **{field: value}))  # type: ignore[arg-type]


def only(field: str, name: str) -> None:
    """Limit one field to one name, and lift every other limit on actors and the selection of a place."""
    limits = {other: (name,) if other == field else () for other in ("actors", "sides", "whose")}
    set_filters(replace(filters(), **limits))  # type: ignore[arg-type]
    select_place(None)


def lift_actors(_: None = None) -> None:
    """Lift the limits on who claims."""
    set_filters(filters().without("actors", "sides"))


def clear_filters() -> None:
    """Lift every limit."""
    set_filters(Filters())


def selected_place() -> str | None:
    """Key of the place whose claims are listed; None for all places."""
    return st.session_state.get(_PLACE)


def select_place(key: str | None) -> None:
    """List the claims of one place, or of all; closes an open claim."""
    st.session_state[_PLACE] = key
    st.session_state[_CLAIM] = None
    st.session_state[_REVEAL] = reveal() + 1


def open_claim() -> str | None:
    """Id of the claim whose words are shown; None for the lists."""
    return st.session_state.get(_CLAIM)


def show_claim(claim_id: str | None) -> None:
    """Show a claim in its report and look at its place; None goes back to the lists."""
    st.session_state[_CLAIM] = claim_id
    st.session_state[_REVEAL] = reveal() + 1
    found = resources.claim(claim_id) if claim_id else None
    located = [place.place_key for place in found[0].places if place.place_key] if found else []
    if located:
        look_at(*located)


def look_at(*keys: str) -> None:
    """Move the map to places, once."""
    places = tuple(place for key in dict.fromkeys(keys) if (place := resources.place(key)))
    if places:
        last = focus()
        st.session_state[_FOCUS] = Focus(places, (last.call if last else 0) + 1)


def highlighted() -> tuple[str, ...]:
    """Keys of the places to make out on the map: those of the open claim, else the selected one."""
    claim_id = open_claim()
    found = resources.claim(claim_id) if claim_id else None
    if found:
        return tuple(place.place_key for place in found[0].places if place.place_key)
    key = selected_place()
    return (key,) if key else ()


def reveal() -> int:
    """How often the reader has chosen something whose answer stands beside the map."""
    return int(st.session_state.get(_REVEAL, 0))


def focus() -> Focus | None:
    """The last place the map was sent to."""
    found = st.session_state.get(_FOCUS)
    return found if isinstance(found, Focus) else None


def _chosen_borders() -> Borders | None:
    """The view that is chosen when it is not the one of the settings."""
    return borders() if borders() != resources.settings().borders else None


def _known_view(name: str | None) -> Borders | None:
    return next((view for view in BORDERS if view == name), None)


def _known_place(key: str | None) -> str | None:
    return key if key and resources.place(key) else None
