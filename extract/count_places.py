"""Where those counted are: the places of the count's own clause, then of its sentence, then of the report so far.

What only says where the speaker is ("an official in Kosti said") or where words were spoken never places a count.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from extract.count_candidates import Candidate
from extract.covering import Covering, Spans
from extract.lexicon import words
from extract.model import PlaceMention, PlaceNames, Span, Statement
from extract.phrases import core
from extract.toponym_words import head_class, is_locative, takes_place

_FAR = 14
_COUNTRY_AWAY, _CLAUSE_AWAY, _TIE = 2, 5, 2
"""Steps in the parse: a country counts farther than a place in it, a place of another clause farther than one of the
count's own; mentions little farther than the nearest still count."""
_MOST = 12
"""Places of one sentence that are looked at, the nearest: a sentence with more is a list."""
_COMMON_REACH = 6
_AROUND = 60
"""Words before and after a count among which a common noun says where it is."""
_BACK = 400
"""Mentions that are gone back over."""
_LONGEST = 200
"""Characters of a description."""
_VERBAL = frozenset({"VERB", "AUX"})
_FORMING = frozenset({"form", "create", "found", "establish", "organise", "organize", "compose"})
_BEFORE_PLACE = frozenset({"in", "across", "throughout", "inside", "within"})


class Whereabouts:
    """The place mentions of a report that can say where something is, and the discourse's current place."""

    def __init__(
        self,
        places: Sequence[PlaceMention],
        statements: Sequence[Statement],
        names: PlaceNames | None,
        home: str | None,
    ) -> None:
        spoken = [s.speaker for s in statements if s.speaker is not None]
        usable = [p for p in places if p.kind in ("literal", "descriptive") and p.role != "said_at"]
        self._covering = Covering(statements)
        said_by = Spans(spoken)
        self._places = [p for p in usable if not said_by.hold(p.span)]
        self._starts = [p.span.start for p in self._places]
        self._dateline = next((p for p in self._places if p.role == "dateline"), None)
        self._names = names
        self._home = home
        self._scene: tuple[Span, ...] = ()

    def of(self, candidate: Candidate) -> tuple[Span, ...]:
        """Spans of the places of a count in text order; () when the report names no place for it."""
        inside = self._inside(candidate)
        found = self._by_relative(candidate, inside) or self._by_tree(candidate, inside)
        common = None if candidate.until is not None else _common(candidate)
        if found:
            self._scene = tuple(sorted(p.span for p in found))
            return _with(common, self._with_nested(found))
        within = self._in_country(candidate)
        before = () if is_at_large(candidate) else self._before(candidate)
        return _with(common, within or before or self._earlier(candidate, inside))

    @staticmethod
    def _earlier(candidate: Candidate, inside: Sequence[PlaceMention]) -> tuple[Span, ...]:
        """The last mention of a long sentence before the count, however far it hangs in the parse."""
        number = candidate.passage.of(candidate.number)
        return tuple(p.span for p in inside if p.span.end <= number.start)[-1:]

    def _inside(self, candidate: Candidate) -> list[PlaceMention]:
        """Mentions of the sentence, of the same reported words when the count is in some."""
        sent = candidate.passage.of(candidate.number.sent)
        number = candidate.passage.of(candidate.number)
        inside = [p for p in self._between(sent.start, sent.end) if sent.contains(p.span)]
        if len(inside) > _MOST:
            inside = sorted(inside, key=lambda p: abs(p.span.start - number.start))[:_MOST]
        covering = self._covering.of(number)
        if covering:
            cues = [s.cue for s in covering if s.cue is not None and s.speaker is not None]
            inside = [
                p
                for p in inside
                if any(s.covers(p.span) for s in covering) or not any(_beside(p.span, c) for c in cues)
            ]
        return _own(candidate, inside)

    def _between(self, start: int, end: int) -> list[PlaceMention]:
        """Mentions that begin between two offsets."""
        return self._places[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _last_before(self, start: int) -> PlaceMention | None:
        """The last mention that ends before ``start``, of an event when there is one; datelines are left out."""
        earlier = islice(reversed(self._places[: bisect_left(self._starts, start)]), _BACK)
        before = [p for p in earlier if p.span.end <= start and p.role != "dateline"]
        return next((p for p in before if p.role == "event"), before[0] if before else None)

    def _with_nested(self, found: Sequence[PlaceMention]) -> tuple[Span, ...]:
        """The spans with the descriptions inside them: "the land … in the east of the country" and "the east …"."""
        nested = [
            p
            for q in found
            for p in self._between(q.span.start, q.span.end)
            if p is not q and p.kind == "descriptive" and q.span.contains(p.span)
        ]
        return tuple(dict.fromkeys(sorted(p.span for p in (*found, *nested))))

    def _before(self, candidate: Candidate) -> tuple[Span, ...]:
        """The last place of an event before the sentence; a place in a country comes before the country."""
        start = candidate.passage.of(candidate.number.sent).start
        last = self._last_before(start)
        if last is None:
            return (self._dateline.span,) if self._dateline is not None else ()
        if self._scene and (self._is_country(last) or self._scene[-1] > last.span):
            return self._scene
        return (self._outer(last).span,)

    def _in_country(self, candidate: Candidate) -> tuple[Span, ...]:
        """ "In the country": the last mention of the country in which the report takes place."""
        around = _around(candidate)
        said = any(t.lower_ == "country" and t.i > 1 and t.nbor(-2).lower_ in _BEFORE_PLACE for t in around[2:])
        if not said or self._home is None:
            return ()
        start = candidate.passage.of(candidate.number.sent).start
        before = islice(reversed(self._places[: bisect_left(self._starts, start)]), _BACK)
        return next(((p.span,) for p in before if p.name == self._home), ())

    def _outer(self, place: PlaceMention) -> PlaceMention:
        around = self._between(place.span.start - _LONGEST, place.span.end)
        return next((p for p in around if p.span != place.span and p.span.contains(place.span)), place)

    def _is_country(self, place: PlaceMention) -> bool:
        facts = self._names.facts(place.name) if self._names is not None and place.named else None
        return facts is not None and "country" in facts.kinds

    def _by_relative(self, candidate: Candidate, inside: Sequence[PlaceMention]) -> list[PlaceMention]:
        """ "Kosti, a province in which 300 people live": the place that the clause is about."""
        for above in candidate.head.ancestors:
            if above.dep_ != "relcl":
                continue
            opens = [t.lower_ for t in above.doc[above.left_edge.i : above.i]]
            if "where" not in opens[:2] and opens[:2] != ["in", "which"]:
                return []
            spans = [candidate.passage.of(token) for token in _described(above.head)]
            return [p for p in inside if any(p.span.contains(s) for s in spans)]
        return []

    def _by_tree(self, candidate: Candidate, inside: Sequence[PlaceMention]) -> list[PlaceMention]:
        """Mentions of the sentence nearest to the count in the parse, nested ones dropped."""
        outer = [p for p in inside if not any(q.span != p.span and q.span.contains(p.span) for q in inside)]
        scored = [(self._distance(candidate, p), p) for p in outer]
        scored = [(d, p) for d, p in scored if d < _FAR]
        if not scored:
            return []
        best = min(d for d, _ in scored)
        return [p for d, p in scored if d <= best + _TIE]

    def _distance(self, candidate: Candidate, place: PlaceMention) -> int:
        token = _token_at(candidate, place.span)
        if token is None:
            return _FAR
        clause = next((a for a in (token, *token.ancestors) if a.pos_ in ("VERB", "AUX")), token)
        other = (
            clause != candidate.head
            and clause not in candidate.head.ancestors
            and candidate.head not in clause.ancestors
        )
        away = (_COUNTRY_AWAY if self._is_country(place) else 0) + (_CLAUSE_AWAY if other else 0)
        return _tree_distance(candidate.head, token) + away


def _own(candidate: Candidate, inside: list[PlaceMention]) -> list[PlaceMention]:
    """The mentions that are left to a count of a list in which each has its place: "20 in Oran and [15 in Kosti]"."""
    if candidate.until is not None:
        end = candidate.passage.of(candidate.until).start
        inside = [p for p in inside if p.span.start < end]
    if candidate.elsewhere:
        start = candidate.passage.of(candidate.number).end
        inside = [p for p in inside if p.span.start >= start][:1]
    return inside


def is_at_large(candidate: Candidate) -> bool:
    """True where the clause counts over a span of time ("since 2015", "every day"), counts what it forms, or only says
    how many there are or who speaks: the place of the sentence before is not theirs.
    """
    clause = next((a for a in (candidate.head, *islice(candidate.head.ancestors, _FAR)) if a.pos_ in _VERBAL), None)
    if clause is None:
        return False
    speaks = clause.lemma_.lower() in words("cues") and candidate.head.dep_ == "nsubj"
    formed = clause.lemma_.lower() in _FORMING and candidate.head.dep_ in ("dobj", "nsubjpass")
    return speaks or formed or _is_bare_existence(clause) or any(map(_is_over_time, _dependents(clause)))


def _dependents(verb: Token) -> list[Token]:
    """Adjuncts of a verb and of the verb that it completes."""
    verbs = [verb, *([verb.head] if verb.dep_ in ("advcl", "conj", "xcomp", "ccomp") else [])]
    return [child for each in verbs for child in islice(each.children, _AROUND)]


def _is_over_time(token: Token) -> bool:
    """ "Since 2015", "every day": how long or how often."""
    if token.lower_ == "since" and token.dep_ in ("prep", "mark"):
        return True
    return token.dep_ == "npadvmod" and any(child.lower_ in ("every", "each", "per") for child in token.children)


def _is_bare_existence(verb: Token) -> bool:
    """ "There were 300 soldiers": nothing says where."""
    kinds = [child.dep_ for child in verb.children]
    return "expl" in kinds and not {"prep", "advmod", "advcl"} & set(kinds)


def _with(common: Span | None, places: tuple[Span, ...]) -> tuple[Span, ...]:
    if common is None or any(p.overlaps(common) for p in places):
        return places
    return tuple(sorted((*places, common)))


def _common(candidate: Candidate) -> Span | None:
    """A place that only a common noun names ("in the hospital"), hung by a preposition on the clause of the count."""
    best: tuple[int, Token] | None = None
    for token in _around(candidate):
        if token.pos_ not in ("NOUN", "ADJ") or head_class(token) is None or not _is_locative_object(token):
            continue
        if any(t.text[:1].isupper() for t in core(token) if t.i <= token.i) or _is_named_after(token):
            continue
        away = _tree_distance(candidate.head, token)
        if away <= _COMMON_REACH and (best is None or away < best[0]):
            best = away, token
    if best is None:
        return None
    words = core(best[1])
    first = words.start + (words[0].pos_ == "DET" and len(words) > 1)
    return candidate.passage.of(words.doc[first : best[1].i + 1])


def _is_named_after(noun: Token) -> bool:
    """ "The city of Kosti": the name is the place."""
    return any(c.lower_ == "of" and any(t.text[:1].isupper() for t in c.subtree) for c in noun.rights)


def _described(noun: Token) -> list[Token]:
    """The noun of a relative clause and those it explains: of "Kosti, a province bordering Norway" all but Norway."""
    if noun.dep_ == "dobj" and noun.head.dep_ == "acl":
        noun = noun.head.head
    first = noun.left_edge.i
    explained = [noun.doc[first - 2]] if noun.dep_ == "appos" and first > 1 and noun.doc[first - 1].text == "," else []
    heads = [noun, *([noun.head] if noun.dep_ == "appos" else []), *explained]
    return [*heads, *(child for head in heads for child in head.lefts if child.dep_ == "compound")]


def _is_locative_object(noun: Token) -> bool:
    """ "In the hospital", "hit a residential area"."""
    return is_locative(noun.head) if noun.dep_ == "pobj" else noun.dep_ == "dobj" and takes_place(noun.head)


def _around(candidate: Candidate) -> TokenSpan:
    """The words of the sentence about a count."""
    number = candidate.number
    sent = number.sent
    return number.doc[max(sent.start, number.start - _AROUND) : min(sent.end, number.end + _AROUND)]


def _beside(span: Span, cue: Span) -> bool:
    """True for a place between the words reported and the end of the speaker's phrase."""
    return abs(span.start - cue.start) < 120 or abs(cue.end - span.end) < 120


def _token_at(candidate: Candidate, span: Span) -> Token | None:
    tokens = candidate.passage.tokens(span)
    return tokens.root if tokens is not None and len(tokens) else None


def _tree_distance(a: Token, b: Token) -> int:
    above = {t.i: n for n, t in enumerate((a, *islice(a.ancestors, _FAR)))}
    for n, t in enumerate((b, *islice(b.ancestors, _FAR))):
        if t.i in above:
            return n + above[t.i]
    return _FAR
