"""Part of speech, morphology and lemma of a word: what spaCy's rules make of it, asked once and remembered.

The components ``attribute_ruler`` and ``lemmatizer`` of spaCy's English pipelines take a seventh of the time of a whole
parse: they try some 180 patterns on every word and make objects of all that match. Yet what they make of a word depends
on the word, its tag and its dependency alone, but for a few patterns of two words ("gonna"). :class:`WordForms` asks
both components about each such triple once, and about a phrase whenever one of these few patterns matches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc, MorphAnalysis

_RULES: Final = ("attribute_ruler", "lemmatizer")
_OF_THE_WORD: Final = frozenset({"ORTH", "TEXT", "LOWER", "IS_SPACE", "TAG", "DEP"})
"""What a pattern may look at for its answer to depend on the triple alone."""
_OTHER: Final = "no dependency that a rule names"
"""Stands for all that make no difference to a word, so that it need not be asked about once for each."""
_KEPT: Final = 100_000
"""Triples that are remembered; endless input must not fill the memory."""

Pattern = list[dict[str, Any]]
Triple = tuple[int, int, int]
"""Word, tag and dependency, as spaCy numbers them."""
Form = tuple[int, MorphAnalysis, int]
"""Part of speech, morphology and lemma."""


def quicken(nlp: Language) -> Language:
    """The pipeline with :class:`WordForms` in the place of both components; as it is when it has not both, one right
    after the other, or when their rules look at anything but :data:`_OF_THE_WORD`.
    """
    pipes = dict(nlp.pipeline)
    ruler, lemmatizer = (pipes.get(name) for name in _RULES)
    if not isinstance(ruler, AttributeRuler) or not isinstance(lemmatizer, Lemmatizer) or lemmatizer.mode != "rule":
        return nlp
    at = nlp.pipe_names.index(_RULES[0])
    if tuple(nlp.pipe_names[at : at + 2]) != _RULES or not all(map(_is_of_words, _patterns(ruler))):
        return nlp
    nlp.add_pipe("claim_atlas_word_forms", before=_RULES[0])
    for name in _RULES:
        nlp.disable_pipe(name)
    return nlp


def _patterns(ruler: AttributeRuler) -> Iterator[Pattern]:
    for rule in ruler.patterns:
        patterns: Any = rule["patterns"]  # spaCy's type for it is too wide to be of use
        yield from patterns


def _is_of_words(pattern: Pattern) -> bool:
    """True when a pattern looks at nothing but triples, and at dependencies by their names."""
    return all(word.keys() <= _OF_THE_WORD and _named(word.get("DEP", "")) is not None for word in pattern)


def _named(dependency: Any) -> list[str] | None:
    """The dependencies that a word of a pattern names, allowed or forbidden; None when it says it in another way."""
    if isinstance(dependency, str):
        return [dependency]
    names = [name for how in ("IN", "NOT_IN") for name in dependency.get(how, ())]
    return names if dependency.keys() <= {"IN", "NOT_IN"} else None


@Language.factory("claim_atlas_word_forms")
def _made(nlp: Language, name: str) -> WordForms:  # noqa: ARG001 - spaCy hands it in
    """The component as spaCy makes it."""
    pipes = dict(nlp.components)
    ruler, lemmatizer = (pipes[rules] for rules in _RULES)
    assert isinstance(ruler, AttributeRuler)  # noqa: S101 - see quicken
    assert isinstance(lemmatizer, Lemmatizer)  # noqa: S101
    return WordForms(ruler, lemmatizer)


class WordForms:
    """A component that annotates as the two do which it is made of. Threads may share it."""

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        self._ruler, self._lemmatizer = ruler, lemmatizer
        self._strings = ruler.vocab.strings
        self._phrases = Matcher(ruler.vocab)
        self._phrases.add("phrase", [pattern for pattern in _patterns(ruler) if len(pattern) > 1])
        self._other = self._strings.add(_OTHER)
        self._dependent = Matcher(ruler.vocab)
        self._named: dict[int, frozenset[int]] = {}
        for n, word in enumerate(word for pattern in _patterns(ruler) for word in pattern if "DEP" in word):
            self._dependent.add(f"dependent {n}", [[{key: value for key, value in word.items() if key != "DEP"}]])
            names = _named(word["DEP"]) or ()
            self._named[self._strings[f"dependent {n}"]] = frozenset(self._strings[name] for name in names)
        self._telling: dict[tuple[int, int], frozenset[int]] = {}
        self._known: dict[Triple, Form | None] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a paragraph that is tagged and parsed."""
        triples = self._triples(doc)
        forms = self._forms(triples)
        for start, end in self._joined(doc):
            forms[start:end] = self._asked(triples[start:end])
        if not all(forms):
            return self._by_rules(doc)
        for token, form in zip(doc, forms, strict=True):
            token.pos, token.morph, token.lemma = form  # type: ignore[misc]
        return doc

    def _triples(self, doc: Doc) -> list[Triple]:
        """The words of a paragraph; a dependency that is the same to all rules for a word is :data:`_OTHER`."""
        rows = doc.to_array(["ORTH", "TAG", "DEP"]).tolist()
        if len(self._telling) > _KEPT:
            self._telling = {}
        telling = self._telling  # another thread may begin anew meanwhile
        if unknown := list({(word, tag): None for word, tag, _ in rows if (word, tag) not in telling}):
            telling.update(zip(unknown, self._told_by(unknown), strict=True))
        return [(word, tag, dep if dep in telling[word, tag] else self._other) for word, tag, dep in rows]

    def _told_by(self, words: Sequence[tuple[int, int]]) -> list[frozenset[int]]:
        """The dependencies that rules name for words with their tags."""
        found: list[frozenset[int]] = [frozenset()] * len(words)
        for rule, at, _ in self._dependent(self._doc([(*word, self._other) for word in words]), allow_missing=True):
            found[at] |= self._named[rule]
        return found

    def _forms(self, triples: Sequence[Triple]) -> list[Form | None]:
        """The form of every word by itself; None where the rules change more of it than that."""
        if len(self._known) > _KEPT:
            self._known = {}
        known = self._known
        if unknown := list({triple: None for triple in triples if triple not in known}):
            known.update(zip(unknown, self._apart(unknown), strict=True))
        return [known[triple] for triple in triples]

    def _apart(self, triples: Sequence[Triple]) -> list[Form | None]:
        """As :meth:`_asked`, but not as a phrase that words are side by side by chance."""
        forms = self._asked(triples)
        for start, end in self._joined(self._doc(triples)):
            forms[start:end] = [form for triple in triples[start:end] for form in self._asked([triple])]
        return forms

    def _asked(self, triples: Sequence[Triple]) -> list[Form | None]:
        """What the rules make of some words that follow each other."""
        doc = self._by_rules(self._doc(triples))
        return [
            (token.pos, token.morph, token.lemma) if (token.orth, token.tag, token.dep) == triple else None
            for token, triple in zip(doc, triples, strict=True)
        ]

    def _joined(self, doc: Doc) -> list[tuple[int, int]]:
        """Where the patterns of several words match: half-open ranges of words, joined where they overlap."""
        ranges: list[tuple[int, int]] = []
        for start, end in sorted((start, end) for _, start, end in self._phrases(doc, allow_missing=True)):
            if ranges and start < ranges[-1][1]:
                ranges[-1] = ranges[-1][0], max(end, ranges[-1][1])
            else:
                ranges.append((start, end))
        return ranges

    def _doc(self, triples: Sequence[Triple]) -> Doc:
        doc = Doc(self._ruler.vocab, words=[self._strings[word] for word, _, _ in triples])
        marks: Any = np.array([triple[1:] for triple in triples], dtype=np.uint64)  # spaCy asks for a type of its own
        return doc.from_array(["TAG", "DEP"], marks)

    def _by_rules(self, doc: Doc) -> Doc:
        return self._lemmatizer(self._ruler(doc))
