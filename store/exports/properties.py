"""The plain fields of a claim that every export carries, by the same names."""

from __future__ import annotations

from typing import Final

from store.rows import FoundClaim

Value = str | int | float | bool | None

FIELDS: Final = (
    "id", "kind", "published", "claimant", "claimant_text", "side", "exact", "number", "low", "high", "low_open",
    "high_open", "approx", "modifier", "unit", "count_kind", "whose", "whose_text", "form", "mode", "cue", "addressee",
    "confidence", "report_id", "title", "outlet", "start", "end",
)  # fmt: skip
"""Names of the fields, in the order in which tables show them."""


def properties(found: FoundClaim) -> dict[str, Value]:
    """Values of :data:`FIELDS`; the date is ISO text."""
    own: dict[str, Value] = {name: getattr(found.row, name) for name in FIELDS if hasattr(found.row, name)}
    own |= {"title": found.title, "outlet": found.outlet}
    own["published"] = found.published.isoformat() if found.published else None
    return {name: own[name] for name in FIELDS}
