"""What saying so does: by the cue, then, for neutral cues, by the words themselves.

The words do it only in their main clause: "we call on", "must" and "should" demand; "will" and "would" promise when
the speaker, or those who obey it, are the subject; a harmful verb of another side accuses; a bare negation of one's
own deed denies; "consequences" and their like warn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from extract import lexicon, phrases
from extract.cues import Cue, is_cue_verb
from extract.model import Actor, ActorMention, Mode

Resolve = Callable[[Token], tuple[Actor, ...]]
Range = tuple[int, int]

_OBLIGING = frozenset({"must", "should", "ought"})
_FUTURE = frozenset({"will", "would", "'ll", "’ll", "wo", "shall"})
_FIRST = frozenset({"i", "we"})
_OWN = frozenset({"my", "our", "his", "her", "its", "their"})
_DISOWNED = frozenset({"part", "role", "hand", "involvement", "knowledge", "link", "tie", "connection"})
"""What a denial says one has none of."""

_ASSAULTS = frozenset({"offensive", "attack", "assault", "invasion", "raid", "strike", "war", "aggression", "coup"})
"""Deeds that one denies when one has "no plan" for them."""

_UNKNOWN = frozenset({"a", "an", "some", "several", "unknown", "unidentified", "unnamed", "masked"})
"""Words before doers whom nobody is named by, and so nobody accuses."""

_ASKING = frozenset({"demand"})
_DENIALS = re.compile(
    r"\b(?:untrue|false|baseless|groundless|unfounded|fabricated?|fabrications?|a lie|lies|nonsense)\b", re.I
)
_WARNINGS = re.compile(
    r"\b(?:consequences|pay (?:a|the) (?:heavy )?price|will regret|retaliat\w+|will not hesitate)\b", re.I
)


def mode_of(
    mode: Mode, doc: Doc, runs: list[Range], *, text: str, speaker: ActorMention | None, resolve: Resolve
) -> Mode:
    """The mode of a statement: that of its cue and frame, unless it is neutral and the words say more.

    :param text: the text of ``doc``; asking spaCy for it builds it anew each time.
    :param runs: character ranges of the content in the paragraph.
    :param resolve: the actors a noun of the content stands for.
    """
    if mode != "say":
        return mode
    words = " ".join(text[a:b] for a, b in runs)
    if _WARNINGS.search(words):
        return "warn"
    for verb in _main_verbs(doc, runs):
        found = _by_verb(verb, words, speaker, resolve)
        if found:
            return found
    return mode


def asking_cue(cues: list[Cue], runs: list[Range], speaker: ActorMention | None, resolve: Resolve) -> Cue | None:
    """A verb of asking within a quotation by which the speaker asks: "We call on Oran to …", "Ruritania asks …"."""
    for cue in cues:
        asks = cue.mode == "demand" or cue.frames.get("to") == "demand"
        if asks and not cue.passive and any(a <= cue.start < b for a, b in runs):
            subject = next((c for c in cue.head.children if c.dep_ == "nsubj"), None)
            if subject is not None and _own(subject, speaker, resolve):
                return cue
    return None


def _main_verbs(doc: Doc, runs: list[Range]) -> Iterator[Token]:
    """Top verbs of the sentences in the content, those of the first sentence and of sentences of their own."""
    spans = [doc.char_span(a, b, alignment_mode="expand") for a, b in runs[:1]]
    inside = [token for span in spans if span is not None for token in span]
    at = {t.i for t in inside}
    for token in inside:
        if (token.head.i not in at or token.head == token) and token.pos_ in {"VERB", "AUX"}:
            yield token
            return


def _by_verb(verb: Token, text: str, speaker: ActorMention | None, resolve: Resolve) -> Mode | None:
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass", "expl"}), None)
    helpers = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    own = subject is not None and _own(subject, speaker, resolve)
    first = subject is not None and subject.lower_ in _FIRST
    told = any(child.dep_ == "auxpass" for child in verb.children)
    if first and not told and is_cue_verb(verb) and _asks(verb):
        return "demand"
    if helpers & _OBLIGING and not own:
        return "demand"
    if _obliged(verb) and not own:
        return "demand"
    if helpers & _FUTURE and speaker is not None and speaker.side and _commits(verb, subject, own):
        return "promise"
    if (own and _denies(verb)) or (_DENIALS.search(text) and verb.lemma_ == "be"):
        return "deny"
    return "accuse" if subject is not None and _harms(verb, subject, speaker, resolve) else None


def _asks(verb: Token) -> bool:
    row = lexicon.by_word("cues").get(verb.lemma_.lower())
    return row is not None and (row["mode"] in _ASKING or "to=demand" in row["frames"])


def _obliged(verb: Token) -> bool:
    """ "has to leave", "needs to leave"."""
    return verb.lemma_ in {"have", "need"} and any(
        c.dep_ == "xcomp" and any(a.lower_ == "to" for a in c.children) for c in verb.children
    )


def _own(subject: Token, speaker: ActorMention | None, resolve: Resolve) -> bool:
    """True when the subject is the speaker or somebody of its side."""
    if subject.lower_ in _FIRST:
        return True
    if any(c.dep_ == "poss" and c.lower_ in {"my", "our"} for c in subject.children):
        return True
    if speaker is None:
        return False
    owner = next((c for c in subject.children if c.dep_ == "poss" and c.lower_ in _OWN), None)
    actors = resolve(owner if owner is not None else subject)
    names = {actor.name for actor in speaker.actors}
    sides = {actor.side for actor in speaker.actors if actor.side}
    return any(actor.name in names or actor.side in sides or actor.name in sides for actor in actors)


def _commits(verb: Token, subject: Token | None, own: bool) -> bool:
    """A future deed of one's own; a bare "it would be" says what is so, not what will be done."""
    if _expletive_no(subject, verb):
        return True
    return own and subject is not None and (verb.lemma_ != "be" or subject.lower_ in _FIRST)


def _expletive_no(subject: Token | None, verb: Token) -> bool:
    """ "There would be no operation"."""
    if subject is None or subject.dep_ != "expl":
        return False
    return any(t.lower_ == "no" for t in verb.subtree)


def _denies(verb: Token) -> bool:
    """One's own deed negated in the past or present: "we did not fire", "has nothing to do with"."""
    helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if verb.lemma_ == "have" and thing is not None and any(c.lower_ == "no" for c in thing.children):
        return thing.lemma_.lower() in _DISOWNED or any(t.lemma_.lower() in _ASSAULTS for t in thing.subtree)
    negated = any(c.dep_ == "neg" for c in verb.children)
    return negated and bool(helpers & {"did", "had", "has", "have"}) and verb.lemma_ in lexicon.words("harming_verbs")


def _harms(verb: Token, subject: Token, speaker: ActorMention | None, resolve: Resolve) -> bool:
    """A deed on the table ``harming_verbs`` that an actor of another side is said to do."""
    if speaker is None or not speaker.side or not phrases.nominal(subject) or subject.dep_ != "nsubj":
        return False
    if any(c.lower_ in _UNKNOWN for c in subject.children):
        return False
    deed = lexicon.by_word("harming_verbs").get(verb.lemma_.lower())
    if deed is None or any(c.dep_ == "neg" for c in verb.children):
        return False
    wanted = set(lexicon.values(deed["objects"]))
    objects = {t.lemma_.lower() for c in verb.children if c.dep_ in {"dobj", "xcomp", "prep"} for t in c.subtree}
    if wanted and not wanted & objects:
        return False
    sides = {actor.side for actor in speaker.actors}
    return any(actor.side and actor.side not in sides and actor.kind != "person" for actor in resolve(subject))
