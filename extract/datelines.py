"""Datelines: the place, agency and day with which a report begins, before its first words."""

from __future__ import annotations

import re
from typing import cast

from spacy.tokens import Doc

_DATELINE = re.compile(
    r"^\W{0,3}(?P<place>[A-Z][\w'’.-]*(?:[ ,/]+[A-Z][\w'’.-]*){0,5})(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?)?"
    r"\s*(?:\([^)]{2,40}\)\s*:|(?:\([^)]{2,40}\)\s*)?(?:—|–|―|\ufffd|--|-(?=\s)|:(?=\s*\()))"
)
_FURTHEST = 120
"""Characters of a paragraph among which a dateline ends."""
_TOKENS = 30
_KNOWN = "dateline_end"


def dateline_end(text: str) -> int:
    """Where the dateline at the start of a paragraph ends ("GOMA, Congo (Agency) —"); 0 when it has none."""
    match = _DATELINE.match(text[:_FURTHEST])
    if match is None:
        return 0
    place = match["place"]
    agency = "(" in match.group()
    return match.end() if agency or place.split(",")[0].isupper() else 0


def after_dateline(doc: Doc) -> int:
    """Character offset at which the dateline of a parsed paragraph ends, found once a paragraph; 0 without one."""
    known = doc.user_data
    if _KNOWN not in known:
        known[_KNOWN] = dateline_end(doc[:_TOKENS].text)
    return cast(int, known[_KNOWN])
