"""Does a noun agree with what takes it up: gender, class, words in common, place in the sentence."""

from __future__ import annotations

from spacy.tokens import Span, Token

from extract import lexicon, phrases
from extract.model import Actor


def gender_of(head: Token, named: Actor | None) -> str:
    """``m`` or ``f`` when a title or noun about a person says it ("Mrs", "spokeswoman"), else empty."""
    words = phrases.core(head).text.split()
    role = (named.role or "").split() if named else []
    for word in (head.lower_, *(w.lower() for w in (*words, *role))):
        for table in ("roles", "titles"):
            row = lexicon.by_word(table).get(word)
            if row and row["gender"]:
                return row["gender"]
    return ""


def noun_class(head: Token) -> str:
    """Class of a noun in the table ``roles``, empty when it is not listed."""
    row = lexicon.role(head)
    return row["class"] if row else ""


def commanded(head: Token, token: Token) -> bool:
    """True when the subject's clause holds the pronoun: "The front said it would stop"."""
    return head.dep_ == "nsubj" and any(t == head.head for t in token.ancestors)


def is_short(words: Span, head: Token) -> bool:
    """True for a phrase that may take up an earlier one: article and at most two plain words, or a bare noun."""
    if len(words) > 4 or any(t.ent_type_ in {"GPE", "NORP", "PERSON"} for t in words):
        return False
    first = words[0].lower_
    if first in {"the", "this", "these", "that", "both"}:
        return True
    return first not in {"a", "an", "some", "several", "other", "another", "many"} and lexicon.role(head) is not None


def content_words(words: Span) -> frozenset[str]:
    """Lemmas of a phrase without articles, prepositions and marks."""
    return frozenset(t.lemma_.lower() for t in words if t.pos_ not in {"DET", "PUNCT", "PART", "SPACE", "ADP"})


def names_it(actor: Actor, wanted: frozenset[str], lemma: str) -> bool:
    """True when the words of a phrase recur in an actor's role or, with the same last word, in its name."""
    name = [word.lower().strip("()") for word in actor.name.split()]
    role = {word.lower() for word in (actor.role or "").split()}
    if actor.kind == "person":
        return bool(wanted) and wanted <= role
    return len(name) > len(wanted) and lemma in {name[-1], name[-1].rstrip("s")} and wanted <= {*name, lemma}


def of_somebody(head: Token) -> bool:
    """True for an office that says whose it is: "the head of the Dawn Front" takes up no other head."""
    below = (noun for child in head.rights if child.lower_ in {"of", "for"} for noun in child.children)
    return noun_class(head) == "person" and any(noun.dep_ == "pobj" and noun.pos_ == "PROPN" for noun in below)
