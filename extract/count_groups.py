"""Groups named by a people or a backer before the noun: "Syrian Kurdish fighters", "Turkish-backed militiamen"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from extract.lexicon import by_word

_HOLDING = frozenset({"held", "controlled", "owned", "run", "operated", "occupied"})
_BACKING = frozenset({"backed", "supported", "trained", "aligned", "allied", "funded", "led", "sponsored", "armed"})


def backed(noun: Token) -> Span | None:
    """ "Turkish-backed Syrian militiamen" are kept as written: neither the backer's nor the state's own."""
    for child in noun.children:
        if (
            child.lower_ in _BACKING
            and child.i < noun.i
            and child.left_edge.i < child.i
            and child.nbor(-1).text in "-‑"
        ):
            return noun.doc[child.left_edge.i : noun.i + 1]
    return None


def group_of(words: str) -> str:
    """The group rather than its men: "Turkish-backed militiamen" are a militia."""
    return f"{words.removesuffix('militiamen')}militia" if words.endswith("militiamen") else words


def people_before(noun: Token) -> Span | None:
    """The name of a people before a noun, with the state before it: "Syrian Kurdish fighters"."""
    for child in noun.lefts:
        if child.lower_ in by_word("peoples") and child.text[:1].isupper() and not names_other(child):
            before = child.nbor(-1) if child.i else None
            joined = before is not None and before.ent_type_ == "NORP" and before.text[:1].isupper()
            return noun.doc[child.i - joined : child.i + 1]
    return None


def names_other(token: Token) -> bool:
    """ "Turkish-backed", "US-made": who backs or made them does not own them; "ISIL-held" says who does."""
    after = token.doc[token.i + 1 : token.i + 3]
    return (
        len(after) == 2
        and after[0].text in "-‑"
        and after[1].tag_ in ("VBN", "VBD")
        and after[1].lower_ not in _HOLDING
    )


def people_name(people: Span) -> str:
    """ "Kurds", or with the state before it "Syrian Kurds"."""
    name = by_word("peoples")[people[-1].lower_]["people"]
    return f"{people[0].text} {name}" if len(people) > 1 else name


def group_before(noun: Token) -> tuple[str, Span] | None:
    """Name and words of the backed group or the people that the words before a noun name; None when they name none."""
    words = backed(noun)
    if words is not None:
        return group_of(words.text), words
    people = people_before(noun)
    return (people_name(people), people) if people is not None else None
