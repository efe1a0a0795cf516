"""The whole of extraction holds its promises on any text."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extract.actors import ActorBook
from extract.extractor import Extractor, home_country
from extract.model import Extraction, PlaceMention, Report, Span
from tests.extract.places_names import Names

WORDS = (
    "more than 80,000 troops", "said", "“", "”", "of", "in", "near", "Ukraine", "its", "eastern", "border", "30 km",
    "north of", "Kiev", "accused", "Russia", "of massing", ",", ".", "?", "-", "—", "(", ")", "and", "at least",
    "a dozen", "hundreds", "killed", "were", "people", "one", "2014", "-strong", "from", "\n",
    "\n\n", "al-", "province",
    "according to", "that", "where", "they", "He", "reportedly", "US-led", "coast", "the country", "'s", "including",
    "toll rose to 21", "KOSTI (VN) —", "Read also:", "half a million", "\u200b", "\ufeff", "\ud800", "<b>", "°", "٣",
)  # fmt: skip
broken = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(max_size=80)


@pytest.fixture(scope="module")
def extractor(model: Language, book: ActorBook) -> Extractor:
    return Extractor(model, Names(), book)


def spans(found: Extraction) -> Iterator[Span]:
    yield from found.sentences
    yield from (p.span for p in found.places)
    yield from (a.span for a in found.actors)
    for count in found.counts:
        yield from (count.span, count.number, *count.places)
    for statement in found.statements:
        yield from statement.runs
        yield from (s for s in (statement.cue, statement.speaker) if s is not None)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(broken)
def test_any_text_gives_records_whose_spans_match_it(extractor: Extractor, text: str) -> None:
    found = extractor.extract(Report(text=text))
    for span in spans(found):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    for count in found.counts:
        assert count.span.contains(count.number)
        assert count.low is not None or count.high is not None


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(broken)
def test_the_same_text_gives_the_same_records(extractor: Extractor, text: str) -> None:
    assert extractor.extract(Report(text=text)) == extractor.extract(Report(text=text))


def test_an_empty_report_holds_nothing(extractor: Extractor) -> None:
    found = extractor.extract(Report(text=""))
    assert (found.sentences, found.places, found.counts, found.statements) == ((), (), (), ())


def test_records_come_in_text_order(extractor: Extractor) -> None:
    found = extractor.extract(Report(text="Norway said 12 men were killed in Kosti. Three boats left El Obeid."))
    for records in (found.places, found.counts):
        assert [r.span for r in records] == sorted(r.span for r in records)


def test_boilerplate_yields_sentences_but_no_claims(extractor: Extractor) -> None:
    text = "Twelve men were killed in Kosti."
    found = extractor.extract(Report(text=text, boilerplate=((0, len(text)),)))
    assert found.sentences
    assert (found.places, found.counts, found.statements) == ((), (), ())


def test_a_report_finds_its_counts_places_and_statements_together(extractor: Extractor) -> None:
    text = "Ukraine has accused Russia of massing more than 80,000 troops near its eastern border and in Crimea."
    found = extractor.extract(Report(text=text, published=date(2020, 1, 1)))
    count = found.counts[0]
    assert (count.low, count.whose, count.claimant) == (80_000, "Russia", "Ukraine")
    assert [p.text for p in count.places] == ["its eastern border", "Crimea"]
    assert found.statements[0].mode == "accuse"


def test_the_home_country_is_where_most_places_lie() -> None:
    kosti = PlaceMention(Span(0, 5, "Kosti"), "Kosti", "literal")
    oslo = PlaceMention(Span(9, 13, "Oslo"), "Oslo", "literal")
    assert home_country([kosti, kosti, oslo], Names()) == "Sudan"
    assert home_country([kosti, oslo], Names()) is None


@pytest.mark.parametrize(
    "text",
    [
        "The ministry saw " + ", ".join(f"{n} soldiers and {n + 1} tanks" for n in range(100, 850)) + " in Kosti.",
        ", ".join(f"{n} men were killed in Kosti, and" for n in range(2, 700)) + ".",
        '"He said 5 men died in Kosti" ' * 500,
        "Two soldiers were killed and 11 were wounded near Kosti, the army said.\n\n" * 300,
        "In the east of the country, " * 600 + "40 men fled.",
    ],
    ids=["a list of counts", "clauses", "quotations", "paragraphs", "descriptions"],
)
def test_a_sentence_without_end_costs_no_more_time_than_it_is_long(extractor: Extractor, text: str) -> None:
    began = time.process_time()
    extractor.extract(Report(text=text))
    assert time.process_time() - began < 40
