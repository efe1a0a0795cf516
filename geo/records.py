"""What the gazetteer's build passes from its sources to its compiler, and the layout of the compiled files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np

from errors import DataError
from geo.model import Precision

Kind = Literal[
    "country", "admin1", "admin2", "admin3", "city", "town", "village", "region", "sea", "border", "facility",
    "airfield", "water", "island", "relief",
]  # fmt: skip
KINDS: Final[tuple[Kind, ...]] = (
    "country", "admin1", "admin2", "admin3", "city", "town", "village", "region", "sea", "border", "facility",
    "airfield", "water", "island", "relief",
)  # fmt: skip
PRECISION_OF: Final[dict[Kind, Precision]] = {
    "country": "country", "admin1": "region", "admin2": "region", "admin3": "region", "city": "city", "town": "city",
    "village": "city", "region": "region", "sea": "sea", "border": "border", "facility": "point", "airfield": "point",
    "water": "vague", "island": "region", "relief": "vague",
}  # fmt: skip
PRECISIONS: Final[tuple[Precision, ...]] = ("point", "city", "region", "country", "border", "sea", "vague")

OFFICIAL, ALIAS, SHORT = 0, 1, 2
"""How a name belongs to a place: its own name, another name, a short form that must be spelt like one ("US")."""

INDEX_BITS: Final = 28
INDEX_MASK: Final = (1 << INDEX_BITS) - 1
"""A posting is the row of a place in its low bits and the class of the name above them."""

CAPITAL, KEY_HAS_COUNTRY = 1, 2
"""Bits of a place's ``flags``."""

WORD, GIVEN_NAME, SURNAME = 1, 2, 4
"""Bits of a name's ``senses``: what else the word may be."""

PLACE_DTYPE: Final = np.dtype([
    ("lat", "<f4"), ("lon", "<f4"), ("population", "<u4"), ("geonameid", "<u4"), ("admin2", "<u4"), ("admin1", "<u2"),
    ("radius_km", "<f2"), ("kind", "u1"), ("precision", "u1"), ("country", "u1"), ("flags", "u1"), ("source", "u1"),
])  # fmt: skip
"""One place. ``admin1`` is one more than an ordinal of first-order units, ``admin2`` one more than a row; 0 is none."""

KIND_PRIOR: Final[dict[Kind, float]] = {
    "country": 100.0, "region": 45.0, "sea": 45.0, "admin1": 30.0, "border": 20.0, "island": 18.0, "water": 17.0,
    "relief": 17.0, "facility": 17.0, "city": 15.0, "town": 8.0, "village": 3.0, "admin2": 2.0, "airfield": 1.0,
    "admin3": 0.0,
}  # fmt: skip
CAPITAL_PRIOR: Final = 20.0
"""Prominence by kind, to which five times the decimal logarithm of the population is added."""

FORMAT: Final = 1


class GazetteerError(DataError):
    """The compiled gazetteer is missing or not of this version: run ``python -m geo.build``."""


class SourceError(DataError):
    """A source of the gazetteer is missing or malformed; the message names the file and the row."""


@dataclass(slots=True)
class Entry:
    """One place on its way into the gazetteer. WGS84 degrees; ``admin1`` and ``admin2`` are GeoNames unit codes.

    ``geonameid`` 0 means a row of a hand-written table. ``aliases`` are names of any quality, ``other_names`` those of
    a hand-written table, as good as the name itself; ``short_forms`` count only when spelt with capitals.
    """

    name: str
    lat: float
    lon: float
    kind: Kind
    source: str
    aliases: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    short_forms: tuple[str, ...] = ()
    population: int = 0
    country: str = ""
    geonameid: int = 0
    code: str = ""
    admin1: str = ""
    admin2: str = ""
    radius_km: float = 0.0
    precision: Precision | None = None
    capital: bool = False
    extra: dict[str, str] = field(default_factory=dict)
