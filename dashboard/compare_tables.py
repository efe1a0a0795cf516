"""The table twins of the page "Compare": everything its pictures show, in rows."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import disagreement, wording
from dashboard.comparison import Compared, lanes
from dashboard.language import t
from dashboard.markup import esc
from dashboard.range_plot import voice
from dashboard.rivals_view import as_written
from store.rivals import RivalGroup


def show(compared: Compared) -> None:
    """Contested numbers, disagreements, places, and what only one speaks of, each in a table."""
    tables = {
        t("Table of contested numbers"): contested_table(compared),
        t("Table of disagreements"): quarrels_table(compared),
        t("Table of places"): places_table(compared),
        t("Table of what only one says"): only_table(compared),
    }
    with st.container(key="ca-tables"):
        st.html(
            f'<h2 class="ca-section">{esc(t("Tables"))}</h2>'
            f'<p class="ca-note">{esc(t("Everything this page shows, in rows."))}</p>'
        )
        for at, (tab, (name, table)) in enumerate(zip(st.tabs(list(tables)), tables.items(), strict=True)):
            with tab:
                st.dataframe(table, hide_index=True, key=f"ca-table-compare-{at}", alt=name)


def contested_table(compared: Compared) -> pd.DataFrame:
    """One row a figure, with the day of its report and what it does to other figures of its claimant."""
    rows = [row for group in compared.contested for row in _figures(group, compared)]
    heads = [t("Of what"), t("Claimed by"), t("Date"), t("Number as written"), t("Number means"), t("Corrected later")]
    return pd.DataFrame(rows, columns=heads)


def _figures(group: RivalGroup, compared: Compared) -> list[tuple[object, ...]]:
    corrected = {pair.earlier for pair in group.corrections}
    return [
        (
            thing(group),
            voice(lane),
            line.published,
            as_written(line),
            wording.interval(line),
            t("yes") if index in corrected else "",
        )
        for lane in lanes(group, compared.role, compared.names)
        for index, line in lane.figures
    ]


def thing(group: RivalGroup) -> str:
    """What is counted, whose and where, as plain text."""
    whose = t("of {who}", who=group.whose) if group.whose else t("whose: not said")
    where = group.place.name if group.place else t("no place given")
    return f"{wording.kind(group.kind)} {whose}, {where}"


def quarrels_table(compared: Compared) -> pd.DataFrame:
    """One row for each two claims that cannot both be right."""
    rows = [
        (thing(group), disagreement.words(group, item), item.difference, item.since, item.until)
        for group in compared.contested
        for item in disagreement.of(group, _shown(group, compared))
    ]
    heads = [t("Of what"), t("Who disagrees with whom"), t("At least apart"), t("From"), t("Until")]
    return pd.DataFrame(rows, columns=heads)


def _shown(group: RivalGroup, compared: Compared) -> set[int]:
    return {index for lane in lanes(group, compared.role, compared.names) for index, _ in lane.figures}


def places_table(compared: Compared) -> pd.DataFrame:
    """One row a place, one column for each of those compared: numbers of claims."""
    columns: dict[str, list[object]] = {t("Place"): [place.name for place in compared.places]}
    for name in compared.names:
        columns[wording.claimant(name)] = [place.by.get(name, 0) for place in compared.places]
    return pd.DataFrame(columns)


def only_table(compared: Compared) -> pd.DataFrame:
    """One row for each place, kind of number or manner of speech that one alone speaks of."""
    rows: list[tuple[object, ...]] = []
    for name in compared.names:
        found, who = compared.only(name), wording.claimant(name)
        rows += [(who, t("Place"), place.name, n) for place, n in found.places]
        rows += [(who, t("Kind of number"), wording.kind(kind), n) for kind, n in found.kinds]
        rows += [(who, t("Manner of speech"), wording.manner(mode), n) for mode, n in found.modes]
    return pd.DataFrame(rows, columns=[t("Said only by"), t("What"), t("Which"), t("Claims")])
