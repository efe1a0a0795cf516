"""An annotation as the JSON object that the command line prints; ``docs/data-dictionary.md`` defines every field."""

from __future__ import annotations

from collections.abc import Sequence

from extract.model import Count, Extraction, Span, Statement
from pipeline.located import Located, is_demonym
from pipeline.said import SaidAt, Sayings

Json = dict[str, object]


def annotation_json(extraction: Extraction, located: Sequence[Located]) -> Json:
    """One report's object: id, chars, sha256, places, counts, statements; each list in text order."""
    report, said = extraction.report, Sayings(extraction, located)
    return {
        "id": report.id or report.sha256,
        "chars": len(report.text),
        "sha256": report.sha256,
        "places": [_place(item) for item in located],
        "counts": [_count(count) | _said(said.of_count(count)) for count in extraction.counts],
        "statements": [_statement(each) | _said(said.of_statement(each)) for each in extraction.statements],
    }


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end, "text": span.text}


def _maybe(span: Span | None) -> Json | None:
    return None if span is None else _span(span)


def _place(item: Located) -> Json:
    mention, place = item.mention, item.place
    point = None if is_demonym(mention) else place
    return {
        **_span(mention.span),
        "named": mention.named,
        "kind": mention.kind,
        "role": mention.role,
        "lat": point and point.lat,
        "lon": point and point.lon,
        "geonameid": place and place.geonameid,
        "country": place and place.country,
        "precision": place and place.precision,
        "radius_km": place and place.radius_km,
        "confidence": place and place.confidence,
    }


def _count(count: Count) -> Json:
    return {
        **_span(count.span),
        "number": _span(count.number),
        "low": count.low,
        "high": count.high,
        "modifier": count.modifier,
        "unit": count.unit,
        "kind": count.kind,
        "whose": count.whose,
        "whose_text": count.whose_text,
        "places": [place.text for place in count.places],
        "claimant": count.claimant,
        "claimant_text": count.claimant_text,
        "approx": count.approx,
        "confidence": count.confidence,
        "corrects": _maybe(count.corrects),
        "correction": _maybe(count.correction),
    }


def _statement(statement: Statement) -> Json:
    return {
        "content": _span(statement.content),
        "more": [_span(run) for run in statement.more],
        "cue": _maybe(statement.cue),
        "speaker": _maybe(statement.speaker),
        "speaker_name": statement.speaker_name,
        "side": statement.side,
        "form": statement.form,
        "mode": statement.mode,
        "addressee": statement.addressee,
        "confidence": statement.confidence,
    }


def _said(said: SaidAt | None) -> Json:
    if said is None:
        return {"said_at": None}
    place = said.place
    where = {"basis": said.basis, "key": place and place.key, "lat": place and place.lat, "lon": place and place.lon}
    return {"said_at": _span(said.span) | where}
