"""Numerals that count people or materiel, told from dates, ages, money, distances, labels and articles.

What is counted is decided by the class of the noun first; a numeral whose noun is elided ("another 20 were hurt")
needs a governor that says what happened, or a noun elsewhere in the clause that stands for a number ("the toll").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from extract import count_fates, count_nouns, count_quantities
from extract.lexicon import words
from extract.numerals import Numeral, find_numerals
from extract.sentences import Passage

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = r"(?:[12]?\d|3[01])(?:st|nd|rd|th)?"
_DATES = re.compile(
    rf"\b{_DAY}(?:\s*(?:,|and|to|or|-|–|/)\s*{_DAY})*(?:\s+of)?\s+{_MONTH}(?![a-z])(?:,?\s+(?:1[5-9]|20)\d\d\b)?"
    rf"|\b{_MONTH}\s+{_DAY}(?:\s*(?:,|and|to|or|-|–)\s*{_DAY}(?!\d))*\b(?!\s+(?:people|civilians|soldiers|men))(?:,?\s+(?:1[5-9]|20)\d\d\b)?"
    r"|\b\d{1,2}(?::\d\d)?\s*[ap]\.?m\b|\b\d{1,2}:\d\d\b|\b(?:19|20)\d\d-\d\d(?:\d\d)?\b"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_STRONG = re.compile(r"-(?:strong|member|man|odd|plus)\b", re.IGNORECASE)
_OF_GROUPS = frozenset(
    {"family", "group", "crew", "team", "convoy", "gang", "party", "force", "staff", "garrison", "cell"}
)
_DEFINITE = frozenset({"the", "these", "those", "both"})
_LISTED = frozenset({"NOUN", "PROPN", "ADJ", "CCONJ", "DET", "PUNCT", "ADP"})
_MODIFIED = 4  # tokens between a comma or "and" and a number, with the words that modify it
_SMALL = 10
_LARGE = 1000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A counting numeral: its tokens, the noun it counts (None when elided) and the noun that stands for it.

    ``stand_in`` is "toll" in "the toll rose to 21" and "number" in "the number of fighters does not exceed 500".
    ``fates`` are what the clause says became of them, taken over from the count before in a list; ``listed`` says that
    it stands in a list with the count before, ``includes`` that it is a part of it ("including two children"),
    ``shares`` that its clause is joined to that of the count before ("… were killed and 11 were wounded"),
    ``elsewhere`` that a place of its own follows it; ``until`` is the number after it that stands elsewhere.
    """

    passage: Passage
    numeral: Numeral
    number: Span
    noun: Token | None
    stand_in: Token | None = None
    fates: tuple[str, ...] = ()
    listed: bool = False
    includes: bool = False
    shares: bool = False
    elsewhere: bool = False
    until: Span | None = None

    @property
    def head(self) -> Token:
        """The word that governs the count: the noun, or the last numeral when the noun is elided."""
        return self.noun if self.noun is not None else self.number.root


def candidates(passage: Passage) -> list[Candidate]:
    """Counting numerals of a passage in text order; what becomes of one in a list becomes of all."""
    found = list(_found(passage))
    for at in range(len(found) - 1, 0, -1):
        first, second = found[at - 1], found[at]
        if second.listed and second.fates and not first.fates:
            found[at - 1] = replace(first, fates=second.fates)
        if second.elsewhere:
            found[at - 1] = replace(found[at - 1], until=second.number)
    return found


def _found(passage: Passage) -> Iterator[Candidate]:
    text = passage.doc.text
    dates = [match.span() for match in _DATES.finditer(text)]
    before: Candidate | None = None
    for numeral in find_numerals(text, skip=dates):
        if _is_part_of_word(text, numeral):
            continue
        found = _candidate(passage, numeral, before)
        if found is not None:
            yield found
            before = found


def _candidate(passage: Passage, numeral: Numeral, before: Candidate | None) -> Candidate | None:
    doc = passage.doc
    number = doc.char_span(numeral.start, numeral.end, alignment_mode="expand")
    if number is None or not len(number) or _is_labelled(number) or _is_rate(number):
        return None
    noun = count_nouns.counted(doc, number) or _noun_of_other(number)
    if noun is not None and count_nouns.is_measure(noun):
        return None
    if noun is not None:
        fates = _fates(number, noun, before)
        if _counts(numeral, number, noun, fates):
            listed = before is not None and _lists_on(before, number)
            includes = before is not None and _includes(number)
            return Candidate(passage, numeral, number, noun, fates=fates, listed=listed, includes=includes)
    if noun is not None and not _is_elided_before(number, noun):
        return None
    return _elided(passage, numeral, number, before)


def _is_part_of_word(text: str, numeral: Numeral) -> bool:
    """ "12-mile", "41-year-old" and "T-72" are no counts; "30,000-strong" is."""
    rest = text[numeral.end : numeral.end + 12]
    return bool(re.match(r"[-–’'][A-Za-z]", rest)) and not _STRONG.match(rest)


def _is_labelled(number: Span) -> bool:
    """ "Article 5", "Highway 60": a numeral after the noun that it labels."""
    if number.start == 0 or number.text[:1].isalpha():
        return False
    label = number.doc[number.start - 1]
    return label.lower_ in words("number_labels") and label.i >= number.sent.start


def _fates(number: Span, noun: Token | None, before: Candidate | None) -> tuple[str, ...]:
    """Fates by the noun, by the numeral ("dozens of villages"), or by the count before in the same list."""
    head = noun if noun is not None else number.root
    found = count_fates.fates(head)
    if not found and noun is not None and noun.i != number.root.i:
        found = count_fates.fates(number.root)
    if not found and before is not None and _lists_on(before, number):
        return before.fates
    return found


def _lists_on(before: Candidate, number: Span) -> bool:
    """True when nothing but commas, "and" and nouns stands between two counts of one sentence."""
    if before.number.doc is not number.doc or before.number.sent.start != number.sent.start:
        return False
    between = number.doc[before.head.i + 1 : number.start]
    return any(t.text == "," or t.dep_ == "cc" for t in between) and all(
        t.pos_ in _LISTED or t.text in ",-–" for t in between
    )


def _is_joined(first: Token, second: Token) -> bool:
    """True for subjects of two clauses of one sentence joined by "and": the noun of the first is meant again."""
    if first.doc is not second.doc or first.sent.start != second.sent.start:
        return False
    verbs = {first.head, *first.head.conjuncts}
    return second.head in verbs or second in first.conjuncts


def _counts(numeral: Numeral, number: Span, noun: Token, fates: tuple[str, ...]) -> bool:
    kind = count_nouns.kind_of(noun)
    if _is_year(numeral, number) and kind is None:
        return False
    if kind is None:
        counted = noun.tag_ == "NNS" or (numeral.low == 1 and noun.tag_ == "NN")
        return counted and bool(set(fates) & (count_nouns.CASUALTIES | {"hit"})) and not numeral.vague
    if numeral.low == 1 and numeral.words:
        return _is_counted_one(number, noun, fates)
    if kind == "facility":
        return bool({"hit", "taken"} & set(fates)) and not _is_definite(numeral, number)
    if kind in count_nouns.CASUALTIES or fates:
        return True
    return not _is_definite(numeral, number) and not (kind == "people" and _is_possessed(numeral, number))


def _is_counted_one(number: Span, noun: Token, fates: tuple[str, ...]) -> bool:
    """ "One" counts when somebody was hurt, or when a modifier or another count beside it makes it a number."""
    if number.end < len(number.doc) and number.doc[number.end].lower_ in ("of", "another"):
        return False
    extra = {child.lower_ for child in noun.children} & {"additional", "more", "other", "another"}
    return bool(extra) or bool(set(fates) & count_nouns.CASUALTIES) or number.text.isdigit()


def _is_definite(numeral: Numeral, number: Span) -> bool:
    """ "The two leaders" takes up what was said before; "the 80,000 troops" is a count."""
    if number.start == 0 or numeral.high is None or numeral.high > _SMALL:
        return False
    return number.doc[number.start - 1].lower_ in _DEFINITE


def _is_possessed(numeral: Numeral, number: Span) -> bool:
    """ "His two sons" counts nobody; "its two brigades" and "the army's 40 tanks" do."""
    if number.start == 0 or numeral.high is None or numeral.high > _SMALL:
        return False
    return number.doc[number.start - 1].tag_ in ("POS", "PRP$")


def _is_year(numeral: Numeral, number: Span) -> bool:
    return bool(_YEAR.fullmatch(number.text)) and numeral.modifier is None


def _is_elided_before(number: Span, noun: Token) -> bool:
    """True when the noun found is not the numeral's own after all: another phrase begins between them."""
    return noun.i < number.end or any(t.pos_ in ("VERB", "AUX", "ADP") for t in number.doc[number.end : noun.i])


def _elided(passage: Passage, numeral: Numeral, number: Span, before: Candidate | None) -> Candidate | None:
    """The candidate of a numeral without a noun, when something else in the clause says what it counts."""
    if _is_no_elision(numeral, number):
        return None
    stand_in = count_quantities.stand_in(number.root) or _group(number)
    if stand_in is not None:
        return Candidate(passage, numeral, number, None, stand_in)
    fates = _fates(number, None, before)
    if set(fates) & count_nouns.CASUALTIES or _is_large_and_definite(numeral, number):
        shares = before is not None and _is_joined(before.head, number.root)
        return Candidate(passage, numeral, number, None, fates=fates, shares=shares)
    if before is not None and _includes(number):
        return Candidate(passage, numeral, number, None, fates=before.fates, includes=True)
    elsewhere = before is not None and _is_elsewhere(before, number)
    if before is not None and (elsewhere or _is_contrasted(before, number)):
        return Candidate(passage, numeral, number, None, fates=before.fates, shares=True, elsewhere=elsewhere)
    return None


def _is_no_elision(numeral: Numeral, number: Span) -> bool:
    """Years, sums, clocks, and "one" as a pronoun."""
    head = number.root
    pronoun = numeral.low == 1 and numeral.words and head.dep_ not in ("nsubjpass", "nsubj")
    return pronoun or _is_age(number) or _is_year(numeral, number) or head.ent_type_ in ("MONEY", "PERCENT", "TIME")


def _is_age(number: Span) -> bool:
    """ "Halden, 40, of Kosti": a bare number between commas after a name."""
    doc, start, end = number.doc, number.start, number.end
    if start < 2 or doc[start - 1].text != "," or doc[start - 2].pos_ != "PROPN":
        return False
    return end >= len(doc) or doc[end].text in ",.;)"


def _is_rate(number: Span) -> bool:
    """ "One in 6,500 children" is a share."""
    doc, start, end = number.doc, number.start, number.end
    before = start > 1 and doc[start - 1].lower_ == "in" and doc[start - 2].like_num
    return before or (end + 1 < len(doc) and doc[end].lower_ == "in" and doc[end + 1].like_num)


def _is_large_and_definite(numeral: Numeral, number: Span) -> bool:
    """ "Many of the 3 million in the province" takes up a count; the noun is the reader's to supply."""
    before = number.doc[number.start - 1] if number.start else None
    after = number.doc[number.end] if number.end < len(number.doc) else None
    large = numeral.low is not None and numeral.low >= _LARGE and not number.text.isdigit()
    follows = after is not None and (after.pos_ in ("ADP", "VERB", "AUX") or after.tag_ in ("WP", "WDT"))
    return large and follows and before is not None and before.lower_ in _DEFINITE


def _group(number: Span) -> Token | None:
    """ "A family of seven" counts people."""
    before = number.doc[number.start - 1] if number.start else None
    if before is None or before.lower_ != "of" or before.head.lemma_.lower() not in _OF_GROUPS:
        return None
    return before.head


def _noun_of_other(number: Span) -> Token | None:
    """The noun that "not 300 but 200 soldiers" gives only to the second number."""
    doc, end = number.doc, number.end
    negated = number.start > 0 and doc[number.start - 1].lower_ == "not"
    at = end + (end < len(doc) and doc[end].text == ",")
    if not negated or at + 1 >= len(doc) or doc[at].lower_ != "but" or not doc[at + 1].like_num:
        return None
    return count_nouns.counted(doc, doc[at + 1 : at + 2])


def _is_contrasted(before: Candidate, number: Span) -> bool:
    """ "200 soldiers, not 300": the number that is taken back has the noun of the one before."""
    if before.number.doc is not number.doc or before.number.sent.start != number.sent.start:
        return False
    between = number.doc[before.head.i + 1 : number.start].text.lower()
    return bool(re.fullmatch(r"[\s,–—-]*(?:and )?(?:not(?: the)?|rather than|instead of|but)[\w ]{0,12}", between))


def _is_elsewhere(before: Candidate, number: Span) -> bool:
    """ "80,000 troops in Crimea and 40,000 near the border": more of the same, at a place of its own."""
    doc, end = number.doc, number.end
    if before.number.doc is not doc or before.number.sent.start != number.sent.start or end + 1 >= len(doc):
        return False
    if (before.noun is None and not before.elsewhere) or doc[end].lower_ not in words("locative_prepositions"):
        return False
    where = next((child for child in doc[end].children if child.dep_ == "pobj"), None)
    placed = where is not None and where.ent_type_ not in {"DATE", "TIME", "MONEY", "PERCENT"}
    between = doc[before.head.i + 1 : number.start]
    listed = any(t.text == "," or t.dep_ == "cc" for t in between[-_MODIFIED:])
    return placed and listed and any(t.dep_ == "prep" for t in between)


def _includes(number: Span) -> bool:
    """ "of whom 12", "including 12", "among them 12" take up the count before."""
    window = number.doc[max(number.sent.start, number.start - 4) : number.start].text.lower()
    return bool(
        re.search(
            r"\b(?:of (?:whom|them|these|those)|including|among them|among whom)\b[\s,]*(?:\w+\s){0,2}$", window + " "
        )
    )
