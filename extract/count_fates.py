"""What happened to those counted: killed, wounded, detained … by the verb, noun or adjective that governs the number.

The verbs are data (``count_verbs.tsv``): each says whom its numbers count, its object (the subject of its passive) or
its subject. Two fates joined by "and" or "or" make ``killed_or_wounded``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice

from spacy.tokens import Token

from extract.lexicon import rows

_CLAUSE = frozenset({"relcl", "acl"})
_PREDICATES = frozenset({"acomp", "oprd", "ccomp", "amod", "advcl", "xcomp"})
_GROUPS = frozenset({"family", "group", "crew", "team", "convoy", "gang", "number", "total", "handful"})
_NEXT = 14
_LONGEST_LIST = 24
"""Members of a list that are gone back over to the one that the verb governs."""
_WIDEST = 40
"""Dependents of a word that are looked at; none in a report has as many."""
_LOCATED = ("be", "remain", "stay", "lie")


@lru_cache(maxsize=4)
def _fates(counted: str) -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for row in rows("count_verbs"):
        if row["counted"] == counted:
            table[row["lemma"]] = (*table.get(row["lemma"], ()), row["kind"])
    return table


def fates(head: Token) -> tuple[str, ...]:
    """Every fate that the words about ``head`` give those it counts, the nearest first; () when there is none.

    ``head`` is the counted noun, or the numeral itself when its noun is elided. "hit" and "taken" are the fates of
    facilities.
    """
    chain = [head]
    for _ in range(_LONGEST_LIST):
        found = tuple(dict.fromkeys((*_own(head), *_governed(head))))
        if found:
            return found
        if head.dep_ not in ("conj", "appos") or head.head.pos_ not in ("NOUN", "PROPN", "NUM", "ADJ"):
            break
        head = head.head
        chain.append(head)
    return next((found for each in reversed(chain) if (found := tuple(dict.fromkeys(_by_next_verb(each))))), ())


def _by_next_verb(head: Token) -> Iterable[str]:
    """The verb after the noun when the parse made the noun the object of "said": "said 50 people, most of them
    women, were killed".
    """
    verb = _next_verb(head)
    if verb is None or any(head.i < c.i < verb.i for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")):
        return
    yield from _by_subject(verb)


def _next_verb(head: Token) -> Token | None:
    enclosed = False
    for token in head.doc[head.i + 1 : min(head.sent.end, head.i + _NEXT)]:
        if token.text == ",":
            enclosed = not enclosed
        elif enclosed or token.pos_ in ("ADV", "ADP", "PROPN", "NOUN", "DET", "NUM"):
            continue
        elif token.pos_ == "AUX" and token.head.pos_ == "VERB" and token.head.i > token.i:
            return token.head
        elif token.tag_ in ("VBD", "VBP", "VBZ"):
            return token
        else:
            return None
    return None


def own_fates(head: Token) -> tuple[str, ...]:
    """Fates said inside the noun phrase alone: "12 wounded men", "people killed in …"."""
    return tuple(dict.fromkeys(_own(head)))


def _own(head: Token) -> Iterable[str]:
    """Fates said inside the noun phrase: "12 wounded men", "people killed in …", "men who died"."""
    for child in head.children:
        hyphened = child.i > 0 and child.nbor(-1).text == "-"
        if child.dep_ in ("amod", "acl") and child.tag_ in ("VBN", "JJ", "VBD") and not hyphened:
            yield from _passive(child)
        elif child.dep_ == "acl" and child.tag_ == "VBG":
            yield from _active(child)
        elif child.dep_ == "relcl" and child.i > head.i:
            yield from _relative(child)
    follower = head.nbor(1) if head.i + 1 < len(head.doc) else None
    if follower is not None and follower.pos_ in ("ADJ", "VERB") and follower.tag_ in ("JJ", "VBN", "VBD"):
        yield from _stated(follower)


def _relative(verb: Token) -> Iterable[str]:
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.tag_ in ("WP", "WDT"):
        yield from _by_subject(verb)
    else:
        yield from _passive(verb)


def _governed(head: Token) -> Iterable[str]:
    governor = head.head
    if head.dep_ in ("nsubjpass", "nsubj"):
        yield from _by_subject(governor)
    elif head.dep_ in ("dobj", "attr", "oprd", "npadvmod", "dative"):
        yield from _by_object(governor)
    elif head.dep_ == "pobj":
        yield from _by_preposition(governor)


def _by_subject(verb: Token) -> Iterable[str]:
    """Fates that a verb gives its subject: of a passive the object's, of an active one the subject's."""
    for each in _joined(verb):
        yield from _passive(each) if _is_passive(each) else _active(each)
        for child in each.children:
            if child.dep_ in ("acomp", "oprd", "attr", "xcomp"):
                yield from _stated(child)
            elif child.dep_ == "prep" and child.lower_ == "among" and each.lemma_ in _LOCATED:
                yield from (kind for c in child.children for kind in _stated(c))
            elif child.dep_ == "prep" and child.lower_ == "in" and each.lemma_ in _LOCATED:
                yield from (kind for c in child.children for kind in _fates("noun").get(c.lemma_.lower(), ()))


def _by_object(verb: Token) -> Iterable[str]:
    for each in (verb, *_coordinated_before(verb)):
        yield from _fates("object").get(each.lemma_.lower(), ())
        if _moves_away(each):
            yield from _fates("object_from").get(each.lemma_.lower(), ())
    for child in _below(verb):
        if child.pos_ == "ADJ" and child.dep_ in _PREDICATES:
            yield from _stated(child)
        elif child.dep_ == "xcomp" and child.tag_ == "VB":
            yield from _active(child)


def _below(verb: Token) -> list[Token]:
    """Children and grandchildren after a verb, in text order."""
    children = list(islice(verb.children, _WIDEST))
    under = [*children, *(c for child in children for c in islice(child.children, _WIDEST))]
    return sorted((token for token in under if token.i > verb.i), key=lambda token: token.i)


def _moves_away(verb: Token) -> bool:
    """ "Driven from their homes", "forced out": the preposition says that people had to leave."""
    return any(child.lower_ in ("from", "out") for child in verb.children if child.dep_ in ("prep", "prt", "advmod"))


def _by_preposition(preposition: Token) -> Iterable[str]:
    """ "the killing of 14 people", "the bodies of 35 men", "a family of seven": by the noun before "of"."""
    owner = preposition.head
    if preposition.lower_ != "of" or owner.pos_ not in ("NOUN", "PROPN"):
        return
    lemma = owner.lemma_.lower()
    named = _fates("object").get(lemma, ()) or _fates("noun").get(lemma, ())
    yield from named
    if not named and lemma in _GROUPS:
        yield from fates(owner)


def _joined(verb: Token) -> list[Token]:
    """The verb and those joined to it that share its subject: "were killed or injured"."""
    found = [verb]
    for each in found:
        found += [
            c for c in each.children if c.dep_ == "conj" and c.pos_ in ("VERB", "ADJ") and _shares_subject(each, c)
        ]
    return found


def _shares_subject(verb: Token, joined: Token) -> bool:
    if any(c.dep_ in ("nsubj", "nsubjpass", "dobj") for c in joined.children):
        return False
    return not any(t.like_num for t in verb.doc[verb.i : joined.i])


def _coordinated_before(verb: Token) -> list[Token]:
    """ "killing and wounding 20": the first verb has no object of its own."""
    if verb.dep_ != "conj" or any(c.dep_ == "dobj" for c in verb.head.children):
        return []
    return [verb.head]


def _is_passive(verb: Token) -> bool:
    if verb.tag_ != "VBN":
        return False
    parts = {c.dep_ for c in verb.children}
    if "auxpass" in parts or "nsubjpass" in parts:
        return True
    have = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    return not have


def _passive(verb: Token) -> tuple[str, ...]:
    lemma = verb.lemma_.lower()
    moved = _fates("object_from").get(lemma, ()) if _moves_away(verb) else ()
    return _fates("object").get(lemma, ()) or moved or _stated(verb)


def _active(verb: Token) -> tuple[str, ...]:
    table = _fates("subject")
    return table.get(verb.lemma_.lower(), ()) or table.get(verb.lower_, ())


def _stated(word: Token) -> tuple[str, ...]:
    """Fates of adjectives, participles used as such and nouns: "dead", "missing", "the wounded"."""
    table = _fates("subject")
    own = table.get(word.lower_, ())
    joined = [c for c in word.children if c.dep_ == "conj" and not any(t.like_num for t in word.doc[word.i : c.i])]
    return (*own, *(kind for c in joined for kind in table.get(c.lower_, ())))
