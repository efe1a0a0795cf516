"""Claims -> files of other programs, always of the current filter. A new export is one module and one line in EXPORTS.

Exports hold the claims' own words and sources, not the full texts of the reports.
"""

from __future__ import annotations

from store.exports.export import Export
from store.exports.table import EXPORTS

__all__ = ["EXPORTS", "Export"]
