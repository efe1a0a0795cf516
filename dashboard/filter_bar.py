"""Lists to choose from <-> Filters. Each option says how many claims it would leave under the other filters.

The session's Filters are the truth: the lists are handed what is chosen, and a choice of the reader changes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import streamlit as st

from dashboard import pick_lists, player, review_words, state, wording
from dashboard.language import later, number, plural, t
from dashboard.map import clipped
from dashboard.pick_lists import PickList
from dashboard.timeline import Timeline, html
from dashboard.views import Overview, View
from store.facets import FacetValue
from store.filters import PARAMETERS, Filters

FIELDS: Final = (
    ("actors", later("Who claims")),
    ("sides", later("Side")),
    ("whose", later("Whose forces")),
    ("places", later("Place")),
    ("kinds", later("Kind of number")),
    ("modes", later("Kind of statement")),
    ("reports", later("Report")),
)
_NAMES: Final[Mapping[str, Callable[[str], str]]] = {
    "actors": wording.claimant, "kinds": wording.kind, "modes": wording.manner, "reviews": review_words.state,
}  # fmt: skip
"""Fields whose values are no names by themselves."""
_DATES: Final = (("since", later("From")), ("until", later("Until")))
_MOST_OPTIONS: Final = 400
"""Options a list shows; those beyond leave the fewest claims, and a chosen one is always among them."""
_OPTION_LENGTH: Final = 48
_SEARCHED: Final = frozenset({"actors", "sides", "places"})
"""Fields whose values the search box finds, too."""
_BRUSH: Final = "ca-days"
"""Key of the slider in use and the value it began with; the slider's own key is numbered."""
_LISTS: Final = "ca-filter-lists"
FOLD: Final = "ca-fold"


def show(view: View) -> None:
    """Draw the filter bar."""
    pick_lists.show(_LISTS, list(lists(view)), choose)


def lists(view: View) -> Iterator[PickList]:
    """The list of each filter, with what is chosen now."""
    for field, label in FIELDS:
        yield of_field(field, t(label), in_words(field, view.facets[field]))
    states = view.facets["reviews"]
    if any(item.value != "none" for item in states):  # until something was decided there is nothing to choose
        yield of_field("reviews", t("Review"), in_words("reviews", states))
    for field, label in _DATES:
        yield _days(field, t(label), view.facets["published"])


def choose(field: str, values: Sequence[str]) -> None:
    """Limit one field to these values, written as in an address; those that it cannot have are dropped."""
    wanted = {**state.filters().to_params(), PARAMETERS[field]: list(values)}
    state.set_filters(Filters.from_params(wanted))


def summary(view: View, overview: Overview) -> None:
    """How many claims are left, in words, and the way to lift all filters."""
    active = sum(bool(values) for values in state.filters().to_params().values())
    with st.container(key="ca-summary", horizontal=True, vertical_alignment="center", width="content"):
        left = wording.claims_left(view.n, overview.total)
        places = plural(len(view.marks), "place", "places")
        words = t("{claims} at {places}", claims=f"<strong>{left}</strong>", places=places)
        st.html(f'<p class="ca-left" role="status">{words}</p>', width="content")
        # On a phone this switch folds the filters away; the style sheet hides it elsewhere.
        st.checkbox(t("Filters ({n})", n=active) if active else t("Filters"), key=FOLD, on_change="ignore")
        st.button(
            t("Clear filters"), key="ca-clear", on_click=state.clear_filters, disabled=not active, type="tertiary"
        )


def brush(view: View, overview: Overview) -> None:
    """Bars of claims in time over a slider with two ends, which are the same limits as "From" and "Until"."""
    timeline = overview.timeline
    if timeline is None:
        return
    chosen = timeline.chosen(state.filters().since, state.filters().until)
    with st.container(key="ca-time"):
        st.html(html(timeline, timeline.counts(view.facets["published"]), chosen))
        key, start = _brush_widget(chosen)
        st.select_slider(
            t("Published"),
            range(len(timeline.starts)),
            start,
            format_func=lambda bar: wording.short_day(timeline.starts[bar]),
            key=key,
            on_change=_brushed,
            args=(timeline, key),
            label_visibility="collapsed",
        )
        player.show(timeline)


def _brush_widget(chosen: tuple[int, int]) -> tuple[str, tuple[int, int]]:
    """Key and first value of the slider. It is made anew only when the range was changed elsewhere, so that a reader
    who moves it with the keyboard keeps it in focus."""
    key, start = st.session_state.get(_BRUSH, (f"{_BRUSH}-0", chosen))
    if tuple(st.session_state.get(key, start)) != chosen:
        key, start = f"{_BRUSH}-{int(key.rpartition('-')[2]) + 1}", chosen
    st.session_state[_BRUSH] = key, start
    return key, start


def _brushed(timeline: Timeline, key: str) -> None:
    player.stop()
    since, until = timeline.limits(*st.session_state[key])
    state.limit("since", since)
    state.limit("until", until)


def in_words(field: str, found: Sequence[FacetValue]) -> list[FacetValue]:
    """The values of a filter with the names that cards and tables give them, in the reader's language."""
    name = _NAMES.get(field)
    return [replace(item, label=name(item.value)) if name else item for item in found]


def of_field(field: str, label: str, found: Sequence[FacetValue]) -> PickList:
    """The list of one filter: the values with the most claims, and those that are chosen."""
    chosen = getattr(state.filters(), field)
    labels = option_labels(found, chosen)
    if len(labels) < len(found):
        nothing, more = t("More than {n}", n=_MOST_OPTIONS), _more(field)
    else:
        nothing, more = t("Any of {n}", n=len(labels)) if labels else t("None"), ""
    return PickList(field, label, labels, chosen, nothing, more=more)


def _more(field: str) -> str:
    """Where the options are that a list leaves out."""
    words = t("These {n} have the most claims. Others come up when another filter narrows the view.", n=_MOST_OPTIONS)
    return f"{words} {t('The search box finds all.')}" if field in _SEARCHED else words


def _days(field: str, label: str, found: Sequence[FacetValue]) -> PickList:
    chosen: date | None = getattr(state.filters(), field)
    labels = day_labels(found, chosen)
    return PickList(field, label, labels, [chosen.isoformat()] if chosen else [], t("Any day"), most=1)


def option_labels(found: Sequence[FacetValue], chosen: Sequence[str] = ()) -> dict[str, str]:
    """Words of each option by value, ``"Russia · 12"``; no two are the same, for the widget tells them by words."""
    kept = [item for i, item in enumerate(found) if i < _MOST_OPTIONS or item.value in chosen]
    labels: dict[str, str] = {}
    taken: set[str] = set()
    for item in kept:
        name, words, again = clipped(item.label, _OPTION_LENGTH), "", 1
        while not words or words in taken:
            words = f"{name}{f' ({again})' if again > 1 else ''} · {number(item.n)}"
            again += 1
        taken.add(words)
        labels[item.value] = words
    return labels


def day_labels(found: Sequence[FacetValue], chosen: date | None) -> dict[str, str]:
    """Words of each day by its ISO date; the chosen day is among them even when no report is of that day."""
    days = {item.value: item.n for item in found}
    if chosen:
        days.setdefault(chosen.isoformat(), 0)
    return {day: f"{wording.short_day(date.fromisoformat(day))} · {number(days[day])}" for day in sorted(days)}
