"""Cards at the head of the lists: what is said by, of, to and at an actor or a place, and over which days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import streamlit as st

from dashboard import resources, state, wording
from dashboard.language import plural, t
from dashboard.lines import ClaimLine
from dashboard.markup import chip, esc, joined
from dashboard.sides import Palette, Side
from dashboard.views import View
from store.claims import ClaimStore
from store.facets import FacetValue
from store.filters import Filters
from store.portraits import Portrait, Tally
from store.records import PlaceRow

_SIDES_SHOWN: Final = 6
_SPELLINGS: Final = 5


def place_card(place: PlaceRow, country: str | None, view: View, rivals: int, palette: Palette) -> None:
    """The selected place: how exactly it is known, what is said at it under the filters, and the way back.

    :param country: name of its country in the chosen view of borders.
    :param view: the claims at the place.
    """
    inside = f", {esc(country, limit=60)}" if country and country != place.name else ""
    derived = t("Area derived from {phrase}", phrase=place.derived_from) if place.derived_from else ""
    days = [date.fromisoformat(day.value) for day in view.facets["published"] if day.n]
    tally = Tally(view.n, sum(mark.n_counts for mark in view.marks if mark.place.key == place.key), *_ends(days))
    sides = next((mark.sides for mark in view.marks if mark.place.key == place.key), ())
    with st.container(key="ca-place-head"):
        _title(t("Place"), place.name, t("All places"), "ca-all-places")
        st.html(
            f'<div class="ca-place"><p class="ca-note">{esc(joined_words(place))}{inside}</p>'
            f"{_spellings(place, view.table)}"
            f"{f'<p class=ca-note>{esc(derived, limit=400)}</p>' if derived else ''}"
            f'<p class="ca-card-line">{_line(tally, rivals)}</p>{_shares(sides, palette)}</div>'
        )
        _ways(resources.asked(portrait_of, place.name))


def actor_card(filters: Filters, rivals: int, palette: Palette) -> None:
    """The one actor, or the one side, whose claims are listed; nothing when several are, or none."""
    named = [(field, values) for field in ("actors", "sides") if (values := getattr(filters, field))]
    if len(named) != 1 or len(named[0][1]) != 1:
        return
    field, (name,) = named[0]
    found = resources.asked(portrait_of, name)
    own = found.said if field == "actors" else found.spoken_for
    with st.container(key="ca-actor-head"):
        kicker = t("Who claims") if field == "actors" else t("Side")
        _title(kicker, wording.claimant(name), t("Everybody"), "ca-everybody")
        sides = [palette.side(side.value) for side in found.sides if field == "actors"]
        chips = " ".join(f"{chip(side)} {esc(side.label, limit=60)}" for side in sides[:3])
        st.html(
            f'<div class="ca-place">{f"<p class=ca-note>{chips}</p>" if chips else ""}'
            f'<p class="ca-card-line">{_line(own, rivals)}</p>{_places(found.places)}</div>'
        )
        _ways(found, left_out=(field,))


def _spellings(place: PlaceRow, lines: Sequence[ClaimLine]) -> str:
    """How the reports write the place, the most frequent first; nothing where all write the official name."""
    found = Counter(text for line in lines for key, text in line.written if key == place.key)
    other = [text for text, _ in found.most_common() if wording.place(text, place.name) != text]
    if not other:
        return ""
    words = t("In the reports: {names}", names=", ".join(other[:_SPELLINGS]))
    return f'<p class="ca-note">{esc(words, limit=160)}</p>'


def portrait_of(store: ClaimStore, name: str) -> Portrait:
    """What the store has of an actor."""
    return store.portrait(name)


def joined_words(place: PlaceRow) -> str:
    """How exactly the place is known, in words."""
    words = wording.precision(place.precision)
    return t("{words}, within {n} km", words=words, n=round(place.radius_km)) if place.radius_km >= 1 else words


def _title(kicker: str, name: str, label: str, key: str) -> None:
    lift = state.select_place if key == "ca-all-places" else state.lift_actors
    with st.container(key=f"{key}-row", horizontal=True, vertical_alignment="center"):
        title = f'<span class="ca-kicker">{esc(kicker)}</span><h2>{esc(name, limit=90)}</h2>'
        st.html(f'<div class="ca-place">{title}</div>', width="stretch")
        st.button(label, key=key, on_click=lift, args=(None,))


def _line(tally: Tally, rivals: int) -> str:
    """Counts and days, in words."""
    parts = [
        plural(tally.n_counts, "number", "numbers") if tally.n_counts else "",
        plural(tally.n_statements, "statement", "statements") if tally.n_statements else "",
        plural(rivals, "rival number", "rival numbers") if rivals else "",
        days_words(tally.first, tally.last),
    ]
    return joined([f"<span>{esc(part)}</span>" for part in parts if part])


def days_words(first: date | None, last: date | None) -> str:
    """From the first day to the last; one day alone; nothing when no day is known."""
    if first is None or last is None:
        return ""
    if first == last:
        return wording.short_day(first)
    return t("{first} to {last}", first=wording.short_day(first), last=wording.short_day(last))


def _ends(days: Iterable[date]) -> tuple[date | None, date | None]:
    known = sorted(days)
    return (known[0], known[-1]) if known else (None, None)


def _shares(sides: Sequence[tuple[str | None, int]], palette: Palette) -> str:
    """Who makes the claims, as one bar and in words: the words say all that the bar shows."""
    shown: list[tuple[Side, int]] = [(palette.side(name), n) for name, n in sides[:_SIDES_SHOWN]]
    if not shown:
        return ""
    bar = "".join(f'<i style="flex:{n};background:{side.colour}"></i>' for side, n in shown)
    items = "".join(f"<li>{chip(side)} <span>{esc(side.label, limit=40)}</span> <b>{n}</b></li>" for side, n in shown)
    rest = sum(n for _, n in sides[_SIDES_SHOWN:])
    more = f"<li>{esc(t('others'))} <b>{rest}</b></li>" if rest else ""
    return f'<div class="ca-shares" aria-hidden="true">{bar}</div><ul class="ca-shares-list">{items}{more}</ul>'


def _places(places: Sequence[FacetValue]) -> str:
    """Where the claims are, most first."""
    if not places:
        return ""
    named = ", ".join(f"{esc(place.label, limit=50)} <b>{place.n}</b>" for place in places)
    return f'<p class="ca-note">{esc(t("Speaks of"))}: {named}</p>'


def _ways(found: Portrait, *, left_out: Sequence[str] = ()) -> None:
    """Buttons to what the actor of this name says, and what is said of it. No word of a report stands on them."""
    ways = (
        ("actors", "ca-way-actors", found.said.n, t("What it says: {n}", n=found.said.n)),
        ("sides", "ca-way-sides", found.spoken_for.n, t("What its side says: {n}", n=found.spoken_for.n)),
        ("whose", "ca-way-whose", found.counted.n, t("Numbers of its own people and things: {n}", n=found.counted.n)),
    )
    open_ways = [way for way in ways if way[2] and way[0] not in left_out]
    if open_ways or found.addressed.n:
        with st.container(key="ca-ways-of", horizontal=True):
            for field, key, _, label in open_ways:
                st.button(label, key=key, on_click=state.only, args=(field, found.name), type="tertiary")
            if found.addressed.n:
                said = plural(found.addressed.n, "statement is addressed to it", "statements are addressed to it")
                st.html(f'<p class="ca-note">{esc(said)}</p>', width="content")
