"""The current view to take away: every export format, and the map as a picture. Files are made only when asked for.

What is asked for is made in a thread of its own, which knows no reader: language and filters are handed to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from dashboard import language, map_picture, raster, resources, state, wording
from dashboard.filter_bar import FIELDS
from dashboard.language import later, speaking, t
from dashboard.markup import esc
from dashboard.scene import Scene, to_svg
from dashboard.views import Overview, View
from geo.policy import Borders
from store.exports import EXPORTS, Export
from store.filters import Filters

_TEXTS: Final = "ca-download-texts"
_NAME: Final = "claim-atlas"
_PURPOSES: Final[Mapping[str, str]] = {
    "csv": later("a table, a row a claim"),
    "parquet": later("GeoParquet for analysis"),
    "geojson": later("for GIS programs and web maps"),
    "kml": later("for Google Earth"),
    "timelinejs": later("for TimelineJS"),
    "webannotation": later("W3C Web Annotation"),
    "events": later("a table shaped like UCDP GED and ACLED"),
    "html": later("one page with the map that opens from disk"),
}
_TITLES: Final[Mapping[str, str]] = {
    "csv": "CSV", "parquet": "Parquet", "geojson": "GeoJSON", "kml": "KML", "timelinejs": "TimelineJS",
    "webannotation": "JSON-LD", "events": "CSV (UCDP/ACLED)", "html": "HTML",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader looked at when he asked for a file."""

    filters: Filters
    borders: Borders
    language: str


def show(view: View, overview: Overview, *, picture: bool = True) -> None:
    """The button that unfolds the files; ``picture``: with the map as a picture among them."""
    asked = Asked(state.filters(), state.borders(), language.current())
    with st.popover(t("Download"), key="ca-download", disabled=not view.n, type="tertiary"):
        st.html(_head(view, overview))
        if picture:
            _button("PNG", t("the map as a picture"), ".png", "image/png", partial(png, asked))
            _button("SVG", t("the map as a drawing"), ".svg", "image/svg+xml", partial(svg, asked))
        texts = st.checkbox(
            t("With the whole texts of the reports"),
            key=_TEXTS,
            help=t("Texts belong to their publishers. Without this, files hold only the words of each claim."),
        )
        for export in EXPORTS.values():
            title = _TITLES.get(export.name, export.name.upper())
            purpose = t(_PURPOSES[export.name]) if export.name in _PURPOSES else export.purpose
            make = partial(content, export, asked.filters, texts=texts)
            _button(title, purpose, export.suffix, export.media_type, make)


def _head(view: View, overview: Overview) -> str:
    left = esc(wording.claims_left(view.n, overview.total))
    note = esc(t("Files hold what passes the filters. They are made when you ask for them."))
    return f'<p class="ca-download-head"><strong>{left}</strong></p><p class="ca-note">{note}</p>'


def _button(title: str, purpose: str, suffix: str, media_type: str, make: Callable[[], bytes]) -> None:
    st.download_button(
        f"**{title}** {purpose}",
        make,
        file_name=f"{_NAME}{suffix}",
        mime=media_type,
        key=f"ca-download-{suffix.strip('.').replace('.', '-')}",
        on_click="ignore",
        type="tertiary",
        width="stretch",
    )


def content(export: Export, filters: Filters, *, texts: bool) -> bytes:
    """A file of an export format; ``texts``: with the whole texts of the reports."""
    with resources.reading() as store:
        return export.content(store, filters, texts=texts)


def png(asked: Asked) -> bytes:
    """The map as PNG."""
    return raster.to_png(_scene(asked))


def svg(asked: Asked) -> bytes:
    """The map as SVG."""
    return to_svg(_scene(asked)).encode("utf-8")


def _scene(asked: Asked) -> Scene:
    view, overview = resources.view(asked.filters, asked.borders), resources.overview()
    with speaking(asked.language):
        left = wording.claims_left(view.n, overview.total)
        told = map_picture.Told(left, limits(asked.filters, view))
        bands = resources.bands((mark.place for mark in view.marks), asked.borders)
        return map_picture.draw(view.marks, overview.palette, most=overview.most, bands=bands, told=told)


def limits(filters: Filters, view: View) -> str:
    """The filters in force, in words: ``"Side: Ukraine, Russia. From 12 Apr 2021."``; empty without any."""
    parts = []
    for field, title in FIELDS:
        labels = {value.value: value.label for value in view.facets[field]}
        if chosen := getattr(filters, field):
            parts.append(f"{t(title)}: {', '.join(_named(field, value, labels) for value in chosen)}.")
    if filters.since:
        parts.append(f"{t('From')}: {wording.short_day(filters.since)}.")
    if filters.until:
        parts.append(f"{t('Until')}: {wording.short_day(filters.until)}.")
    return " ".join(parts)


def _named(field: str, value: str, labels: Mapping[str, str]) -> str:
    if field == "kinds":
        return wording.kind(value)
    return wording.manner(value) if field == "modes" else labels.get(value, value)
