"""The one place where a filter's condition joins a query: conditions are made of constants and question marks."""

from __future__ import annotations

from typing import Final

from store.filters import Filters

FROM_CLAIMS: Final = "FROM claims c JOIN reports r ON r.n = c.report"
"""What :meth:`Filters.to_sql` speaks of: claims ``c`` and their reports ``r``."""


def filtered(query: str, filters: Filters, after: str = "") -> tuple[str, list[object]]:
    """``query`` limited to the claims that pass, then ``after`` (GROUP BY and the like), with the bound values.

    ``query`` is a constant of this package that ends in a FROM clause over ``c`` and ``r``.
    """
    condition, values = filters.to_sql()
    return f"{query} WHERE {condition} {after}", values
