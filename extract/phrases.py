"""Noun phrases as the parser gives them: heads, conjuncts, number, and the words that name somebody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from spacy.tokens import Doc, Span, Token

from extract import lexicon
from extract.datelines import after_dateline

_LOOSE = frozenset({"relcl", "appos", "acl", "punct", "cc", "conj", "preconj", "advcl", "parataxis", "ccomp"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"})
_QUANTITIES = frozenset(
    {"hundred", "thousand", "million", "dozen", "score", "number", "group", "handful", "majority", "pair", "crowd"}
)
_PARTS = frozenset({"—", "--", "―", "\ufffd"})
_KNOWN = "parted"
_EARLY = 20
"""Tokens at the head of a paragraph among which a dateline may stand."""
_THIRD = {
    "he": ("person", "m"), "him": ("person", "m"), "his": ("person", "m"), "himself": ("person", "m"),
    "she": ("person", "f"), "her": ("person", "f"), "hers": ("person", "f"), "herself": ("person", "f"),
    "it": ("body", ""), "its": ("body", ""), "itself": ("body", ""),
    "they": ("plural", ""), "them": ("plural", ""), "their": ("plural", ""), "theirs": ("plural", ""),
    "themselves": ("plural", ""), "both": ("plural", ""),
}  # fmt: skip


def pronoun(token: Token) -> tuple[str, str] | None:
    """What a third-person pronoun may stand for: ``("person", "m"|"f")``, ``("body", "")``, ``("plural", "")``."""
    return _THIRD.get(token.lower_)


def conjuncts(head: Token) -> list[Token]:
    """The nominal heads joined with ``head``, itself first; only those that follow it."""
    found = [head]
    for token in found:
        found += [c for c in token.children if _joined(token, c) and not _other_name(token, c)]
    return found


def _joined(first: Token, second: Token) -> bool:
    """True for the next member of a list, also where the parser read a list of names as apposition."""
    if second.dep_ == "conj":
        return second.pos_ in _NOMINAL
    listed = second.dep_ == "appos" and second.pos_ == first.pos_ == "PROPN" and second.ent_type_ != "PERSON"
    return listed and any(child.dep_ == "conj" for child in second.children)


def _other_name(first: Token, second: Token) -> bool:
    """True for a second name of the same actor: "the Sons of Dawn, or Dawn Front"."""
    return second.pos_ == "PROPN" and any(c.dep_ == "cc" and c.lower_ == "or" for c in first.children)


def title_stop(token: Token) -> bool:
    """True for the stop of an abbreviated title that was cut off from it: the "." of "Capt."."""
    return token.text == "." and token.i > 0 and f"{token.nbor(-1).lower_}." in lexicon.words("titles")


def core(head: Token) -> Span:
    """The noun phrase of ``head`` without conjuncts, appositions and clauses: "US envoy for Syria"."""
    kept = {head.i}
    stack = [head]
    while stack:
        token = stack.pop()
        for child in token.children:
            if token == head and child.dep_ in _LOOSE:
                continue
            if child.dep_ in {"relcl", "appos", "parataxis"} or (child.dep_ == "acl" and child.i > head.i):
                continue
            if child.dep_ == "prep" and child.i > head.i and not _keeps(child):
                continue
            kept.add(child.i)
            stack.append(child)
    return _run_about(head, kept, _after_dateline(head))


def _after_dateline(head: Token) -> int:
    """Where the words may begin that stand after the dash or bracket of a dateline: "OSLO (AP) — [An official]"."""
    left = head.left_edge.i
    least = max((at + 1 for at in _parted(head.doc) if left <= at < head.i), default=left)
    ends = after_dateline(head.doc) if left <= _EARLY else 0
    if not ends:
        return least
    return next((t.i for t in head.doc[least : head.i] if t.idx >= ends), head.i if head.idx >= ends else least)


def _parted(doc: Doc) -> tuple[int, ...]:
    """The dashes that part the words of a paragraph, looked for once a paragraph: every noun phrase asks for them."""
    known = doc.user_data
    if _KNOWN not in known:
        known[_KNOWN] = tuple(token.i for token in doc if token.text in _PARTS)
    return cast(tuple[int, ...], known[_KNOWN])


def _keeps(preposition: Token) -> bool:
    """True for a preposition that belongs to a name or an office, False for one that dates the sentence."""
    entity = next((child.ent_type_ for child in preposition.children if child.dep_ == "pobj"), "")
    return entity not in {"DATE", "TIME"}


def _run_about(head: Token, kept: set[int], least: int = 0) -> Span:
    """The longest unbroken run of ``kept`` about ``head``; punctuation inside the run is no break."""
    doc = head.doc
    start = end = head.i
    while start > least and (start - 1 in kept or (start - 2 in kept and doc[start - 1].text in {"-", "–", "/", "'"})):
        start -= 1
    while end + 1 in kept or (end + 2 in kept and doc[end + 1].text in {"-", "–", "/", "’"}):
        end += 1
    while end > head.i and doc[end].text in {",", ";", ":"}:
        end -= 1
    return doc[start : end + 1]


def short(head: Token) -> Span:
    """The noun phrase up to its head and a following "of" phrase: how an unnamed speaker is called."""
    words = core(head)
    end = head.i + 1
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == end:
            end = max((token.i for token in child.subtree if token.i < words.end), default=head.i) + 1
    return head.doc[words.start : min(end, words.end)]


def whole(head: Token) -> Span:
    """The noun phrase of ``head`` with its conjuncts, each without clauses and appositions."""
    parts = [core(token) for token in conjuncts(head)]
    return head.doc[min(part.start for part in parts) : max(part.end for part in parts)]


def without_article(text: str) -> str:
    """The phrase without a leading article or demonstrative: how an unnamed speaker is called."""
    first, _, rest = text.partition(" ")
    return rest if rest and first.lower() in {"the", "a", "an", "this", "these", "that", "those"} else text


def appositions(head: Token) -> list[Token]:
    """Heads in apposition to ``head`` and, when it is itself one, the head it explains."""
    found = [child for child in head.children if child.dep_ == "appos"]
    if head.dep_ == "appos":
        found.append(head.head)
    return found


def counted(head: Token) -> Token:
    """The noun that a quantity stands before: "hundreds of residents" -> residents; else the head itself."""
    if head.lemma_.lower() not in _QUANTITIES and head.pos_ != "NUM":
        return head
    of = next((child for child in head.rights if child.dep_ == "prep" and child.lower_ == "of"), None)
    return next((child for child in of.children if child.dep_ == "pobj"), head) if of is not None else head


def person_after_office(head: Token) -> Token | None:
    """A personal name that the parser hung on the body of an office: "the head of the Front, Ada Okoro"."""
    for child in head.rights:
        office = child.dep_ == "prep" and child.lower_ in {"of", "in", "to", "at"}
        noun = next((c for c in child.subtree if c.ent_type_ == "PERSON"), None) if office else None
        if noun is not None:
            start = noun.i
            while start > 0 and noun.doc[start - 1].ent_type_ == "PERSON" and noun.doc[start].ent_iob_ != "B":
                start -= 1
            return noun if noun.doc[start - 1].text == "," else None
    return None


def is_plural(head: Token) -> bool:
    """True for a plural noun or two or more joined nouns."""
    return len(conjuncts(head)) > 1 or "Plur" in head.morph.get("Number", [])


def nominal(token: Token) -> bool:
    """True for a word that can head a noun phrase."""
    return token.pos_ in _NOMINAL


def ancestors(token: Token) -> Iterator[Token]:
    """The token, then its governors up to the root."""
    yield token
    yield from token.ancestors
