"""The EXPORTS table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from store.exports.csv_file import csv_pieces
from store.exports.export import Export
from store.exports.geojson import geojson_pieces

EXPORTS: Final[Mapping[str, Export]] = {
    export.name: export
    for export in (
        Export("csv", ".csv", "text/csv", csv_pieces),
        Export("geojson", ".geojson", "application/geo+json", geojson_pieces),
    )
}
