"""Numerals of news prose -> intervals: digits, number words, "a dozen", "hundreds of thousands", ranges, modifiers.

Works on plain text and character offsets, so that it needs no parse; which numerals count people or materiel is for
:mod:`extract.counts` to say. The tables are ``number_words.tsv`` and ``number_modifiers.tsv`` of the lexicon; vague
plurals stand for at least two of their unit ("hundreds" are 200 or more).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from extract.lexicon import rows

_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_MAX_DIGITS = 15
"""Longer runs of digits are identifiers, not numbers of people."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text. ``start:end`` are the numeral words, ``outer_start:outer_end`` take the modifier in.

    ``low``/``high`` are None where the words set no bound; ``low_open``/``high_open`` say that the bound itself is
    excluded ("more than 12"). ``modifier`` is as written. ``vague`` marks plurals such as "dozens". ``words`` is True
    when no digit is in it.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    low: int | None
    high: int | None
    modifier: str | None = None
    approx: bool = False
    low_open: bool = False
    high_open: bool = False
    vague: bool = False
    words: bool = False


@dataclass(frozen=True, slots=True)
class _Atom:
    start: int
    end: int
    value: Fraction
    vague: bool
    scaled: bool
    words: bool


@lru_cache(maxsize=1)
def _atom_pattern() -> re.Pattern[str]:
    roles = {row["word"]: row["role"] for row in rows("number_words")}
    plain = "|".join(sorted((w for w, r in roles.items() if r == "atom"), key=len, reverse=True))
    scale = "|".join(sorted((w for w, r in roles.items() if r == "scale"), key=len, reverse=True))
    long_scale = "|".join(sorted((w for w, r in roles.items() if r == "scale" and len(w) > 2), key=len, reverse=True))
    many = "|".join(sorted((w for w, r in roles.items() if r == "many"), key=len, reverse=True))
    vague = rf"(?:tens|dozens|scores|hundreds|thousands)\s+of\s+(?:thousands|millions)|(?:{many})"
    spelt = (
        rf"(?:(?:a|an|half\s+a|half-a|several|a\s+few|a\s+couple\s+of|a\s+couple)\s+)?(?:{long_scale})\b"
        rf"|(?:{plain})\b"
    )
    joint = rf"(?:[\s-]+(?:and\s+)?(?:(?:{plain})|(?:{long_scale}))\b)*"
    return re.compile(
        rf"(?:(?<![\w.,$€£¥#/:+-])|(?<=\d[-–]))(?:(?P<vague>{vague})\b"
        rf"|(?P<digits>{_DIGITS})(?:(?P<gap>[\s-]?)(?P<scale>(?:{scale})\b(?!\.)))?(?![\w%°²³]|[.,:/]\d)"
        rf"|(?P<words>{spelt}{joint})|(?P<pair>a\s+(?:pair|couple)\s+of))(?![\w])",
        re.IGNORECASE,
    )


def _value_of_words(text: str) -> Fraction | None:
    values = {row["word"]: (int(row["value"]), row["role"]) for row in rows("number_words")}
    total = current = Fraction(0)
    start = Fraction(1)
    for word in re.split(r"[\s-]+", text.lower()):
        if word in ("half",):
            start = Fraction(1, 2)
        elif word in ("several", "few", "couple"):
            start = Fraction(2)
        elif word in values:
            value, role = values[word]
            if role == "atom":
                current += value
            elif value >= 1000:
                total += (current or start) * value
                current, start = Fraction(0), Fraction(1)
            else:
                current = (current or start) * value
                start = Fraction(1)
    return total + current or None


@lru_cache(maxsize=1)
def _values() -> dict[str, int]:
    return {row["word"]: int(row["value"]) for row in rows("number_words")}


def _vague_value(text: str) -> Fraction:
    words = [w for w in re.split(r"\s+", text.lower()) if w != "of"]
    value = Fraction(_values()[words[0]])
    if len(words) == 2:
        value *= _values()[words[1].removesuffix("s")]
    return value


def _atoms(text: str) -> Iterator[_Atom]:
    for match in _atom_pattern().finditer(text):
        atom = _atom(match)
        if atom is not None:
            yield atom


def _atom(match: re.Match[str]) -> _Atom | None:
    start, end = match.span()
    if match["vague"]:
        return _Atom(start, end, _vague_value(match["vague"]), True, True, True)
    if match["pair"]:
        return _Atom(start, end, Fraction(2), False, False, True)
    if match["words"]:
        value = _value_of_words(match["words"])
        vague = bool(re.match(r"several|a\s+few", match["words"], re.IGNORECASE))
        return _Atom(start, end, value, vague, False, True) if value else None
    digits = re.sub(r"[,\u00a0\u202f]", "", match["digits"])
    if len(digits) > _MAX_DIGITS:
        return None
    value = Fraction(digits)
    if match["scale"]:
        value *= _values()[match["scale"].lower()]
    if value.denominator != 1:
        return None
    return _Atom(start, end, value, False, bool(match["scale"]), False)


_RANGE_GAP = re.compile(r"\s*(?:-|–|—|\bto\b|\bor\b)\s*", re.IGNORECASE)
_AND_GAP = re.compile(r"\s+and\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_WINDOW = 40
"""Characters before a number in which its modifier is looked for."""
_CHANGE = re.compile(r"\b(?:from)\s+$", re.IGNORECASE)


def find_numerals(text: str, *, skip: Sequence[tuple[int, int]] = ()) -> list[Numeral]:
    """Every numeral of ``text`` in order, ranges joined and modifiers taken in; spans never overlap.

    :param skip: half-open ranges whose numerals are none (dates).
    """
    atoms = [a for a in _atoms(text) if not any(start < a.end and a.start < end for start, end in skip)]
    found: list[Numeral] = []
    at = 0
    while at < len(atoms):
        numeral, used = _joined(text, atoms, at)
        floor = found[-1].outer_end if found else 0
        found.append(_bounded(text, numeral, floor))
        at += used
    return found


def _joined(text: str, atoms: list[_Atom], at: int) -> tuple[Numeral, int]:
    first = atoms[at]
    second = atoms[at + 1] if at + 1 < len(atoms) else None
    if second is not None and (modifier := _range_words(text, first, second)) is not None:
        low = first.value * _shared_scale(text, first, second)
        if low < second.value:
            start = _BETWEEN.search(text, max(0, first.start - _WINDOW), first.start) if modifier == "between" else None
            outer = start.start() if start else first.start
            numeral = Numeral(
                first.start, second.end, outer, second.end, int(low), None if second.vague else int(second.value),
                modifier=text[outer : first.start].strip() or None, words=first.words and second.words,
            )  # fmt: skip
            return numeral, 2
    high = None if first.vague else int(first.value)
    numeral = Numeral(
        first.start, first.end, first.start, first.end, int(first.value), high, vague=first.vague, words=first.words
    )
    return numeral, 1


def _range_words(text: str, first: _Atom, second: _Atom) -> str | None:
    """The kind of range two numerals make: "to", "between" or None."""
    gap = text[first.end : second.start]
    if len(gap) > 12:
        return None
    before = text[max(0, first.start - _WINDOW) : first.start]
    if _AND_GAP.fullmatch(gap) and _BETWEEN.search(before):
        return "between"
    if _RANGE_GAP.fullmatch(gap) and not _CHANGE.search(before):
        return "to"
    return None


def _shared_scale(text: str, first: _Atom, second: _Atom) -> int:
    """ "1 to 2 million" scales both ends."""
    if first.scaled or not second.scaled or second.vague:
        return 1
    match = re.search(r"(thousand|million|billion|k|m|mn|bn)$", text[second.start : second.end], re.IGNORECASE)
    return _values()[match.group(1).lower()] if match else 1


@lru_cache(maxsize=1)
def _modifier_patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    bounds = {row["phrase"]: row["bounds"] for row in rows("number_modifiers")}
    before = sorted((p for p in bounds if not p.startswith("~")), key=len, reverse=True)
    after = sorted((p[1:] for p in bounds if p.startswith("~")), key=len, reverse=True)
    joined = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in before)
    trailing = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in after)
    return (
        re.compile(rf"(?<![\w-])({joined})\s+(?:(?:the|an?)\s+)?$", re.IGNORECASE),
        re.compile(rf"({trailing})(?!\w)", re.IGNORECASE),
        bounds,
    )


def _bounded(text: str, numeral: Numeral, floor: int) -> Numeral:
    """Take modifiers before and after in; ``floor`` is where the numeral before ends."""
    before, after, bounds = _modifier_patterns()
    window = max(floor, numeral.outer_start - _WINDOW)
    match = before.search(text[window : numeral.outer_start])
    if match:
        phrase = " ".join(match.group(1).lower().split())
        numeral = replace(
            numeral, outer_start=window + match.start(1), modifier=text[window + match.start(1) : window + match.end(1)]
        )
        return _apply(numeral, bounds[phrase])
    match = after.match(text, numeral.end)
    if match:
        phrase = "~" + re.sub(r"\s+", " ", match.group(1).lower())
        numeral = replace(numeral, outer_end=match.end(), modifier=match.group(1).strip())
        return _apply(numeral, bounds[phrase])
    return numeral


def _apply(numeral: Numeral, bound: str) -> Numeral:
    """The interval under a modifier; ranges and vague plurals keep theirs."""
    if numeral.low != numeral.high:
        return replace(numeral, approx=bound == "about")
    if bound in ("least", "above"):
        return replace(numeral, high=None, low_open=bound == "above")
    if bound in ("most", "below"):
        return replace(numeral, low=None, high_open=bound == "below")
    return replace(numeral, approx=bound == "about")
