"""Who holds a disputed territory: one stated policy by default, and a de-facto view beside it.

``un`` follows the General Assembly of the United Nations, ``de_facto`` who governs. The rows of
``assets/regions/borders.tsv`` decide, each with its reason; units without a row belong where Natural Earth has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from geo.records import SourceError
from geo.tables import rows, several

Borders = Literal["un", "de_facto"]
BORDERS: Final[tuple[Borders, ...]] = ("un", "de_facto")


@dataclass(frozen=True, slots=True)
class Territory:
    """A row of ``borders.tsv``: units of the map, and the country (ISO 3166-1) that has them in each view.

    An empty holder means that in this view the territory is part of no country. ``apart_from`` is a country whose
    directions never mean this territory ("southern Serbia" is not Kosovo), "" for none. ``reason`` says which
    resolution or fact the row rests on.
    """

    name: str
    units: tuple[str, ...]
    holder: Mapping[Borders, str]
    apart_from: str
    reason: str


def read_territories(path: Path) -> tuple[Territory, ...]:
    """The rows of the policy table; SourceError names the row that cannot be read."""
    found = []
    for line, row in rows(path, ("territory", "units", "un", "de_facto", "apart_from", "reason")):
        if not (row["units"] and row["reason"]):
            raise SourceError("{path}:{line}: a row needs its units and its reason", path=path, line=str(line))
        found.append(Territory(
            row["territory"], several(row["units"]), {"un": row["un"], "de_facto": row["de_facto"]},
            row["apart_from"], row["reason"],
        ))  # fmt: skip
    return tuple(found)


def holders(
    units: Sequence[tuple[str, str]], territories: Sequence[Territory], borders: Borders
) -> tuple[list[str], set[int]]:
    """(country of each unit in this view, rows of the units that no direction of their country takes in).

    ``units`` are (id, country in Natural Earth). Raises SourceError for a row that names an unknown unit.
    """
    by_part = rows_by_part([unit for unit, _ in units])
    holder = [country for _, country in units]
    apart: set[int] = set()
    for territory in territories:
        for unit in _checked(territory, by_part):
            holder[unit] = territory.holder[borders]
            if territory.apart_from and territory.apart_from == territory.holder[borders]:
                apart.add(unit)
    return holder, apart


def rows_by_part(units: Sequence[str]) -> Mapping[str, list[int]]:
    """Rows of units by their ids and by the beginnings of these that pieces share (``CD/Katanga``, ``CD``)."""
    found: dict[str, list[int]] = {}
    for row, unit in enumerate(units):
        for end in (*(at for at, letter in enumerate(unit) if letter == "/"), len(unit)):
            found.setdefault(unit[:end], []).append(row)
    return found


def units_called(part: str, by_part: Mapping[str, list[int]]) -> list[int]:
    """Rows of a unit, of the pieces it was divided into (``CD/Katanga/…``), or of all units of a prefix (``XK/*``)."""
    return by_part.get(part.removesuffix("/*"), [])


def _checked(territory: Territory, by_part: Mapping[str, list[int]]) -> list[int]:
    found = {unit: units_called(unit, by_part) for unit in territory.units}
    unknown = [unit for unit, rows_ in found.items() if not rows_]
    if unknown:
        raise SourceError(
            "borders.tsv: {name} names {unknown}, which is no unit of units.tsv",
            name=territory.name,
            unknown=repr(unknown[0]),
        )
    return [row for rows_ in found.values() for row in rows_]
