"""One line of plain text for a claim: who says it, and the exact words. Formats escape it in their own way."""

from __future__ import annotations

from typing import Final

from store.rows import FoundClaim

NOBODY: Final = "no one named"
_REPORTER: Final = "reporter"
_LONGEST: Final = 400


def who(found: FoundClaim) -> str:
    """The claimant; the outlet, as far as it is known, for a number in the report's own voice."""
    claimant = found.row.claimant
    if claimant == _REPORTER:
        return f"{found.outlet} (its own voice)" if found.outlet else "the report itself"
    return claimant or NOBODY


def headline(found: FoundClaim) -> str:
    """ "Ukraine: more than 80,000 troops"; long contents are cut, with an ellipsis."""
    words = " ".join(found.row.exact.split())
    cut = words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
    return f"{who(found)}: {cut}" if found.row.kind == "count" else f"{who(found)}: “{cut}”"


def reviewed(found: FoundClaim) -> str | None:
    """What a reviewer made of the claim, in words; None when nobody has looked at it."""
    state = found.row.review
    return None if state == "none" else f"review: {state.replace('_', ' ')}"


def source_line(found: FoundClaim) -> str:
    """Outlet, title and date of the report, as far as they are known."""
    day = found.published.isoformat() if found.published else None
    return ", ".join(part for part in (found.outlet, found.title, day) if part) or "source not known"
