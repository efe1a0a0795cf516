"""Is it English? Text in another language is refused, because English rules would misread it without a sign.

Nearly every English report is told by its function words alone, in microseconds. Only a text with few of them is
given to a naive Bayes model over byte n-grams (py3langid, 140 languages, offline), which takes a second and a half to
load. A text too short to tell, or one that the model is not sure of, is never refused.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from errors import Worded
from extract.reading.source import ReadingError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_WORD: Final = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS: Final = frozenset(
    _WORD.findall(
        "the and of that for with said has have from by at which will would they this were not been had their he it "
        "who are be but his its about after before when there what than more says to as you your she her"
    )
)
_ENOUGH: Final = 0.15
"""Share of function words above which a text is English: news has 0.25 to 0.45, other languages under 0.08."""
_PIECE: Final = 2_000
"""Characters looked at, at the beginning, in the middle and at the end."""
_FEWEST: Final = 80
"""Bytes of letters under which a text is not judged: some 15 words in Latin script, 7 in Cyrillic."""
_DOUBT: Final = 0.01
"""A text is refused when the probability that it is English is less."""
_NEAR_ENGLISH: Final = frozenset({"en", "sco", "pcm", "jam"})
"""English, Scots and the English creoles, which headlines without function words are taken for."""

_NAMES: Final = {
    "ar": Worded("Arabic"), "be": Worded("Belarusian"), "bg": Worded("Bulgarian"), "cs": Worded("Czech"),
    "da": Worded("Danish"), "de": Worded("German"), "el": Worded("Greek"), "es": Worded("Spanish"),
    "et": Worded("Estonian"), "fa": Worded("Persian"), "fi": Worded("Finnish"), "fr": Worded("French"),
    "he": Worded("Hebrew"), "hi": Worded("Hindi"), "hr": Worded("Croatian"), "hu": Worded("Hungarian"),
    "hy": Worded("Armenian"), "id": Worded("Indonesian"), "it": Worded("Italian"), "ja": Worded("Japanese"),
    "ka": Worded("Georgian"), "ko": Worded("Korean"), "lt": Worded("Lithuanian"), "lv": Worded("Latvian"),
    "nb": Worded("Norwegian"), "nl": Worded("Dutch"), "no": Worded("Norwegian"), "pl": Worded("Polish"),
    "ps": Worded("Pashto"), "pt": Worded("Portuguese"), "ro": Worded("Romanian"), "ru": Worded("Russian"),
    "sk": Worded("Slovak"), "sl": Worded("Slovenian"), "so": Worded("Somali"), "sr": Worded("Serbian"),
    "sv": Worded("Swedish"), "sw": Worded("Swahili"), "tr": Worded("Turkish"), "uk": Worded("Ukrainian"),
    "ur": Worded("Urdu"), "vi": Worded("Vietnamese"), "zh": Worded("Chinese"),
}  # fmt: skip


def in_english(text: str, where: str) -> str:
    """``text``, when it is English or too short or too mixed to tell.

    :raises ReadingError: when it is surely in another language.
    """
    if language := foreign_language(text):
        name = _NAMES.get(language, Worded("another language ({code})", code=language))
        raise ReadingError(
            where, "this is written in {name}; only English is read. Give an English version of it.", name=name
        )
    return text


def foreign_language(text: str) -> str | None:
    """ISO 639-1 code of the language of ``text`` when that is surely not English; None when it is, or may be."""
    sample = _sample(text)
    words = _WORD.findall(sample.casefold())
    if len("".join(words).encode()) < _FEWEST or _english_share(words) >= _ENOUGH:
        return None
    ranked = _identifier().rank(sample)
    english = sum(probability for language, probability in ranked if language in _NEAR_ENGLISH)
    return str(ranked[0][0]) if english < _DOUBT else None


def _sample(text: str) -> str:
    if len(text) <= 3 * _PIECE:
        return text
    middle = len(text) // 2
    return "\n".join((text[:_PIECE], text[middle : middle + _PIECE], text[-_PIECE:]))


def _english_share(words: list[str]) -> float:
    return sum(word in _FUNCTION_WORDS for word in words) / len(words)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    # Imported here because most sessions never need it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
