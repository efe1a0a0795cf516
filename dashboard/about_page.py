"""How the page is to be read: what a claim is, how places are found, what stays uncertain, sources and privacy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from dashboard import theme
from dashboard.language import later, t

_SEE: Final = (
    later(
        "Claim Atlas reads news reports and keeps what they attribute to someone: every number of people or materiel, "
        "every statement, who says it, and the exact words. Nothing on the page is a fact of its own. A number is "
        "always “X said N”, and each leads to the sentence it rests on."
    ),
    later(
        "Numbers of different claimants are set beside each other and never added up, averaged or corrected. “More "
        "than 80,000” stays a lower bound; it is not turned into 80,000."
    ),
)
_MAP: Final = (
    later(
        "A disc stands for a town or an exact place. Its <b>area</b> is proportional to the number of claims about it, "
        "not to the numbers claimed."
    ),
    later(
        "The <b>ring’s colour</b> and the <b>code</b> below it name the side that claims. Several colours mean several "
        "sides."
    ),
    later(
        "Countries, regions and borders are <b>outlined areas with a label</b>. They are never pins, for nobody said "
        "where in them."
    ),
    later(
        "A <b>dashed outline</b> is an area derived from a phrase, such as the eastern third of a country for "
        "“eastern …”. The label is the phrase; the table says what it was derived from."
    ),
    later("A derived area <b>fades</b> from where the words surely mean to where they hardly do."),
    later(
        "“Disputed territory is drawn” chooses whose view decides what belongs to a country: the position of the "
        "General Assembly of the United Nations, or who governs it. It changes outlines, derived areas and the country "
        "that a place is said to be in."
    ),
    later(
        "Boundary lines that are disputed, ceasefire lines and lines of control are dashed. Land has one colour: the "
        "base map takes no side."
    ),
    later("A claim whose words name no place, or none that could be located, is listed under “Not on the map”."),
)
_LIMITS: Final = (
    later(
        "The reading is done by rules over a grammatical analysis, and it errs: speakers are missed, pronouns are "
        "resolved wrongly, a place name can be taken for its namesake. Every claim shows its own words, so that you "
        "can check it. A report without a date has no date here; none is guessed."
    ),
    later(
        "The page speaks English and French. Words of reports, names and downloads are never translated; what the "
        "operating system or the database says within a message stays English, and the calendar follows the browser."
    ),
)
_PRIVACY: Final = (
    later(
        "Reports, claims and filters stay in one file on this machine. The page loads nothing from other hosts; usage "
        "statistics are off. Two exceptions are yours to make, both off until you switch them on, and no link can do "
        "it for you. “Background map from the network” under the map asks OpenStreetMap’s tile server for pictures of "
        "the area you look at. “Ask online” on the Look up page sends the name you typed to the servers you tick there."
    ),
)
_SOURCES: Final = (
    ("GeoNames", later("place names, coordinates, populations, administrative units"), "CC BY 4.0"),
    ("Natural Earth", later("land, boundaries, shapes of countries and regions"), later("public domain")),
    ("Unicode CLDR", later("names of territories, numbers and dates by language"), "Unicode License v3"),
    ("airportsdata", later("airfields"), "MIT"),
    ("en_core_web_sm", later("grammatical analysis of English"), "MIT"),
    ("Leaflet", later("the map in the browser"), "BSD-2-Clause"),
    (
        later("OpenStreetMap tiles, only when switched on"),
        later("background pictures"),
        "ODbL; © OpenStreetMap contributors",
    ),
)
"""What ships, what for, and its licence; names of sources and licences are the same in every language."""


def render() -> None:
    """Draw the page."""
    theme.header(t("How to read it, where its data come from, and what it cannot know."))
    with st.container(key="ca-about"):
        st.html(f'<article class="ca-prose">{_article()}</article>')
    theme.footer()


def _article() -> str:
    how = "".join(f"<li>{t(text)}</li>" for text in _MAP)
    parts = (
        (t("What you see"), _paragraphs(_SEE)),
        (t("How the map is to be read"), f"<ul>{how}</ul>"),
        (t("What it cannot know"), _paragraphs(_LIMITS)),
        (t("Privacy"), _paragraphs(_PRIVACY)),
        (t("Sources and licences"), _table()),
    )
    return "".join(f"<h2>{heading}</h2>{body}" for heading, body in parts)


def _paragraphs(texts: Sequence[str]) -> str:
    return "".join(f"<p>{t(text)}</p>" for text in texts)


def _table() -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in (t("Source"), t("For"), t("Licence")))
    rows = "".join(f"<tr>{''.join(f'<td>{t(cell)}</td>' for cell in row)}</tr>" for row in _SOURCES)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
