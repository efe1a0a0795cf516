"""How place names are compared: folding to a look-up key, and the variants a reporter may write for one name.

Folding is NFKD without combining marks, a small table for Latin letters that do not decompose, case folding, and the
same treatment of punctuation on both sides: apostrophes and full stops vanish ("Sana'a", "U.S."), hyphens and commas
become spaces, a leading article is dropped, and "St.", "Mt.", "Ft." are written out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LETTERS: Final = str.maketrans({
    "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th",
    "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i", "ħ": "h", "Ħ": "h", "ŋ": "ng", "ə": "a", "Ə": "a",
    "'": "", "’": "", "‘": "", "ʻ": "", "ʼ": "", "ʹ": "", "ʿ": "", "ʾ": "", "`": "", "´": "", "′": "", ".": "",
    "-": " ", "‐": " ", "‑": " ", "–": " ", "—": " ", "−": " ", "/": " ", ",": " ", "\u00a0": " ",
})  # fmt: skip
_WRITTEN_OUT: Final = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_ABBREVIATION_LENGTH: Final = 3
_PLAIN: Final = re.compile(r"[a-z0-9][a-z0-9 &()!]*")
MAX_NAME: Final = 120
"""Names longer than this many characters are no place names: they are not looked up."""


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Look-up key of ``name``; empty when nothing but punctuation is left or the name is longer than MAX_NAME."""
    if len(name) > MAX_NAME:
        return ""
    name = name.translate(_LETTERS)
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name)
        name = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
    words = [_WRITTEN_OUT.get(word, word) for word in name.casefold().split()]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def is_latin(key: str) -> bool:
    """True when a folded name consists of Latin letters and digits alone."""
    return _PLAIN.fullmatch(key) is not None


def looks_abbreviated(name: str) -> bool:
    """True for short forms that are words of another kind in lower case: "US", "La.", "N.Y."."""
    return len(fold(name).replace(" ", "")) <= _ABBREVIATION_LENGTH


def may_abbreviate(written: str) -> bool:
    """True when ``written`` is spelt like a short form: capitals ("US"), or a capital and a full stop ("La.")."""
    letters = [c for c in written if c.isalpha()]
    return bool(letters) and (all(c.isupper() for c in letters) or (letters[0].isupper() and "." in written))


def slug(name: str) -> str:
    """Name as a key of a hand-written table's row: "Netzarim corridor" -> "netzarim-corridor"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
