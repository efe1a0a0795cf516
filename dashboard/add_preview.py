"""A draft before it is stored: what is known of the report, which its reader completes, its claims and its places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import streamlit as st
from streamlit_folium import st_folium

from dashboard import claims_view, resources, theme
from dashboard import map as atlas
from dashboard.add_forms import date_of
from dashboard.jobs import Item, Job
from dashboard.language import number, plural, t
from dashboard.lines import ClaimLine, from_row
from dashboard.map import Focus
from dashboard.sides import Palette, parts_of
from pipeline.intake import Draft
from store.marks import Mark

_SHOWN: Final = 6
_MOST_SHOWN: Final = 200
_HEIGHT: Final = 340


def show(job: Job) -> None:
    """One draft after the other; with several, which one is chosen first."""
    index = _choice(job) if len(job.items) > 1 else 0
    item = job.items[index]
    key = f"{job.name[:8]}-{index}"
    left, right = st.columns([1, 1.1], gap="medium")
    with left:
        if len(job.items) > 1:
            item.wanted = st.checkbox(t("Store this report"), item.wanted, key=f"ca-draft-{key}-wanted")
        _facts(job, index, key)
        theme.note(_language(item.draft))
    palette = _palette(item.draft)
    with right:
        _map(item.draft, palette, job, index)
    _claims(item.draft, palette, key)


def _choice(job: Job) -> int:
    """Which draft is looked at."""
    job.reviewed = st.selectbox(
        t("Look at"),
        range(len(job.items)),
        min(job.reviewed, len(job.items) - 1),
        format_func=lambda index: f"{index + 1}. {_title(job.items[index])}",
        key=f"ca-draft-{job.name[:8]}",
    )
    return job.reviewed


def _title(item: Item) -> str:
    """Its title; of a report that has none, the first words."""
    report = item.draft.report
    return atlas.clipped(report.title, 90) if report.title else f"“{atlas.clipped(report.text[:400].strip(), 70)}”"


def _facts(job: Job, index: int, key: str) -> None:
    """Title, outlet and date, as found or as their reader completes them."""
    item = job.items[index]
    report = item.draft.report
    title = st.text_input(t("Title"), report.title or "", key=f"ca-draft-{key}-title", max_chars=300)
    left, right = st.columns(2)
    with left:
        outlet = st.text_input(t("Outlet"), report.outlet or "", key=f"ca-draft-{key}-outlet", max_chars=120)
    with right:
        published = date_of(f"ca-draft-{key}-date", report.published)
    job.complete(index, title=title.strip() or None, outlet=outlet.strip() or None, published=published)
    if published is None:
        theme.note(
            t("No date was found. Without one the report is kept as undated; it is never guessed."), role="status"
        )
    elif published != item.read_at:
        theme.note(
            t("The report is read again with this date when you store it: it decides who held which office."),
            role="status",
        )


def _language(draft: Draft) -> str:
    counts = sum(claim.kind == "count" for claim in draft.claims)
    return t(
        "Read as English. {numbers} and {statements} at {places}.",
        numbers=plural(counts, "number", "numbers"),
        statements=plural(len(draft.claims) - counts, "statement", "statements"),
        places=plural(len(draft.places), "place", "places"),
    )


def _palette(draft: Draft) -> Palette:
    """The colours of the store, and after them those of sides that are new."""
    own = Counter(part for claim in draft.claims for part in parts_of(claim.side))
    return Palette.of([*resources.overview().palette.order, *(side for side, _ in own.most_common())])


def _map(draft: Draft, palette: Palette, job: Job, index: int) -> None:
    marks = marks_of(draft)
    focus = Focus(tuple(mark.place for mark in marks), index + 1) if marks else None
    group = atlas.marks_group(marks, palette, most=max((mark.n for mark in marks), default=1), focus=focus)
    with st.container(key="ca-draft-map"):
        st_folium(
            atlas.base_map(resources.map_libraries()),
            key=f"ca-draft-atlas-{job.name[:8]}",
            feature_group_to_add=group,
            returned_objects=[],
            use_container_width=True,
            height=_HEIGHT,
        )


def marks_of(draft: Draft) -> list[Mark]:
    """The marks that a draft would put on the map: a claim counts once at each of its places, as in the store."""
    found = []
    for place in draft.places:
        claims = [claim for claim in draft.claims if any(at.place_key == place.key for at in claim.places)]
        if not claims:  # a place that the report only names
            continue
        counts = sum(claim.kind == "count" for claim in claims)
        sides: Counter[str | None] = Counter(side for claim in claims for side in parts_of(claim.side) or (None,))
        found.append(Mark(place, len(claims), counts, len(claims) - counts, tuple(sides.most_common())))
    return sorted(found, key=lambda mark: (-mark.n, mark.place.key))


def _claims(draft: Draft, palette: Palette, key: str) -> None:
    """The claims with their words: some, and all of them on demand."""
    lines = lines_of(draft)
    title = t("Claims")
    st.html(f'<h3 class="ca-section">{title} <span class="ca-count">{number(len(lines))}</span></h3>')
    if not lines:
        theme.note(
            t("No number and no statement was found. You can store the report all the same: its text is kept."),
            role="status",
        )
    opened = bool(st.session_state.get(f"ca-draft-{key}-all"))
    shown = lines[: _MOST_SHOWN if opened else _SHOWN]
    cards = "".join(f'<div class="ca-draft-claim">{claims_view.body(line, palette)}</div>' for line in shown)
    st.html(f'<div class="ca-draft-claims">{cards}</div>')
    if len(lines) > _SHOWN:
        st.checkbox(t("Show all {claims}", claims=plural(len(lines), "claim", "claims")), key=f"ca-draft-{key}-all")


def lines_of(draft: Draft) -> Sequence[ClaimLine]:
    """The claims as lists show them, in the order of the text."""
    names = {place.key: place.name for place in draft.places}
    return [
        replace(
            from_row(claim, draft.report.published),
            places=tuple((at.place_key, names[at.place_key]) for at in claim.places if at.place_key),
        )
        for claim in sorted(draft.claims, key=lambda claim: claim.start)
    ]
