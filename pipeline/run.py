"""Report -> claims with places: the one function that joins extraction and geography.

The language model and the gazetteer are loaded by :meth:`Engine.load` alone, and only when it is called: a page that
shows what the store holds already starts without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from threading import Lock
from typing import Protocol

from extract.model import Extraction, Report
from geo.model import PlaceQuery, Resolution
from pipeline.as_json import Json, annotation_json
from pipeline.as_rows import Rows, annotation_rows
from pipeline.located import Located, query_of
from pipeline.settings import Borders, Settings
from pipeline.versions import reading_with
from store.records import ReadingRow


class Extracts(Protocol):
    """What the engine needs of :class:`extract.extractor.Extractor`."""

    def extract(self, report: Report) -> Extraction:
        """Everything said in a report."""


class Resolves(Protocol):
    """What the engine needs of :class:`geo.resolve.Resolver`."""

    def resolve(self, queries: Sequence[PlaceQuery]) -> tuple[Resolution, ...]:
        """One answer a query, in order."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What was said in one report, and the places its mentions stand for, in text order.

    ``reading`` is what it was read with, None when that is not known.
    """

    extraction: Extraction
    located: tuple[Located, ...]
    reading: ReadingRow | None = None

    @property
    def report(self) -> Report:
        """The report as it was read."""
        return self.extraction.report

    def to_json(self) -> Json:
        """The object that ``annotate`` prints as a line."""
        return annotation_json(self.extraction, self.located) | {"reading": self.reading and asdict(self.reading)}

    def to_rows(self, *, sample: bool = False) -> Rows:
        """Report, claims and places as rows of the store."""
        return annotation_rows(self.extraction, self.located, sample=sample)


@dataclass(frozen=True, slots=True)
class Engine:
    """Reads reports. Made of an extractor and a resolver; :meth:`load` makes the real ones and knows their versions."""

    extractor: Extracts
    resolver: Resolves
    reading: ReadingRow | None = None

    @classmethod
    def load(cls, settings: Settings) -> Engine:
        """The engine for these settings; loaded at the first call, the same object at every further one.

        :raises DataError: when the language model or a data file is not installed.
        """
        with _LOADING:
            return _load(settings.model, settings.borders)

    def annotate(self, report: Report) -> Annotation:
        """Read one report. Every claim keeps its exact words; places that cannot be located stay as mentions."""
        extraction = self.extractor.extract(report)
        queries = [query_of(mention) for mention in extraction.places]
        answers = self.resolver.resolve(queries)
        located = tuple(Located(*pair) for pair in zip(extraction.places, answers, strict=True))
        return Annotation(extraction, located, self.reading)


_LOADING = Lock()


@lru_cache(maxsize=2)
def _load(model: str | None, borders: Borders) -> Engine:
    # Imported here because they take over a second, which a filled store need not wait for.
    from extract import nlp  # noqa: PLC0415
    from extract.actor_book import ActorBook  # noqa: PLC0415
    from extract.extractor import Extractor  # noqa: PLC0415
    from geo.gazetteer import Gazetteer  # noqa: PLC0415
    from geo.resolve import Resolver  # noqa: PLC0415

    gazetteer = Gazetteer.open()
    extractor = Extractor(nlp.load(model or nlp.DEFAULT_MODEL), gazetteer, ActorBook.load())
    return Engine(extractor, Resolver(gazetteer, borders=borders), reading_with(model, borders))
