"""What single words tell about place names: generic nouns, prepositions, directions, and how far a name runs."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc, Token

from extract.lexicon import by_word, rows

LONGEST = 7
"""Tokens that a name may have; a hyphen is a token."""
STRICT = frozenset({"in", "near", "into", "inside", "outside"})
"""Prepositions after which a capitalised name is hardly ever a person's."""
JOINS = frozenset({"-", "‑", "–", "'", "’", "‘"})
_WAYS = frozenset({
    "road", "highway", "route", "way", "railway", "motorway", "km", "kilometre", "kilometer", "mile", "metre",
    "corridor",
})  # fmt: skip
PARTICLES = frozenset({"al", "el", "ad", "as", "ash", "an", "ar", "at", "az", "en", "ed", "es", "er"})
"""Articles of transliterated Arabic names, which a hyphen ties to the word they open."""

PREFIXES = PARTICLES | {
    "abu",
    "umm",
    "wad",
    "bani",
    "beni",
    "tel",
    "tell",
    "tal",
    "ain",
    "ein",
    "deir",
    "beit",
    "bayt",
    "kafr",
    "kfar",
    "bab",
    "khan",
    "ras",
    "jebel",
    "jabal",
    "shahr",
    "qala",
    "port",
    "fort",
    "san",
    "santa",
    "saint",
    "new",
    "nova",
    "novo",
    "nizhny",
}
"""First words of names that no later word of the name stands for alone: "El Obeid" is no "Obeid"."""


@lru_cache(maxsize=1)
def _heads() -> dict[str, str]:
    return {word: row["class"] for word, row in by_word("place_heads").items()}


@lru_cache(maxsize=1)
def _prepositions() -> dict[str, str]:
    return {word: row["use"] for word, row in by_word("locative_prepositions").items()}


def head_class(token: Token) -> str | None:
    """Class of a generic place noun ("province" -> "admin"), plurals too; None for other words."""
    heads = _heads()
    return heads.get(token.lower_) or heads.get(token.lemma_.lower())


def is_locative(token: Token) -> bool:
    """True for a preposition that is strong evidence of a place ("in", "near")."""
    return _prepositions().get(token.lower_) == "at"


def is_preposition(token: Token) -> bool:
    """True for a preposition that may stand before a place, or before people and organisations as well ("from")."""
    return token.lower_ in _prepositions()


@lru_cache(maxsize=1)
def _of_places() -> frozenset[str]:
    """Words whose "of" is followed by a place: "north of", "the outskirts of", "the village of"."""
    return frozenset(by_word("directions")) | frozenset(by_word("spatial_nouns")) | frozenset(_heads())


@lru_cache(maxsize=1)
def _visiting() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("metonymy") if row["use"] == "place_object")


def is_place_of(token: Token) -> bool:
    """True for the "of" of "north of", "the outskirts of", "the village of"."""
    if token.lower_ != "of" or token.i == 0:
        return False
    before = token.nbor(-1)
    return before.lower_ in _of_places() or head_class(before) is not None


def is_way(token: Token) -> bool:
    """True for the preposition of "the road to", "30 km from" and "the highway between", which a place follows."""
    if token.lower_ not in ("to", "from", "between", "towards") or token.i == 0:
        return False
    return token.nbor(-1).lemma_.lower() in _WAYS


def is_conquest(verb: Token) -> bool:
    """True for verbs of war whose object is a place and hardly ever a person ("retook Kosti")."""
    return verb.lemma_.lower() in _conquest()


@lru_cache(maxsize=1)
def _conquest() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("metonymy") if row["use"] == "conquest")


def takes_place(verb: Token) -> bool:
    """True for verbs whose object is a place rather than a government ("left Kosti")."""
    return verb.lemma_.lower() in _visiting()


def is_direction(token: Token) -> bool:
    """True for a lower-case adjective of direction ("eastern", "south")."""
    row = by_word("directions").get(token.text)
    return row is not None and row["use"] != "noun"


def is_such_as(token: Token) -> bool:
    """True for the "as" of "towns such as" and the "including" of "villages including"."""
    if token.lower_ == "including":
        return any(head_class(t) for t in token.doc[max(0, token.i - 2) : token.i])
    if token.lower_ != "as" or token.i < 2:
        return False
    return token.nbor(-1).lower_ == "such" and head_class(token.nbor(-2)) is not None


def starts_name(token: Token) -> bool:
    """True for a capitalised word, or the article that opens a transliterated Arabic name ("al-Badri")."""
    if token.text[:1].isupper():
        return True
    return token.lower_ in PARTICLES and token.i + 2 < len(token.doc) and token.nbor(1).text in JOINS


def end_of_name(doc: Doc, start: int) -> int:
    """One past the last token of the run of name words that begins at ``start``; ``start`` itself when none does."""
    end = start
    while end < len(doc) and end - start < LONGEST:
        joins = doc[end].text in JOINS and end > start and end + 1 < len(doc) and starts_name(doc[end + 1])
        if not (starts_name(doc[end]) or joins) or (end > start and doc[end].is_sent_start):
            break
        end += 1
    return end


def start_of_name(doc: Doc, end: int) -> int:
    """First token of the run of name words that ends before ``end``; ``end`` itself when none does."""
    start = end
    while start > 0 and end - start < LONGEST:
        word = doc[start - 1]
        named = word.text[:1].isupper() or word.text in JOINS or word.lower_ in PARTICLES
        if not named or word.pos_ in ("DET", "PRON", "ADP") or word.ent_type_ in ("NORP", "DATE"):
            break
        start -= 1
    return start
