"""Stand-ins for extractor and resolver: they find what a test tells them to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from errors import ClaimAtlasError
from extract.model import Count, Extraction, PlaceKind, PlaceMention, Region, Report, Span, Statement
from geo.model import Place, PlaceQuery, Resolution
from pipeline.run import Engine

TEXT = (
    "Ukraine said that Russia had massed more than 80,000 troops near its eastern border and in Crimea. "
    "Moscow denied it."
)
REPORT = Report(text=TEXT, id="story", title="Title", outlet="Desk")
CRIMEA = Place("tbl:crimea", "Crimea", 45.3, 34.4, "region", 160.0, "UA", confidence=0.8)
BORDER = Place(
    "derived:border:east:UA", "eastern border of Ukraine", 49.0, 39.0, "border", 300.0, "UA",
    derived_from="the eastern boundary of Ukraine", confidence=0.6,
)  # fmt: skip
UKRAINE = Place("gn:690791", "Ukraine", 49.0, 32.0, "country", 600.0, "UA", geonameid=690791)


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def mention(words: str, kind: PlaceKind = "literal", *, text: str = TEXT, region: Region | None = None) -> PlaceMention:
    return PlaceMention(span(words, text), words, kind, named=kind != "descriptive", region=region)


def statement(
    content: str = "Russia had massed more than 80,000 troops near its eastern border and in Crimea",
) -> Statement:
    return Statement(
        content=span(content), cue=span("said"), speaker=span("Ukraine"), speaker_name="Ukraine", side="Ukraine",
        form="indirect", mode="say",
    )  # fmt: skip


def count(*places: str, low: int | None = 80_000) -> Count:
    return Count(
        span=span("more than 80,000 troops"), number=span("80,000"), low=low, high=None, modifier="more than",
        unit="troops", kind="personnel", whose="Russia", whose_text="Russia", places=tuple(map(span, places)),
        claimant="Ukraine", claimant_text="Ukraine", claimant_side="Ukraine", low_open=True,
    )  # fmt: skip


def extraction(report: Report = REPORT, **found: object) -> Extraction:
    sentences = (span(TEXT.partition(". ")[0] + "."), span("Moscow denied it."))
    return Extraction(report, sentences=sentences, **found)  # type: ignore[arg-type]


@dataclass
class FakeExtractor:
    found: Extraction | None = None

    def extract(self, report: Report) -> Extraction:
        return self.found or Extraction(report)


@dataclass
class FakeResolver:
    places: Mapping[str, Place] = field(default_factory=dict)
    asked: list[PlaceQuery] = field(default_factory=list)

    def resolve(self, queries: Sequence[PlaceQuery]) -> tuple[Resolution, ...]:
        self.asked.extend(queries)
        return tuple(Resolution(query, self.places.get(query.name)) for query in queries)


class FailingExtractor:
    """Fails on every report with the word BAD in it."""

    def extract(self, report: Report) -> Extraction:
        if "BAD" in report.text:
            raise ClaimAtlasError("this report breaks")
        return Extraction(report)


def fake_engine(found: Extraction | None = None, places: Mapping[str, Place] | None = None) -> Engine:
    return Engine(FakeExtractor(found), FakeResolver(places or {}))
