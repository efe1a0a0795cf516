"""An annotation as rows of the store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extract.model import Count, Extraction, Report, Span, Statement
from geo.model import Place
from pipeline.located import ClaimPlace, Located, is_demonym, places_of_count, places_of_statement
from pipeline.said import SaidAt, Sayings
from store.records import ClaimPlaceRow, ClaimRow, MentionRow, PlaceRow, ReportRow

Rows = tuple[ReportRow, list[ClaimRow], list[PlaceRow]]
_LARGEST = 2**63 - 1


def annotation_rows(extraction: Extraction, located: Sequence[Located], *, sample: bool = False) -> Rows:
    """The report, its claims (counts, then statements), and the places that either names."""
    report = extraction.report
    said, sentences = Sayings(extraction, located), extraction.sentences
    ids = {count.number: _count_id(report, count) for count in extraction.counts}
    spoken_of = [item.place for item in located if item.place and not is_demonym(item.mention)]
    claims = []
    for count in extraction.counts:
        where = places_of_count(count, located)
        claims.append(_said(_count_row(report, sentences, count, where, ids), said.of_count(count)))
        spoken_of += [place.place for place in where if place.place]
    for statement in extraction.statements:
        where = places_of_statement(statement, located)
        claims.append(_said(_statement_row(report, sentences, statement, where), said.of_statement(statement)))
        spoken_of += [place.place for place in where if place.place]
    places = {place.key: place_row(place) for place in spoken_of}
    unique = {claim.id: claim for claim in claims}
    return _report_row(report, located, sample=sample), list(unique.values()), list(places.values())


def claim_id(report_id: str, kind: str, span: Span, anchor: Span | None) -> str:
    """A short hash that stays the same as long as the report and the claim's words do.

    ``anchor`` tells claims with the same words apart: the cue or speaker of a relayed statement, a count's number.
    """
    where = f"{span.start}-{span.end}-{anchor.start if anchor else ''}"
    return hashlib.sha256(f"{report_id}|{kind}|{where}".encode()).hexdigest()[:16]


def _report_row(report: Report, located: Iterable[Located], *, sample: bool) -> ReportRow:
    return ReportRow(
        id=report.sha256,
        text=report.text,
        title=report.title,
        outlet=report.outlet,
        url=report.url,
        published=report.published,
        language=report.language,
        boilerplate=report.boilerplate,
        sample=sample,
        mentions=tuple(_mention_row(item) for item in located if not is_demonym(item.mention)),
    )


def _mention_row(item: Located) -> MentionRow:
    mention, place = item.mention, item.place
    return MentionRow(
        start=mention.span.start,
        end=mention.span.end,
        place_key=place.key if place else None,
        kind=mention.kind,
        role=mention.role,
        confidence=round(place.confidence, 2) if place else 0.0,
    )


def _said(claim: ClaimRow, said: SaidAt | None) -> ClaimRow:
    """The claim with where it was said; the words of a dateline stand with its report, not with each claim."""
    if said is None:
        return claim
    spans = {**claim.spans, "said_at": ((said.span.start, said.span.end),)} if said.basis == "words" else claim.spans
    return replace(claim, said_at=said.place.key if said.place else None, said_basis=said.basis, spans=spans)


def place_row(place: Place) -> PlaceRow:
    """A place as a row of the store."""
    return PlaceRow(
        key=place.key,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        precision=place.precision,
        radius_km=place.radius_km,
        country=place.country,
        geonameid=place.geonameid,
        geometry=place.geometry,
        found_by=place.found_by,
        source=place.source,
        derived_from=place.derived_from,
        where_prec=place.where_prec,
    )


def _claim_place_rows(places: Iterable[ClaimPlace]) -> tuple[ClaimPlaceRow, ...]:
    return tuple(
        ClaimPlaceRow(
            text=item.span.text,
            start=item.span.start,
            end=item.span.end,
            place_key=item.place.key if item.place else None,
            role=item.role,
            confidence=item.place.confidence if item.place else 0.0,
        )
        for item in places
    )


def _count_id(report: Report, count: Count) -> str:
    return claim_id(report.sha256, "count", count.span, count.number)


def _count_spans(count: Count) -> dict[str, tuple[tuple[int, int], ...]]:
    roles = {"content": count.span, "number": count.number, "correction": count.correction}
    return {role: ((span.start, span.end),) for role, span in roles.items() if span}


def _count_row(
    report: Report, sentences: Sequence[Span], count: Count, places: Iterable[ClaimPlace], ids: Mapping[Span, str]
) -> ClaimRow:
    return ClaimRow(
        id=_count_id(report, count),
        report_id=report.sha256,
        kind="count",
        start=count.span.start,
        end=count.span.end,
        exact=count.span.text,
        sentence=_around([count.span], sentences),
        claimant=count.claimant,
        claimant_text=count.claimant_text,
        side=count.claimant_side,
        confidence=count.confidence,
        number=count.number.text,
        low=_storable(count.low),
        high=_storable(count.high),
        low_open=count.low_open,
        high_open=count.high_open,
        approx=count.approx,
        modifier=count.modifier,
        unit=count.unit,
        count_kind=count.kind,
        whose=count.whose,
        whose_text=count.whose_text,
        places=_claim_place_rows(places),
        corrects=ids.get(count.corrects) if count.corrects else None,
        spans=_count_spans(count),
    )


def _statement_row(
    report: Report, sentences: Sequence[Span], statement: Statement, places: Iterable[ClaimPlace]
) -> ClaimRow:
    words = statement.content
    return ClaimRow(
        id=claim_id(report.sha256, "statement", words, statement.cue or statement.speaker),
        report_id=report.sha256,
        kind="statement",
        start=words.start,
        end=words.end,
        exact=words.text,
        sentence=_around([*statement.runs, *filter(None, (statement.cue, statement.speaker))], sentences),
        claimant=statement.speaker_name,
        claimant_text=statement.speaker.text if statement.speaker else None,
        side=statement.side,
        confidence=statement.confidence,
        form=statement.form,
        mode=statement.mode,
        cue=statement.cue.text if statement.cue else None,
        addressee=statement.addressee,
        places=_claim_place_rows(places),
        spans=_statement_spans(statement),
    )


def _statement_spans(statement: Statement) -> dict[str, tuple[tuple[int, int], ...]]:
    roles = {
        "content": (statement.content,),
        "more": statement.more,
        "cue": (statement.cue,),
        "speaker": (statement.speaker,),
    }
    ranges = {role: tuple((span.start, span.end) for span in spans if span) for role, spans in roles.items()}
    return {role: found for role, found in ranges.items() if found}


def _around(words: Sequence[Span], sentences: Iterable[Span]) -> tuple[int, int]:
    """From the start of the first sentence to the end of the last that the words touch; at least the words."""
    touched = [*words, *(sentence for sentence in sentences if any(sentence.overlaps(word) for word in words))]
    return min(span.start for span in touched), max(span.end for span in touched)


def _storable(bound: int | None) -> int | None:
    """A bound that no column can hold is left open; the number as written is kept beside it."""
    return bound if bound is not None and abs(bound) <= _LARGEST else None
