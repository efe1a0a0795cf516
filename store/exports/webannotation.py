"""W3C Web Annotation (JSON-LD): an annotation a claim, anchored in its report by position and by quotation.

The target is the text as it was read, named by its sha256 (``urn:sha256:…``), since offsets count its code points and
not those of a web page; the page, where it is known, is the target's ``scope``. A further run of a broken-up quotation
has a target of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from store.exports.export import Selection
from store.exports.wording import headline, reviewed, who
from store.records import PlaceRow
from store.rows import FoundClaim

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_AROUND: Final = 32
"""Code points of prefix and suffix: enough to find the words again in a text that has moved a little."""


def webannotation_pieces(selection: Selection) -> Iterator[str]:
    """An AnnotationCollection with one page, one annotation a line."""
    total = selection.store.count(selection.filters)
    head = {"@context": CONTEXT, "id": "urn:claim-atlas:claims", "type": "AnnotationCollection", "total": total}
    page = {"id": "urn:claim-atlas:claims:1", "type": "AnnotationPage", "partOf": head["id"], "startIndex": 0}
    yield f'{json.dumps(head)[:-1]}, "first": {json.dumps(page)[:-1]}, "items": [\n'
    for i, found in enumerate(selection.claims()):
        yield (",\n" if i else "") + json.dumps(_annotation(found, selection), ensure_ascii=False)
    yield "\n]}}\n"


def _annotation(found: FoundClaim, selection: Selection) -> dict[str, Any]:
    spans = [(found.row.start, found.row.end), *found.row.spans.get("more", ())]
    targets = [_target(found, selection, start, end) for start, end in spans]
    return {
        "id": f"urn:claim-atlas:claim:{found.row.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": _bodies(found, selection),
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _bodies(found: FoundClaim, selection: Selection) -> list[dict[str, Any]]:
    row = found.row
    bodies = [_words(headline(found), "describing"), _words(who(found), "tagging"), _words(row.kind, "tagging")]
    bodies += [_words(tag, "tagging") for tag in (row.count_kind, row.mode, reviewed(found)) if tag]
    return bodies + [_place(place) for place in selection.places(found)]


def _words(value: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _place(place: PlaceRow) -> dict[str, Any]:
    # RFC 5870 names a point on earth; GeoNames names the place itself.
    point = f"geo:{place.lat},{place.lon};u={place.radius_km * 1000:.0f}"
    source = f"https://sws.geonames.org/{place.geonameid}/" if place.geonameid else point
    return {"type": "SpecificResource", "purpose": "identifying", "source": source}


def _target(found: FoundClaim, selection: Selection, start: int, end: int) -> dict[str, Any]:
    report = selection.report(found)
    text = report.text
    source: dict[str, Any] = {"id": f"urn:sha256:{report.id}", "type": "Text", "format": "text/plain",
                              "language": report.language}  # fmt: skip
    quote = {"type": "TextQuoteSelector", "exact": text[start:end] or found.row.exact,
             "prefix": text[max(start - _AROUND, 0) : start], "suffix": text[end : end + _AROUND]}  # fmt: skip
    if selection.texts:
        source |= {"type": "TextualBody", "value": text}
    target = {"source": source, "selector": [{"type": "TextPositionSelector", "start": start, "end": end}, quote]}
    return target | ({"scope": found.url} if found.url else {})
