"""Which country "its", "the country" or a bare "the east" speaks of: salience over the place names before it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

from spacy.tokens import Token

from extract.actors import ActorIndex
from extract.model import PlaceNames
from extract.sentences import Passage
from extract.toponym_record import Toponym

_WEIGHT = {"literal": 1.0, "actor": 1.2, "attributive": 0.5, "org_part": 0.0}
_FADE = 0.6
"""A mention counts this much less with every sentence that lies between."""
_HOME = 0.5
"""Share of the report's literal places added to the country they lie in."""
_BACK = 300
"""Mentions gone back over: what stands before them has faded."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class Focus:
    """Salience of countries and places over one report."""

    def __init__(self, toponyms: Sequence[Toponym], names: PlaceNames, actors: ActorIndex | None) -> None:
        self._actors = actors
        self._names = names
        self._countries = [(t, country) for t in toponyms if (country := self._country(t, names)) is not None]
        self._places = [t for t in toponyms if t.mention.kind == "literal"]
        total = max(1, len(self._places))
        held = Counter(c for t, c in self._countries if t.mention.kind == "literal")
        self._home = {country: n / total for country, n in held.items()}
        self._starts = sorted({t.passage.of(t.candidate.span.sent).start for t in toponyms})
        self._country_starts = [t.mention.span.start for t, _ in self._countries]
        self._place_starts = [t.mention.span.start for t in self._places]

    def is_region(self, name: str) -> bool:
        """True when a region or unit is called by the whole of ``name`` ("eastern Vale")."""
        facts = self._names.facts(name)
        return facts is not None and bool(facts.kinds & {"region", "admin1", "admin2"})

    def is_country(self, name: str) -> bool:
        """True for the name of a country."""
        facts = self._names.facts(name)
        return facts is not None and "country" in facts.kinds

    @staticmethod
    def _country(toponym: Toponym, names: PlaceNames) -> str | None:
        facts = toponym.candidate.facts
        if (facts is not None and "country" in facts.kinds) or toponym.is_demonym:
            return toponym.mention.name
        return names.country_of(toponym.mention.name)

    def country(self, passage: Passage, token: Token) -> str | None:
        """The most salient country before ``token``; None when the report names none before it."""
        at = passage.of(token).start
        weights: defaultdict[str, float] = defaultdict(float)
        for toponym, country in self._countries_before(at):
            mention = toponym.mention
            if _is_prefixed(toponym):
                continue
            gap = self._sentences_between(mention.span.start, at)
            subject = 1.5 if toponym.candidate.span.root.dep_ in _SUBJECTS else 1.0
            weights[country] += _WEIGHT.get(mention.kind, 0.0) * subject * _FADE**gap
        for country in weights:
            weights[country] += _HOME * self._home.get(country, 0.0)
        return max(weights, key=lambda name: weights[name]) if weights else None

    def scene(self, passage: Passage, token: Token) -> str | None:
        """The country in which the nearest literal places before ``token`` lie: what a bare "the north" is of."""
        at = passage.of(token).start
        weights: defaultdict[str, float] = defaultdict(float)
        for toponym, country in self._countries_before(at):
            if toponym.mention.kind == "literal":
                gap = self._sentences_between(toponym.mention.span.start, at)
                weights[country] += _FADE**gap
        for country in weights:
            weights[country] += _HOME * self._home.get(country, 0.0)
        return max(weights, key=lambda name: weights[name]) if weights else self.country(passage, token)

    def _countries_before(self, at: int) -> list[tuple[Toponym, str]]:
        return self._countries[: bisect_left(self._country_starts, at)][-_BACK:]

    def _sentences_between(self, start: int, at: int) -> int:
        return bisect_right(self._starts, at) - bisect_right(self._starts, start)

    def owner(self, passage: Passage, pronoun: Token) -> str | None:
        """Whose "its" is: the state that is subject of the sentence, else the antecedent, else the country in focus."""
        for toponym, country in self._countries_before(passage.of(pronoun).start):
            span = toponym.candidate.span
            if (
                span.doc is pronoun.doc
                and span.sent == pronoun.sent
                and span.end <= pronoun.i
                and span.root.dep_ in _SUBJECTS
            ):
                return country
        if self._actors is not None:
            mention = self._actors.antecedent(passage, pronoun)
            state = next((a.side for a in mention.actors if a.side), None) if mention else None
            if state is not None:
                return state
        return self.country(passage, pronoun)

    def place(self, passage: Passage, token: Token) -> str | None:
        """The last literal place before ``token``: what "the town" and "the city" stand for."""
        at = passage.of(token).start
        earlier = self._places[: bisect_left(self._place_starts, at)][-_BACK:]
        before = [t for t in earlier if t.mention.span.end <= at]
        local = [t for t in before if t.candidate.facts is None or "country" not in t.candidate.facts.kinds]
        return (local or before)[-1].mention.name if before else None


def _is_prefixed(toponym: Toponym) -> bool:
    """ "pro-Russian", "anti-American": the nationality is the object of a stance, not a country spoken of."""
    doc, start = toponym.candidate.span.doc, toponym.candidate.start
    return start > 0 and (doc[start - 1].text == "-" or doc[start - 1].lower_.endswith("-"))
