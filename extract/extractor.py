"""The whole of extraction: a report goes in, everything it says comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.language import Language

from extract.actors import ActorBook, find_actors
from extract.counts import find_counts
from extract.model import Extraction, PlaceMention, PlaceNames, Report
from extract.said_at import with_places
from extract.sentences import passages
from extract.statements import find_statements
from extract.toponyms import find_places


class Extractor:
    """Reads reports with one language model, one gazetteer and one book of actors; holds no state of a report."""

    def __init__(self, nlp: Language, names: PlaceNames, book: ActorBook) -> None:
        self._nlp = nlp
        self._names = names
        self._book = book

    def extract(self, report: Report) -> Extraction:
        """Everything found in ``report``; any text gives a result, an empty one nothing."""
        paragraphs = passages(report.text, self._nlp, boilerplate=report.boilerplate)
        actors = find_actors(paragraphs, self._book, report.published)
        places = find_places(paragraphs, self._names, self._book, actors)
        statements = with_places(paragraphs, find_statements(paragraphs, actors), places)
        home = home_country(places, self._names)
        return Extraction(
            report=report,
            sentences=tuple(span for passage in paragraphs for span in passage.sentences()),
            places=places,
            counts=find_counts(paragraphs, statements, places, actors, home=home, names=self._names),
            statements=statements,
            actors=actors.mentions,
        )


def home_country(places: Sequence[PlaceMention], names: PlaceNames) -> str | None:
    """The country in which most of the report's places lie; None when two share the lead or none is known."""
    weight: Counter[str] = Counter()
    for place in places:
        country = names.country_of(place.name) if place.named and place.kind == "literal" else None
        if country is not None:
            weight[country] += 1 if place.role == "event" else 0
    ranked = weight.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
