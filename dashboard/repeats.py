"""Where else a claim appears: in how many reports, how many of them stand on their own, and on which days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from dashboard import navigation, resources, wording
from dashboard.language import plural, t
from dashboard.lines import ClaimLine
from dashboard.markup import esc
from store.appearances import Appearance, Appearances, Seen
from store.claims import ClaimStore
from store.records import ClaimRow
from store.rivals import RivalGroup

_LISTED: Final = 8
"""Reports that a claim lists; more are counted."""


def in_words(seen: Seen) -> str:
    """``"in 4 reports, 2 independent; first 12 Apr 2021, last 14 Apr 2021"``; empty for a claim of one report."""
    if seen.reports < 2:
        return ""
    often = t("in {reports}, {n} independent", reports=plural(seen.reports, "report", "reports"), n=seen.stories)
    if seen.first is None or seen.last is None:
        return often
    first, last = wording.short_day(seen.first), wording.short_day(seen.last)
    days = t("all on {day}", day=first) if first == last else t("first {first}, last {last}", first=first, last=last)
    return f"{often}; {days}"


def of_lines(lines: Sequence[ClaimLine]) -> Mapping[str, Seen]:
    """How often each of these claims appears, by id."""
    return resources.asked(_seen, tuple(line.id for line in lines))


def _seen(store: ClaimStore, claim_ids: tuple[str, ...]) -> Mapping[str, Seen]:
    return store.seen(claim_ids)


def note(seen: Seen | None) -> str:
    """The words as a line of a card; nothing for a claim of one report."""
    words = in_words(seen) if seen else ""
    return f'<p class="ca-facts ca-seen">{esc(words)}</p>' if words else ""


def later_figure(group: RivalGroup, index: int) -> str:
    """Whether a claim of a group is a later figure of its claimant, or has one after it; empty for neither."""
    if any(pair.later == index for pair in group.later_figures):
        return t("later figure")
    return t("a later figure follows") if any(pair.earlier == index for pair in group.later_figures) else ""


def show(claim: ClaimRow) -> None:
    """The other reports that make the claim, each with the way to it; nothing when there is none."""
    found = resources.asked(_appearances, claim.id)
    others = [item for item in found.reports if item.report_id != claim.report_id]
    if not others:
        return
    with st.container(key="ca-repeats"):
        st.html(f'<h3 class="ca-section">{t("The same claim elsewhere")}</h3><p class="ca-note">{_sum(found)}</p>')
        own = {item.story for item in found.reports if item.report_id == claim.report_id}
        for item in others[:_LISTED]:
            navigation.link(
                "report", _label(item, is_copy=item.story in own), report=item.report_id, claim=item.claim_id
            )
        if len(others) > _LISTED:
            st.html(f'<p class="ca-note">{t("and {n} more", n=len(others) - _LISTED)}</p>')


def _appearances(store: ClaimStore, claim_id: str) -> Appearances:
    return store.appearances(claim_id)


def _sum(found: Appearances) -> str:
    words = in_words(found.seen)
    return esc(words[:1].upper() + words[1:] + ".")


def _label(item: Appearance, *, is_copy: bool) -> str:
    """Day and outlet; a label is Markdown, so what a report says of itself is stripped of its signs."""
    outlet = "".join(char for char in item.outlet or "" if char.isalnum() or char in " -'’")[:60].strip()
    named = outlet or t("outlet not known")
    day = wording.short_day(item.published)
    return t("{outlet}, {day}: the same text", outlet=named, day=day) if is_copy else f"{named}, {day}"
