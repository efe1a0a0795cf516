"""What the words about a noun say of an actor: role and side, by the modifiers of the phrase.

"The Russian defence minister" speaks for Russia, "a spokesman for the RSF" for the RSF, "residents of Goma" for
nobody: the table ``roles`` says which nouns speak for whom their modifiers name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from spacy.tokens import Span, Token

from extract import lexicon, phrases
from extract.actor_book import ActorBook, Entry
from extract.model import Actor, ActorKind

_KINDS: dict[str, ActorKind] = {"person": "person", "force": "organisation", "people": "person"}
_BELONGING = frozenset({"of", "for", "from", "to", "with", "at"})
_ENVOYS = frozenset({"envoy", "ambassador", "visitor", "emissary", "representative", "special"})
_LONGEST_NAME = 12
"""Most words of a name that is looked for among the modifiers of a noun."""
_OF_NAME = 4
_PLEADERS = frozenset({"lawyer", "attorney", "counsel", "barrister", "lobbyist"})
"""Private persons who speak for whom they are engaged by: "a lawyer for the Dawn Front"."""
_LINKS = frozenset({"-", "–"})
_STATE_RUN = frozenset({"state", "official", "government", "governmental"})
_BACKED = frozenset({"backed", "led", "allied", "aligned", "sponsored", "supported", "trained"})
"""In "Ruritanian-backed forces" the forces stay a party of their own."""

_PARTIES = frozenset({"opposition", "rebel", "separatist", "insurgent", "militant", "jihadist"})


def split_title(tokens: Span) -> tuple[str, str]:
    """Split a personal name into ``(title, name)``: "Gen. Ada Okoro" -> ("Gen.", "Ada Okoro")."""
    titles = lexicon.words("titles")
    start = 0
    for length in (3, 2, 1):
        while start + length < len(tokens) and tokens[start : start + length].text.lower() in titles:
            start += length
    end = len(tokens)
    while end > start + 1 and tokens[end - 1].lower_ in {"'s", "’s", "'", "’"}:
        end -= 1
    return tokens[:start].text, tokens[start:end].text


class Descriptors:
    """Reads roles and sides off noun phrases with the help of the book."""

    def __init__(self, book: ActorBook, published: date | None) -> None:
        self.book = book
        self.published = published
        self.setting: str | None = None
        self._states = frozenset(state.name for state in book.states)

    def is_role(self, head: Token) -> bool:
        """True for a noun that names an office or a body."""
        return self._role(head) is not None

    def is_body(self, head: Token) -> bool:
        """True for a noun that names a body, a force or a medium, not a person."""
        return self.noun_class(head) in {"body", "force", "media"}

    def speaks(self, head: Token) -> str:
        """How the noun speaks for a side, as the table ``roles`` says: yes, public, self, no; empty when unlisted."""
        row = self._role(head)
        return row["speaks"] if row else ""

    def gender(self, head: Token) -> str:
        """``m`` or ``f`` when the noun says it, else an empty string."""
        row = self._role(head)
        return row["gender"] if row else ""

    def noun_class(self, head: Token) -> str:
        """Class of the noun in the table ``roles``, empty when it is not listed."""
        row = self._role(head)
        return row["class"] if row else ""

    def _role(self, head: Token) -> lexicon.Row | None:
        return lexicon.role(head)

    def common(self, head: Token) -> Actor | None:
        """The actor that a phrase without a name of its own is: its words without the article, side by modifiers."""
        text = phrases.without_article(phrases.short(head).text)
        if not text.strip():
            return None
        if head.lemma_.lower() == "government" and (state := self.side(head)) in self._states:
            return Actor(state, "state", state)
        kind = _KINDS.get(self.noun_class(head), "organisation")
        return Actor(text, kind, self.spoken_for(head), text if kind == "person" else None)

    def spoken_for(self, head: Token) -> str | None:
        """The side a common noun speaks for by its class and modifiers; None for private voices."""
        how = "" if _former(head) else self.speaks(head)
        if how in {"", "no"}:
            return self._side_after(head) if head.lemma_.lower() in _PLEADERS else None
        if any(child.lower_ == "news" for child in head.lefts):
            return self._broadcaster(head, self.side(head))
        if any(child.lower_ in _BACKED for child in head.lefts):
            return _party(head)
        if how == "self":
            named = self._named_in(_before(head)) or self._side_after(head)
            return _party(head) if named is None or named in self._states else named
        side = self._modifying_party(head) or self.side(head)
        if self.noun_class(head) == "media":
            return self._broadcaster(head, side)
        return side or (self.setting if how == "public" else None)

    def _modifying_party(self, head: Token) -> str | None:
        """The party of its own that a noun right before an office names: "a Syrian rebel spokesman"."""
        for child in head.lefts:
            own = child.dep_ in {"compound", "nmod", "amod"} and child.i == head.i - 1 and child.pos_ in {"NOUN", "ADJ"}
            row = lexicon.role(child) if own else None
            if (
                row is not None
                and row["speaks"] == "self"
                and (row["class"] in {"person", "force"} or child.lemma_.lower() in _PARTIES)
            ):
                return phrases.without_article(head.doc[phrases.core(head).start : head.i].text)
        return None

    def _broadcaster(self, head: Token, side: str | None) -> str | None:
        """Media speak for a state only when the words say that it runs them: "state television"."""
        words = {token.lower_ for token in phrases.core(head)}
        return (side if side in self._states else self.setting) if words & _STATE_RUN else None

    def side(self, head: Token) -> str | None:
        """The side that the modifiers of a noun name, before it ("UN envoy"), then after it ("envoy of the UN")."""
        return self._named_in(_before(head)) or self._side_after(head) or self._unlisted(head)

    def _named_in(self, words: Span) -> str | None:
        """Side of the first name or demonym among words that stand before a noun."""
        for at in range(len(words)):
            if at + 1 < len(words) and words[at + 1].text in _LINKS:
                continue
            if at and words[at - 1].text in _LINKS and words[at].pos_ in {"VERB", "ADJ"}:
                continue
            found = self._at(words, at)
            if found:
                return found.side or (found.name if found.kind != "person" else None)
        return None

    def _at(self, words: Span, at: int) -> Actor | None:
        for end in range(min(len(words), at + _LONGEST_NAME), at, -1):
            if end < len(words) and words[end].text in _LINKS:
                continue
            text = words[at:end].text
            found = self.book.resolve(text, self.published)
            if found:
                return found
            state = self.book.demonym(text) if end - at < _OF_NAME else None
            if state:
                return Actor(state, "state", state)
        return None

    def _side_after(self, head: Token) -> str | None:
        for child in head.rights:
            if child.dep_ == "prep" and _belongs(head.lemma_.lower(), child.lower_):
                for noun in child.children:
                    if noun.dep_ == "pobj" and (side := self.side_of_noun(noun)):
                        return side
            if child.dep_ == "prep" and child.lower_ in {"in", "within"} and self.noun_class(head) == "person":
                offices = (n for n in child.children if n.dep_ == "pobj" and self.speaks(n) == "public")
                if side := next((side for n in offices if (side := self.spoken_for(n))), None):
                    return side
        return None

    def side_of_noun(self, noun: Token) -> str | None:
        """The side a noun phrase names: its own when it is a name, else that of its modifiers."""
        named = self._named_in(phrases.core(noun))
        return named or words_of_name(noun) or self.spoken_for(noun) or self._council(noun)

    def _council(self, noun: Token) -> str | None:
        """A body with a name in small letters that somebody sits on: "a member of the provincial council"."""
        row = self._role(noun)
        words = phrases.without_article(phrases.short(noun).text)
        body = row is not None and row["class"] == "body" and row["speaks"] == "yes" and not phrases.is_plural(noun)
        return words if body and len(words.split()) > 1 else None

    def _unlisted(self, head: Token) -> str | None:
        """A modifier the book does not know: "the Front's spokesman", "opposition spokesman"."""
        for child in head.lefts:
            if child.dep_ == "poss" and (name := words_of_name(child)):
                return name
            if child.dep_ in {"compound", "nmod"} and child.ent_type_ == "ORG" and (name := words_of_name(child)):
                return name
            if child.dep_ in {"compound", "amod", "poss", "nmod"} and (party := self._adjective_party(child)):
                return party
        return None

    def _adjective_party(self, word: Token) -> str | None:
        """ "opposition" of "opposition spokesman"; for "police", "army" the state the report is set in."""
        if word.i + 1 < len(word.doc) and word.nbor().text in _LINKS:
            return None
        how = self.speaks(word)
        if word.lemma_.lower() in _PARTIES:
            return word.text
        return self.setting if how == "public" else None

    def side_before(self, words: Span) -> str | None:
        """Side named among the words before a personal name: "Iraqi Colonel", "SDF spokesman", "President of Chad"."""
        named = self._named_in(words)
        if named:
            return named
        parties = (self._adjective_party(token) for token in words)
        return next((party for party in parties if party), None)

    def side_of_body(self, name: str) -> str | None:
        """Side of an organisation the book does not know: a state when it is an arm of one, else itself.

        "Narnian Interior Ministry" speaks for the state its first words name; media speak for nobody.
        """
        words = name.split()
        if international := self._international(words):
            return international
        if not words or words[-1].lower() in lexicon.words("media_names") or "." in words[-1].strip("."):
            return None
        last = lexicon.by_word("roles").get(words[-1].lower())
        if last and last["class"] == "media":
            return None
        if last and last["speaks"] == "public":
            states = (self.book.state(word) for word in words[:-1])
            return next((state for state in states if state), self.setting)
        return name

    def _international(self, words: list[str]) -> str | None:
        """The international organisation that a body's name begins with, or whose it is: "UN Office of …"."""
        whose = 0
        while whose < len(words) and words[whose].lower() not in {"of", "for"}:
            whose += 1
        starts = (0, whose + 1, whose + 2)
        for at in starts:
            for end in range(min(len(words), at + _OF_NAME), at, -1):
                found = self.book.find(" ".join(words[at:end]), self.published)
                if found is not None and found.kind == "international" and end < len(words):
                    return found.actor.side
        return None

    def entry(self, text: str) -> Entry | None:
        """The book's entry for a name at the date of the report."""
        return self.book.find(text, self.published)


def _former(head: Token) -> bool:
    """True for an office that its bearer has left, and with it the side."""
    return any(child.lower_ in {"former", "retired", "ex", "onetime"} for child in head.lefts)


def _belongs(noun: str, preposition: str) -> bool:
    """True when what follows a preposition is whom an office belongs to: "aide to", "spokesman for", "envoy of"."""
    if preposition == "to":
        return noun not in _ENVOYS
    if preposition == "for":
        return noun in _PLEADERS or noun.startswith(("spoke", "minister", "secretary", "fight"))
    return preposition in _BELONGING


def _before(head: Token) -> Span:
    """The words of a noun phrase before its head."""
    return head.doc[phrases.core(head).start : head.i]


def _party(head: Token) -> str | None:
    """A party of its own as the report calls it: "aid groups", "Syrian rebels"; None for a bare "the group"."""
    text = phrases.without_article(phrases.short(head).text)
    collective = head.pos_ == "NOUN" and head.lemma_.lower() in _PARTIES
    return text if len(text.split()) > 1 or collective else None


def words_of_name(noun: Token) -> str | None:
    """The capitalised words of a noun phrase about its head, without article; None when the head is no name."""
    if noun.pos_ != "PROPN" or noun.ent_type_ in {"DATE", "TIME", "PERSON", "GPE", "LOC", "FAC"}:
        return None
    words = list(_capitalised(noun))
    return noun.doc[words[0].i : words[-1].i + 1].text if words else None


def _capitalised(noun: Token) -> Iterator[Token]:
    """The words of a name up to its head, and what "of" or "for" and a capital join to it: "Centre for Peace"."""
    words = phrases.core(noun)
    for token in words:
        if token.i <= noun.i and (token.text[:1].isupper() or token.text in _LINKS) and token.lower_ != "the":
            yield token
    at = noun.i + 1
    while at + 1 < words.end and noun.doc[at].lower_ in {"of", "for"} and noun.doc[at + 1].text[:1].isupper():
        at += 1
        while at < words.end and noun.doc[at].text[:1].isupper():
            yield noun.doc[at]
            at += 1
