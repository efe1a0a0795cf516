"""A box that finds claims, actors and places while the reader types, and what a choice leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from dashboard import libraries, resources, state, wording
from dashboard.language import later, plural, t, told
from dashboard.map import clipped
from errors import ClaimAtlasError
from store.claims import ClaimStore
from store.facets import FacetValue
from store.filters import Filters, acceptable
from store.rows import FoundClaim
from store.searching import Hits, words_of

_KEY: Final = "ca-search-box"
_CHOSEN: Final = "ca_search_chosen"
_SHORTEST: Final = 2
"""Characters from which a query is looked for: one letter is in everything."""
_FIELDS: Final[Mapping[str, str]] = {"actor": "actors", "side": "sides"}
_TITLES: Final = {
    "place": later("Places"), "actor": later("Who claims"), "side": later("Sides"), "claim": later("Claims"),
}  # fmt: skip

Found = tuple[Hits, list[FoundClaim]]
NOTHING: Final[Found] = (Hits(), [])


@st.fragment
def show() -> None:
    """Draw the box. A fragment of its own, so that typing asks nothing but what is found."""
    answer = libraries.component("search")(
        key=_KEY, data=payload(_query()), on_query_change=_typed, on_chosen_change=_choose
    )
    if answer is not None and st.session_state.pop(_CHOSEN, False):
        st.rerun()


def payload(query: str) -> dict[str, Any]:
    """What the component is handed: its own texts, and what was found for ``query``, group by group."""
    try:
        found, status = find(query), ""
    except ClaimAtlasError as error:
        found, status = NOTHING, told(error)
    groups = [{"title": t(_TITLES[kind]), "items": items} for kind, items in _groups(found) if items]
    return {
        "query": query,
        "label": t("Search claims, actors and places"),
        "placeholder": t("Search claims, actors, places"),
        "groups": groups,
        "status": status or _status(query, groups),
    }


def find(query: str) -> Found:
    """What the store has for a query; nothing for one that is too short."""
    if len("".join(words_of(query))) < _SHORTEST:
        return NOTHING
    return resources.asked(_search, query)


def _search(store: ClaimStore, query: str) -> Found:
    return store.search(query)


def _groups(found: Found) -> Iterator[tuple[str, list[dict[str, str]]]]:
    hits, claims = found
    for kind, values in (("place", hits.places), ("actor", hits.actors), ("side", hits.sides)):
        yield kind, [_value(kind, value) for value in values]
    yield "claim", [_claim(claim) for claim in claims]


def _value(kind: str, value: FacetValue) -> dict[str, str]:
    name = wording.claimant(value.label) if kind == "actor" else value.label
    return {"kind": kind, "value": value.value, "label": clipped(name, 80), "note": plural(value.n, "claim", "claims")}


def _claim(claim: FoundClaim) -> dict[str, str]:
    who, when = wording.claimant(claim.row.claimant), wording.short_day(claim.published)
    return {"kind": "claim", "value": claim.row.id, "label": clipped(claim.row.exact, 110), "note": f"{who}, {when}"}


def _status(query: str, groups: list[dict[str, Any]]) -> str:
    if len("".join(words_of(query))) < _SHORTEST:
        return ""
    n = sum(len(group["items"]) for group in groups)
    return plural(n, "suggestion", "suggestions") if n else t("Nothing has all of these words. Try fewer.")


def _query() -> str:
    given = _state().get("query")
    return given[:200] if isinstance(given, str) else ""


def _state() -> Mapping[str, Any]:
    found: Mapping[str, Any] = st.session_state.get(_KEY) or {}
    return found


def _typed() -> None:
    """The query is read where it is used; the component only needs to be listened to."""


def _choose() -> None:
    chosen = _state().get("chosen")
    if isinstance(chosen, dict) and acceptable(chosen.get("value")):
        st.session_state[_CHOSEN] = True
        lead_to(str(chosen.get("kind")), str(chosen["value"]))


def lead_to(kind: str, value: str) -> None:
    """Open a claim, select a place, or filter by an actor or a side; what the store has not is left alone."""
    if kind == "claim" and resources.claim(value):
        state.show_claim(value)
    elif kind == "place" and resources.place(value):
        state.select_place(value)
        state.look_at(value)
    elif kind in _FIELDS:
        wanted: Any = {_FIELDS[kind]: (value,)}
        narrowed = replace(state.filters(), **wanted)
        # Other filters stay, unless they leave nothing of what was looked for.
        state.set_filters(narrowed if resources.view(narrowed).n else Filters(**wanted))
        state.select_place(None)
