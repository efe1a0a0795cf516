"""Other ways to write a name that is not found as it stands: generic words, articles, letters of another alphabet.

Only for names that no place bears exactly. Whether a word may be a place at all is never asked of these
(``Gazetteer.facts`` knows exact names alone): they tell where a name is that a reporter spelt his own way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from geo.names import fold

_ALIKE: Final[tuple[tuple[str, ...], ...]] = (
    ("air base", "airbase", "air force base", "airfield", "afb", "air station", "military airport", "aerodrome"),
    ("airport", "international airport", "airfield", "air base", "airbase"),
    ("camp", "refugee camp", "idp camp", "displacement camp", "displaced persons camp", "camps"),
    ("base", "military base", "army base", "garrison", "barracks", "outpost"),
    ("crossing", "border crossing", "crossing point", "border gate", "border post", "checkpoint", "gate"),
    ("strait", "straits", "channel"),
    ("dam", "hydroelectric dam", "hydroelectric power plant", "hydroelectric plant", "hydropower plant"),
    ("nuclear power plant", "nuclear plant", "nuclear power station", "nuclear facility", "nuclear site", "reactor",
     "nuclear complex", "nuclear reactor", "enrichment plant", "enrichment facility", "npp", "plant"),
    ("power plant", "power station", "thermal power plant", "plant"),
    ("island", "islands", "isle", "archipelago"),
    ("shoal", "reef", "atoll", "bank", "rocks"),
    ("hospital", "medical complex", "medical centre", "medical center"),
    ("prison", "jail", "detention centre", "detention center", "penal colony"),
    ("corridor", "gap", "axis", "route"),
    ("port", "seaport", "harbour", "harbor", "naval base", "oil terminal", "terminal"),
    ("oil refinery", "refinery", "oil depot"),
    ("oil field", "oilfield", "gas field", "oilfields"),
    ("steel plant", "steelworks", "iron and steel works", "plant"),
    ("mountain", "mountains", "hills", "heights", "range", "massif"),
    ("forest", "woods", "forest reserve", "national park"),
    ("valley", "gorge", "wadi"),
    ("bridge", "road bridge", "rail bridge", "railway bridge"),
    ("exclusion zone", "zone"),
    ("buffer zone", "demilitarized zone", "demilitarised zone", "zone"),
    ("training ground", "training area", "training range", "firing range", "test site", "proving ground", "test range"),
    ("cosmodrome", "spaceport", "launch site", "satellite launching station"),
    ("mine", "gold mine", "coal mine"),
)  # fmt: skip
"""Generic words at the end of a name that reports use for one another."""
_LEADING: Final = {
    "strait": "strait", "straits": "strait", "gulf": "gulf", "lake": "lake", "mount": "mountain", "river": "river",
    "camp": "camp", "port": "port", "island": "island", "isle": "island", "bay": "bay", "jebel": "mountains",
    "jabal": "mountains", "wadi": "valley", "fort": "fort", "isthmus": "isthmus", "valley": "valley", "cape": "cape",
    "sea": "sea", "plain": "plain", "pass": "pass", "peninsula": "peninsula", "hill": "hill", "desert": "desert",
}  # fmt: skip
"""Generic words before a name, and the word that follows it instead: "Strait of Kerch", "Kerch Strait"."""
_ARTICLES: Final = frozenset({
    "al", "el", "ad", "ed", "ar", "er", "as", "es", "at", "et", "an", "en", "az", "ez", "ash", "esh", "adh", "ath",
    "ul", "ol", "il", "ud", "ur", "us",
})  # fmt: skip
"""The Arabic article, as it sounds before the letters of the sun."""
_SPELT: Final = (
    ("kh", "h"), ("h", "kh"), ("q", "k"), ("k", "q"), ("q", "g"), ("gh", "g"), ("dj", "j"), ("j", "dj"), ("dh", "d"),
    ("th", "t"), ("ts", "tz"), ("tz", "ts"), ("c", "ts"), ("ch", "tch"), ("zh", "j"), ("w", "v"), ("v", "w"),
    ("ou", "u"), ("u", "ou"), ("oo", "u"), ("u", "oo"), ("ee", "i"), ("i", "ee"), ("ei", "ai"), ("ai", "ei"),
    ("ay", "ai"), ("ai", "ay"), ("ey", "ei"), ("ei", "ey"), ("ey", "ay"), ("ay", "ey"), ("aw", "au"), ("au", "aw"),
    ("iy", "y"), ("yy", "y"), ("yi", "i"), ("y", "i"), ("i", "y"), ("y", "iy"), ("ii", "i"), ("ia", "iya"),
    ("iya", "ia"), ("ya", "ia"), ("ia", "ya"), ("aa", "a"), ("g", "h"), ("ovka", "ivka"), ("ovo", "ove"), ("sk", "sc"),
    ("oe", "o"), ("ae", "a"),
)  # fmt: skip
"""Letters that stand for one sound of another alphabet: one of these may differ in a name."""
_VOWELS: Final = (("a", "e"), ("e", "a"), ("o", "u"), ("u", "o"), ("e", "i"), ("i", "e"))
_DOUBLE: Final = re.compile(r"([b-df-hj-np-tv-z])\1")
_SHORTEST: Final = 5
"""Names of fewer letters are spelt alike by chance."""
_SHORTEST_VOWELS: Final = 7


def same_thing(name: str) -> Iterator[str]:
    """Folded names for the same thing by another generic word or article, the likeliest first."""
    key = fold(name)
    seen = {key, ""}
    for other in (*_with_other_generic(key), *_with_other_article(key)):
        if other not in seen:
            seen.add(other)
            yield other
            yield from _fresh(_with_other_article(other), seen)


def same_sound(name: str) -> Iterator[str]:
    """Folded names that may stand for the same sounds, each a single change away."""
    key = fold(name)
    if len(key.replace(" ", "")) < _SHORTEST or not key.isascii():
        return
    seen = {key, ""}
    yield from _fresh((_DOUBLE.sub(r"\1", key), *_ends(key)), seen)
    vowels = _VOWELS if len(key) >= _SHORTEST_VOWELS else ()
    for written, other in (*_SPELT, *vowels):
        yield from _fresh((key[: m.start()] + other + key[m.end() :] for m in re.finditer(written, key)), seen)


def _fresh(names: Iterator[str] | tuple[str, ...], seen: set[str]) -> Iterator[str]:
    for name in names:
        if name not in seen:
            seen.add(name)
            yield name


def _ends(key: str) -> Iterator[str]:
    for ending, other in (
        ("ah", "a"),
        ("eh", "a"),
        ("a", "ah"),
        ("e", "a"),
        ("eh", "ah"),
        ("iyya", "ia"),
        ("ieh", "ia"),
    ):
        if key.endswith(ending):
            yield key[: -len(ending)] + other


def _with_other_generic(key: str) -> Iterator[str]:
    first, _, rest = key.partition(" ")
    bare = rest.removeprefix("of ").removeprefix("the ")
    if first in _LEADING and bare:
        yield f"{bare} {_LEADING[first]}"
        yield f"{first} {bare}" if bare != rest else f"{first} of {bare}"
        yield f"{first} of the {bare}"
    for group in _ALIKE:
        ending = max((word for word in group if key.endswith(f" {word}")), key=len, default=None)
        if ending is not None:
            stem = key[: -len(ending) - 1]
            yield from (f"{stem} {word}" for word in group if word != ending)
            yield from (f"{word} {stem}" for word in group[:1])
    last = key.rpartition(" ")[2]
    if last in _LEADING.values() and " " in key:
        stem = key.rpartition(" ")[0]
        for lead in (lead for lead, word in _LEADING.items() if word == last):
            yield f"{lead} {stem}"
            yield f"{lead} of {stem}"


def bare(name: str) -> Iterator[str]:
    """The folded name without its generic word: the thing is called so, or is somewhere about the place so called."""
    key = fold(name)
    endings = sorted({word for group in _ALIKE for word in group if key.endswith(f" {word}")}, key=len, reverse=True)
    for ending in endings:
        stem = key[: -len(ending) - 1]
        yield stem
        yield from _with_other_article(stem)


def _with_other_article(key: str) -> Iterator[str]:
    words = key.split()
    at = [index for index, word in enumerate(words[:-1]) if word in _ARTICLES]
    if not at:
        if len(key) >= _SHORTEST - 1 and len(words) == 1:
            yield from (f"al {key}", f"el {key}")
        return
    for index in at:
        for other in ("al", "el", ""):
            yield " ".join((*words[:index], *([other] if other else []), *words[index + 1 :]))
    last = at[-1]
    sun = words[last + 1][0]
    yield from (" ".join((*words[:last], vowel + sun, *words[last + 1 :])) for vowel in "ae")
