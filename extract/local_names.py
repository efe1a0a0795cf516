"""Names as one report uses them: full names, surnames, abbreviations it defines, and what it says of their bearers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from spacy.tokens import Doc, Span, Token

from extract import lexicon, phrases
from extract.actor_book import ActorBook, beginning, beginnings, name_key
from extract.descriptors import Descriptors, split_title
from extract.model import Actor, ActorKind
from extract.name_words import as_written, setting, speaking_alone, title_start, titled, without_arabic_article
from extract.sentences import Passage

_DEFINED = re.compile(
    r"\b((?:[A-Z][\w'’-]+|of|for|and|the|in|al)(?: (?:[A-Z][\w'’-]+|of|for|and|the|in|al)){1,9})"
    r" \(([A-Z][A-Za-z-]{1,9})\)"
)
_ORGANISED = frozenset({"ORG", "NORP", "PRODUCT", "WORK_OF_ART"})
_PARTICLES = frozenset({"al", "el", "de", "der", "van", "von", "bin", "ibn", "abu", "di", "da", "la", "le"})


class LocalNames:
    """Named actors of one report by position and by name."""

    def __init__(self, book: ActorBook, describe: Descriptors, published: date | None) -> None:
        self._book = book
        self._describe = describe
        self._published = published
        self._at: dict[tuple[int, int], Actor] = {}
        self._heads: dict[int, list[Token]] = {}
        self._people: dict[str, Actor] = {}
        self._surnames: dict[str, list[str]] = {}
        self._defined: dict[str, str] = {}
        self._alone: frozenset[str] = frozenset()
        self._beginnings: frozenset[str] = frozenset()

    @classmethod
    def read(
        cls, passages: Sequence[Passage], book: ActorBook, describe: Descriptors, published: date | None
    ) -> LocalNames:
        """Collect the names of a report in text order."""
        names = cls(book, describe, published)
        for passage in passages:
            text = passage.doc.text
            for match in _DEFINED.finditer(text) if "(" in text else ():
                names._define(match.group(1), match.group(2))
        names._beginnings = beginnings(names._defined)
        describe.setting = setting(passages, book)
        names._alone = speaking_alone(passages)
        for passage in passages:
            names._read(passage.doc)
        for passage in passages:
            names._reread(passage.doc)
        return names

    def get(self, text: str) -> Actor | None:
        """The actor a name, surname or defined abbreviation means in this report."""
        key = name_key(text)
        full = self._defined.get(key)
        if full:
            return self._body(full)
        return self._people.get(key) or self._by_surname(key)

    def at(self, head: Token) -> Actor | None:
        """The named actor whose name holds this token."""
        return self._at.get((id(head.doc), head.i))

    def heads(self, doc: Doc) -> Sequence[Token]:
        """One token of every name in a document, in text order."""
        return self._heads.get(id(doc), ())

    def _define(self, name: str, short: str) -> None:
        words = name.split()
        while words and words[0].lower() in {"the", "of", "and", "for", "in"}:
            words = words[1:]
        initials = [word[0] for word in words if word[0].isupper()]
        wanted = [char for char in short if char.isupper()]
        if not wanted:
            return
        for start in range(len(words)):
            letters = [word[0] for word in words[start:] if word[0].isupper()]
            if letters[: len(wanted)] == wanted or letters == wanted:
                self._defined[name_key(short)] = " ".join(words[start:])
                return
        if initials[:1] == wanted[:1]:
            self._defined[name_key(short)] = " ".join(words)

    def _read(self, doc: Doc) -> None:
        heads = self._heads.setdefault(id(doc), [])
        for span in self._spans(doc):
            actor = self._name(span)
            if not actor:
                continue
            for token in span:
                self._at[id(doc), token.i] = actor
            heads.append(span[-1] if span.root.pos_ == "DET" else span.root)

    def _reread(self, doc: Doc) -> None:
        """Surnames alone that the recogniser overlooked, or that stand before the full name (in a headline)."""
        for token in doc:
            full = self._surname_alone(token)
            if full is None:
                continue
            known = self._at.get((id(doc), token.i))
            self._at[id(doc), token.i] = full
            if known is None:
                self._heads[id(doc)].append(token)

    def _surname_alone(self, token: Token) -> Actor | None:
        """The one bearer of a full name that a capitalised word by itself is the surname of."""
        if token.pos_ != "PROPN" or not token.text[:1].isupper() or token.lower_ not in self._surnames:
            return None
        known = self._at.get((id(token.doc), token.i))
        key = name_key(token.text)
        single = known is not None and name_key(known.name) == key and self._book.find(known.name) is None
        bearers = {name for name in self._surnames[key] if " " in name} if key in self._surnames else set()
        if (known is not None and not single) or len(bearers) != 1 or token.ent_type_ in {"GPE", "LOC", "NORP"}:
            return None
        beside = (token.nbor(step) for step in (-1, 1) if 0 <= token.i + step < len(token.doc))
        if any(other.pos_ == "PROPN" and not other.is_sent_start for other in beside):
            return None
        return self._people[bearers.pop()]

    def _spans(self, doc: Doc) -> Iterator[Span]:
        """Names in text order: what the book knows, longest first, else what the entity recogniser found."""
        at = 0
        entities = {ent.start: ent for ent in doc.ents}
        text, edges = doc.text, [(token.idx, token.idx + len(token)) for token in doc]
        covering = {token.i: ent for ent in entities.values() for token in ent}
        while at < len(doc):
            first = at + 1 if doc[at].lower_ == "the" and at + 1 < len(doc) else at
            span = self._listed(doc, first, covering, lambda a, b: text[edges[a][0] : edges[b - 1][1]]) or self._entity(
                entities.get(at)
            )
            if span:
                yield span
                at = span.end
            else:
                at += 1

    def _listed(self, doc: Doc, at: int, covering: Mapping[int, Span], words: Callable[[int, int], str]) -> Span | None:
        """The longest name of the book or of the report that begins at a token; ``words`` cuts the text by tokens."""
        word, lower = doc[at].text, doc[at].lower_
        if lower == "the" or not (word[:1].isupper() or lower in _PARTICLES):
            return None
        if not self._book.may_begin(word) and beginning(word) not in self._beginnings:
            return None
        longest = None
        for end in range(min(len(doc), at + self._book.longest), at, -1):
            text = words(at, end)
            if doc[end - 1].is_punct or text.endswith(("'s", "’s")):
                continue
            if name_key(text) in self._defined or self._book.find(text, self._published):
                longest = doc[at:end]
                break
        if longest is None:
            return None
        entity = covering.get(at)
        inside = entity is not None and len(entity) > len(longest) and entity.label_ == "PERSON"
        return None if inside or self._swallowed(longest) else longest

    def _swallowed(self, span: Span) -> bool:
        """True for a name that only modifies the noun after it: "Moscow residents", "UN envoy"."""
        head = span.root
        return head.dep_ in {"compound", "nmod", "amod", "poss"} and head.head.i >= span.end

    def _entity(self, entity: Span | None) -> Span | None:
        if entity is None:
            return None
        if name_key(entity.text) in self._surnames:
            return entity
        if entity.label_ == "ORG" and (person := titled(entity) or self._later_surname(entity)) is not None:
            return person
        if entity.label_ == "PERSON" or (entity.label_ in _ORGANISED and any(t.pos_ == "PROPN" for t in entity)):
            return entity[1:] if len(entity) > 1 and entity[0].lower_ == "the" else self._completed(entity)
        return None

    def _later_surname(self, entity: Span) -> Span | None:
        """A name taken for a body whose last word alone speaks elsewhere: "Ruba Mehr says … Mehr said"."""
        plain = all(t.pos_ == "PROPN" and not lexicon.role(t) and t.text.istitle() for t in entity)
        alone = plain and 1 < len(entity) < 4 and entity[-1].lower_ in self._alone
        unknown = alone and entity[-1].lower_ not in lexicon.words("media_names") and not self._book.find(entity.text)
        return Span(entity.doc, entity.start, entity.end, label="PERSON") if unknown else None

    def _completed(self, entity: Span) -> Span:
        """A personal name with the given name that the recogniser left out."""
        doc, start = entity.doc, entity.start
        if entity.label_ != "PERSON" or not start:
            return entity
        first = doc[start - 1]
        alone = (
            first.text[0].isalpha()
            and first.pos_ == "PROPN"
            and not first.ent_type_
            and first.dep_ == "compound"
            and first.head in entity
        )
        known = first.lower_ in lexicon.words("titles") or lexicon.role(first) or self._book.state(first.text)
        return Span(doc, start - 1, entity.end, label="PERSON") if alone and not known else entity

    def _name(self, span: Span) -> Actor | None:
        known = self._defined.get(name_key(span.text))
        if known:
            return self._body(known)
        entry = self._book.find(span.text, self._published)
        if entry and entry.actor.kind != "person":
            return as_written(span, entry)
        if entry is None and (body := self._described_body(span)):
            return body
        if entry or span.label_ == "PERSON":
            return self._person(span, entry.actor if entry else None)
        earlier = self._by_surname(name_key(span.text))
        if earlier and len(span) == 1:
            return earlier
        return self._organisation(span)

    def _described_body(self, span: Span) -> Actor | None:
        """A name in apposition to a body: "Akhbar, the state news agency" is no person."""
        for other in phrases.appositions(span.root):
            if self._describe.noun_class(other) in {"body", "media", "force"}:
                own = span.text if self._describe.speaks(other) == "self" else None
                return Actor(span.text, "organisation", own or self._describe.spoken_for(other))
        return None

    def _person(self, span: Span, listed: Actor | None) -> Actor | None:
        title, name = split_title(span)
        key = name_key(name)
        if not any(char.isalpha() for char in key) or name.lower() in lexicon.words("titles"):
            return None
        role, side = self._own_words(span, title)
        side = side if side is None or name_key(side) not in key else None  # nobody is the side of himself
        base = self._people.get(key) or self._by_surname(key) or listed or self._from_book(name)
        actor = Actor(
            base.name if base else name,
            "person",
            (base.side if base else None) or side,
            (base.role if base and base.role else None) or role,
        )
        if side and not (base and name_key(base.name) in self._people):
            actor = Actor(actor.name, "person", side, role or actor.role)
        self._remember(actor, key)
        return actor

    def _remember(self, actor: Actor, key: str) -> None:
        full = name_key(actor.name)
        self._people[full] = actor
        surname = full.split()[-1]
        words = full.split()
        compound = " ".join(words[-2:]) if len(words) > 2 and words[-2] in _PARTICLES else surname
        for last in {surname, compound, key.rsplit(maxsplit=1)[-1], without_arabic_article(surname)}:
            bearers = self._surnames.setdefault(last, [])
            if full not in bearers:
                bearers.append(full)

    def _from_book(self, name: str) -> Actor | None:
        entry = self._book.find(name, self._published)
        if entry is None and len(name.split()) == 1:
            entry = self._book.surname(name, self._published)
        return entry.actor if entry and entry.actor.kind == "person" else None

    def _by_surname(self, key: str) -> Actor | None:
        bearers = self._surnames.get(key, ())
        return self._people[bearers[-1]] if bearers else None

    def _own_words(self, span: Span, title: str) -> tuple[str | None, str | None]:
        """Role and side by the words before the name ("Iraqi Colonel X") or in apposition ("X, an adviser to Y")."""
        head = span.root
        doc = head.doc
        start = min(phrases.core(head).start, title_start(doc, span.start))
        before = doc[start : span.start]
        if title or any(self._describe.is_role(token) for token in before):
            words = doc[start : span.start + len(title.split())]
            side = self._describe.side_before(words)
            return phrases.without_article(words.text).strip(" ,") or None, side
        for other in phrases.appositions(head):
            if self._describe.is_role(other):
                words = phrases.core(other)
                side = self._describe.spoken_for(other)
                return phrases.without_article(words.text), side
        return None, None

    def _organisation(self, span: Span) -> Actor | None:
        if span.root.head.i >= span.end and span.root.dep_ in {"compound", "nmod", "amod", "poss"}:
            return None
        state = self._book.demonym(span.text)
        if state:
            return Actor(span.text, "organisation", None)
        return self._body(span.text)

    def _body(self, name: str) -> Actor:
        listed = self._book.resolve(name, self._published)
        if listed:
            return listed
        kind: ActorKind = "organisation"
        return Actor(name, kind, self._describe.side_of_body(name))
