"""What a claim is and how the map is to be read; the method, its figures and limits; sources, borders and privacy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from dashboard import border_policy, figures, state, theme
from dashboard.language import later, number, percent, t

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
_METHOD: Final = (
    later(
        "<b>Text.</b> Captions, teasers and comment rules are set aside; what is left is parsed into sentences and "
        "their grammar by spaCy with en_core_web_sm, on this machine. The same text always gives the same claims."
    ),
    later(
        "<b>Places.</b> Names are found by grammar and by a gazetteer of some 300,000 places. All names of a report "
        "are weighed together: kind and population of each bearer, what the others lie in and near. “Eastern …”, "
        "borders and coasts become areas by rules over the shapes of what they name."
    ),
    later(
        "<b>Numbers.</b> A number is kept when it counts people, units or materiel, with its bounds as written: “more "
        "than”, “up to”, “dozens”. It is never converted, and belongs to whoever the text says gives it."
    ),
    later(
        "<b>Statements.</b> Verbs and nouns of speech, quotation marks and phrases such as “according to” show what is "
        "said and by whom, through layers of reporting. Pronouns and titles are led back to a name, and a name to its "
        "side, by the report’s own words first and a table of offices by date after."
    ),
    later(
        "<b>How sure.</b> Each reading says how often readings of its kind were right in annotated texts. The doubtful "
        "come first on the Review page, and what people decide there outlasts every later reading."
    ),
    later(
        "<b>Repetition.</b> Copies and rewrites of one story count as one source, so a claim is not confirmed by its "
        "own echo; each report of them stays listed."
    ),
)
_FIGURES: Final = later(
    "Shares of what people have annotated, as the project’s quality gate holds them: no change may fall below. The "
    "errors in the seventeen stories were read while the rules were made, so expect less from other texts: when the "
    "last six of them were read for the first time, finding statements reached {first} of 1 (F1), where all seventeen "
    "reach {now} today."
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
    """Draw the page: sections that flow into columns where there is room for two."""
    state.read_borders()
    state.write_borders()
    theme.header(t("How to read it, where its data come from, and what it cannot know."))
    shares = figures.shares()
    with st.container(key="ca-about"):
        _section(t("What you see"), _paragraphs(_SEE))
        _section(t("How the map is to be read"), _list("ul", _MAP))
        border_policy.choose()
        _section(t("How a report is read"), _list("ol", _METHOD))
        _section(t("How well, as measured"), _figures(shares))
        _section(t("What it cannot know"), _paragraphs(_LIMITS))
        _section(t("Privacy"), _paragraphs(_PRIVACY))
        _section(t("Sources and licences"), _sources())
    theme.footer()


def _section(heading: str, body: str) -> None:
    st.html(f'<section class="ca-prose"><h2>{heading}</h2>{body}</section>')


def _paragraphs(texts: Sequence[str]) -> str:
    return "".join(f"<p>{t(text)}</p>" for text in texts)


def _list(kind: str, texts: Sequence[str]) -> str:
    return f"<{kind}>{''.join(f'<li>{t(text)}</li>' for text in texts)}</{kind}>"


def _figures(shares: Mapping[str, float]) -> str:
    told = t(_FIGURES, first=number(figures.FIRST_READ), now=number(shares[figures.STATEMENTS]))
    return f"<p>{told}</p>" + "".join(_measured(measured, shares) for measured in figures.MEASURED)


def _measured(measured: figures.Measured, shares: Mapping[str, float]) -> str:
    rows = ((t(words), percent(shares[name])) for name, words in measured.rows.items())
    body = "".join(f'<tr><th scope="row">{words}</th><td>{share}</td></tr>' for words, share in rows)
    return f'<table class="ca-figures"><caption>{t(measured.texts)}</caption><tbody>{body}</tbody></table>'


def _sources() -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in (t("Source"), t("For"), t("Licence")))
    rows = "".join(f"<tr>{''.join(f'<td>{t(cell)}</td>' for cell in row)}</tr>" for row in _SOURCES)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
