"""What closes a content but is the reporter's own: explanations of names, comments, and where the words were said."""

from __future__ import annotations

from spacy.tokens import Token

_COMMENTS = frozenset(
    {
        "something", "charge", "claim", "accusation", "allegation", "move", "message", "metaphor", "reference",
        "play", "nod", "swipe", "dig", "jab", "phrase", "view", "position", "argument", "stance", "assertion", "remark",
    }
)  # fmt: skip
"""Nouns by which a reporter takes up what was said: ", a charge the army denies"."""

_LED_TO = frozenset({"lead", "leave", "result", "kill", "wound", "injure", "cause", "destroy", "damage"})
"""What a deed that is told had as its result: ", which killed three" goes on with it."""

_CONCEDING = frozenset({"although", "though"})

_SETS_OFF = frozenset({",", "—", "–", "--", "―"})

VENUES = frozenset({"statement", "interview", "speech", "address", "tweet", "post", "letter", "conference", "briefing"})
"""Where words are said."""

_CHANNELS = frozenset(
    {
        "website", "twitter", "facebook", "medium", "radio", "television", "tv", "show", "ruling", "interview", "forum",
        "visit", "stop", "rally", "hearing", "appearance", "testimony", "memo", "editorial", "column", "page",
    }
)  # fmt: skip
"""Where something is praised or condemned. Of a reported clause the same phrase may say where something happens."""

_THINGS = frozenset({"obj", "as", "oprd"})

_CLOSE, _VISIT = 8, 20
"""Most words of a venue, and of a visit with its place and purpose."""


def without_gloss(tokens: list[Token]) -> list[Token]:
    """Tokens without a closing background clause that the reporter sets off: ", annexed in 1902", ", where … live"."""
    for at in range(len(tokens) - 1, 0, -1):
        if tokens[at].text not in _SETS_OFF or at + 1 >= len(tokens):
            continue
        rest = {t.i for t in tokens[at + 1 :]}
        tops = [t for t in tokens[at + 1 :] if t.head.i not in rest and not t.is_punct]
        if len(tops) == 1 and _gloss(tops[0]) and tops[0].head.i in {t.i for t in tokens[:at]}:
            return tokens[:at]
    return tokens


def _gloss(top: Token) -> bool:
    if top.dep_ == "relcl":
        own = {child.lower_ for child in top.children}
        if "where" in own and any(child.tag_ == "MD" for child in top.children):
            return False  # "…, where others would follow": what the speaker expects
        return bool(own & {"where", "who", "whose"}) or ("which" in own and _of_the_past(top))
    if top.dep_ == "acl" and top.tag_ == "VBN":
        return top.head.pos_ == "PROPN"
    if top.dep_ == "advcl":
        first = top.left_edge
        return first.dep_ == "mark" and first.head == top and first.lower_ in _CONCEDING
    return top.dep_ == "appos" and (top.lemma_.lower() in _COMMENTS or _explains_name(top))


def _explains_name(noun: Token) -> bool:
    """True for a description of a name that all know: ", the only port of the valley"."""
    own = {child.dep_ for child in noun.children}
    named = noun.head.pos_ == "PROPN" and noun.head.ent_type_ not in {"GPE", "LOC", "FAC"}
    return named and noun.pos_ == "NOUN" and "det" in own and "conj" not in own


def _of_the_past(clause: Token) -> bool:
    """True for what was once done with a thing that has a name: ", which Oran annexed in 1902"."""
    if any(c.tag_ == "MD" for c in clause.children):
        return False
    if clause.tag_ == "VBD":
        return clause.lemma_.lower() not in _LED_TO
    done = any(c.dep_ in {"aux", "auxpass"} and c.tag_ == "VBD" for c in clause.children)
    return done and clause.head.pos_ == "PROPN"


def without_venue(tokens: list[Token], frame: str) -> list[Token]:
    """Tokens without a closing phrase that says where the words were said: "in a statement"; of what is praised or
    condemned also "on its website", "during a visit".
    """
    venues, reach = (VENUES | _CHANNELS, _VISIT) if frame in _THINGS else (VENUES, _CLOSE)
    for at in range(len(tokens) - 1, max(0, len(tokens) - reach), -1):
        token = tokens[at]
        if token.dep_ == "prep" and token.lower_ in {"in", "during", "on", "at"} and at:
            noun = next((c for c in token.children if c.dep_ == "pobj"), None)
            rest = {t.i for t in tokens[at:]}
            inside = venues is not VENUES and token.head.pos_ in {"VERB", "AUX"} and token.head in tokens
            if noun is None or inside:
                continue
            if noun.lemma_.lower() in venues and rest <= {t.i for t in token.subtree}:
                return _undated(tokens[:at]) if frame in _THINGS else tokens[:at]
    return tokens


def _undated(tokens: list[Token]) -> list[Token]:
    """Tokens without a day that stands bare at their end: "called it a trap [Friday] on the radio"."""
    end = len(tokens)
    while end > 1 and tokens[end - 1].ent_type_ in {"DATE", "TIME"} and tokens[end - 1].dep_ == "npadvmod":
        end -= 1
    return tokens[:end]
