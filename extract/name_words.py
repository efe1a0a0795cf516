"""Words about names: titles, articles, and the state a report is set in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc, Span

from extract import lexicon, phrases
from extract.actor_book import ActorBook, Entry
from extract.cues import is_cue_verb
from extract.model import Actor
from extract.sentences import Passage

_SHORT_TITLES = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "rev", "sgt", "capt", "maj", "lt", "col", "gen", "sen", "rep"}
)
_TITLE_WORDS = 10
_OFTEN = 3
_AHEAD = 1.5


def titled(entity: Span) -> Span | None:
    """The personal name in words that the recogniser took for a body: "Delta Fire Marshal [Doug Haye]"."""
    titles = lexicon.words("titles")
    last = max((at for at, token in enumerate(entity) if token.lower_ in titles), default=-1)
    name = entity[last + 1 :]
    if (
        last < (0 if entity[0].lower_.rstrip(".") in _SHORT_TITLES else 1)
        or not 1 < len(name) < 4
        or any(token.pos_ != "PROPN" or lexicon.role(token) for token in name)
    ):
        return None
    return Span(entity.doc, name.start, name.end, label="PERSON")


def title_start(doc: Doc, at: int) -> int:
    """Where the words before a name begin that may be its bearer's office, whatever the parser made of them."""
    start = at
    while (
        start > 0
        and at - start < _TITLE_WORDS
        and (
            doc[start - 1].pos_ in {"PROPN", "NOUN", "ADJ"}
            or doc[start - 1].lower_ in {"of", "'s", "’s"}
            or phrases.title_stop(doc[start - 1])
        )
    ):
        start -= 1
    return start


def as_written(span: Span, entry: Entry) -> Actor:
    """The book's actor; of media called by a common noun ("state television") the words of the report as name."""
    actor = entry.actor
    if entry.kind in {"media", "state_media", "agency"} and span[-1].text.islower():
        return Actor(phrases.without_article(span.text), actor.kind, actor.side, actor.role)
    return actor


def without_arabic_article(surname: str) -> str:
    """ "al-Assad" -> "assad": reports drop the Arabic article of a surname."""
    article, _, rest = surname.partition("-")
    return rest if rest and article in {"al", "el"} else surname


def speaking_alone(passages: Sequence[Passage]) -> frozenset[str]:
    """Names of one word, in small letters, that are the subject of a verb of speech in a report."""
    return frozenset(
        token.lower_
        for passage in passages
        for token in passage.doc
        if token.dep_ == "nsubj"
        and token.pos_ == "PROPN"
        and is_cue_verb(token.head)
        and token.left_edge == token.right_edge
    )


def setting(passages: Sequence[Passage], book: ActorBook) -> str | None:
    """The state a report is set in: its names, adjectives, people and capital come at least three times (twice when no
    other state is named) and half as often again as those of any other.

    It is what "the army" or "police" without another word belong to. None when no state stands out.
    """
    counted = Counter(
        state
        for passage in passages
        for token in passage.doc
        if token.text[:1].isupper() and (state := book.state(token.text))
    )
    if not counted:
        return None
    (state, times), (_, others) = [*counted.most_common(2), ("", 0)][:2]
    return state if times >= (_OFTEN if others else 2) and times >= _AHEAD * others else None
