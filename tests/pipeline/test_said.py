"""Where a claim was said: by its words, else by a dateline that says so of itself, else not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.model import PlaceMention, Report
from geo.model import Place
from pipeline.run import Annotation
from store.records import ClaimRow
from tests.pipeline.fakes import CRIMEA, count, extraction, fake_engine, mention, span, statement

KOSTI = Place("gn:1", "Kosti", 13.2, 32.7, "city", 10.0, "SD", confidence=0.9)
MOSCOW = replace(KOSTI, key="gn:2", name="Moscow")
PLACES = {"Crimea": CRIMEA, "Moscow": MOSCOW, "Ukraine": KOSTI}
WORDS = mention("Moscow")
DATELINE = replace(mention("Ukraine"), role="dateline")


def annotated(*places: PlaceMention, **found: object) -> Annotation:
    return fake_engine(extraction(places=places, **found), PLACES).annotate(extraction().report)


def claims(*places: PlaceMention, **found: object) -> list[ClaimRow]:
    return annotated(*places, **found).to_rows()[1]


def test_the_words_of_the_reporting_clause_go_before_the_dateline() -> None:
    (claim,) = claims(DATELINE, WORDS, statements=(replace(statement(), said_at=WORDS.span),))
    assert (claim.said_at, claim.said_basis) == (MOSCOW.key, "words")
    assert claim.spans["said_at"] == ((WORDS.span.start, WORDS.span.end),)


def test_without_such_words_the_dateline_stands_in_and_is_marked_as_one() -> None:
    (claim,) = claims(DATELINE, statements=(statement(),))
    assert (claim.said_at, claim.said_basis) == (KOSTI.key, "dateline")
    assert "said_at" not in claim.spans


def test_without_words_and_dateline_it_is_not_known_though_the_claimant_has_a_seat() -> None:
    (claim,) = claims(mention("Ukraine", "actor"), statements=(statement(),))
    assert (claim.said_at, claim.said_basis) == (None, None)


def test_words_that_could_not_be_located_are_not_replaced_by_the_dateline() -> None:
    lost = mention("Moscow")
    found = extraction(places=(DATELINE, lost), statements=(replace(statement(), said_at=lost.span),))
    (claim,) = fake_engine(found, {"Ukraine": KOSTI}).annotate(found.report).to_rows()[1]
    assert (claim.said_at, claim.said_basis) == (None, "words")


def test_a_number_is_said_where_the_statement_of_its_claimant_was_made() -> None:
    told = replace(statement(), said_at=WORDS.span)
    number = next(claim for claim in claims(WORDS, counts=(count(),), statements=(told,)) if claim.kind == "count")
    assert (number.said_at, number.said_basis) == (MOSCOW.key, "words")


def test_a_number_in_the_reports_own_voice_is_where_the_report_comes_from() -> None:
    own = replace(count(), claimant="reporter")
    told = replace(statement(), said_at=WORDS.span)
    number = next(c for c in claims(DATELINE, WORDS, counts=(own,), statements=(told,)) if c.kind == "count")
    assert (number.said_at, number.said_basis) == (KOSTI.key, "dateline")


@pytest.mark.parametrize(("between", "basis"), [("/", None), (" and ", None), (", ", "dateline")])
def test_a_dateline_of_two_cities_tells_nothing_and_one_with_its_country_the_city(
    between: str, basis: str | None
) -> None:
    head = f"KOSTI{between}RABAK (Desk) - "
    report = Report(text=head + extraction().report.text)
    places = [
        replace(mention(name, text=report.text), name=found, role="dateline")
        for name, found in (("KOSTI", "Ukraine"), ("RABAK", "Moscow"))
    ]
    content = span(statement().content.text, report.text)
    found = replace(
        extraction(), report=report, places=tuple(places), statements=(replace(statement(), content=content, cue=None),)
    )
    (claim,) = fake_engine(found, PLACES).annotate(report).to_rows()[1]
    assert (claim.said_basis, claim.said_at) == (basis, KOSTI.key if basis else None)


def test_a_line_of_json_says_it_too() -> None:
    line = annotated(WORDS, statements=(replace(statement(), said_at=WORDS.span),)).to_json()
    (told,) = line["statements"]  # type: ignore[misc]
    assert told["said_at"] == {
        "start": WORDS.span.start, "end": WORDS.span.end, "text": "Moscow", "basis": "words", "key": MOSCOW.key,
        "lat": MOSCOW.lat, "lon": MOSCOW.lon,
    }  # fmt: skip
    assert annotated(statements=(statement(),)).to_json()["statements"][0]["said_at"] is None  # type: ignore[index]


def test_every_place_of_a_report_is_kept_whether_a_claim_speaks_of_it_or_not() -> None:
    report, _, places = annotated(mention("Crimea"), WORDS, mention("Russia", "actor")).to_rows()
    kept = {report.text[each.start : each.end]: (each.place_key, each.kind) for each in report.mentions}
    assert kept == {"Crimea": (CRIMEA.key, "literal"), "Moscow": (MOSCOW.key, "literal"), "Russia": (None, "actor")}
    assert {place.key for place in places} == {CRIMEA.key, MOSCOW.key}


def test_a_word_of_nationality_is_no_place_of_the_report() -> None:
    russian = replace(mention("Russia", "attributive"), name="Russian Federation")
    report, _, places = annotated(russian).to_rows()
    assert (report.mentions, places) == ((), [])
