"""Filters narrowed to numbers, or to statements."""

from __future__ import annotations

from dataclasses import replace

from store.filters import Filters
from store.schema import COUNT_KINDS, MODES


def only_counts(filters: Filters) -> Filters | None:
    """The filters with statements left out; None when they leave no count."""
    if filters.modes and not filters.kinds:
        return None
    return replace(filters, kinds=filters.kinds or COUNT_KINDS, modes=())


def only_statements(filters: Filters) -> Filters | None:
    """The filters with counts left out; None when they leave no statement."""
    if filters.kinds and not filters.modes:
        return None
    return replace(filters, modes=filters.modes or MODES, kinds=())
