"""GeoParquet 1.1 (Apache Parquet): a row for each place of each claim, its geometry as WKB in OGC:CRS84.

The entry ``geo`` of the file's metadata is what GIS programs look for; readers that know nothing of it see a plain
table with one binary column. Claims without a located place have a null geometry.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from shapely.geometry import shape

from store.exports.export import Selection
from store.exports.properties import PLACE_FIELDS, field_names, geometry, place_properties, properties
from store.records import PlaceRow
from store.rows import FoundClaim

_ROWS: Final = 20_000
"""Rows of a row group: what is held in memory at once."""
_TYPES: Final = {
    "published": pa.date32(), "low": pa.int64(), "high": pa.int64(), "low_open": pa.bool_(), "high_open": pa.bool_(),
    "approx": pa.bool_(), "in_reports": pa.int32(), "in_stories": pa.int32(), "first_seen": pa.date32(),
    "last_seen": pa.date32(), "confidence": pa.float64(), "start": pa.int32(), "end": pa.int32(),
    "place_radius_km": pa.float64(), "geonameid": pa.int64(), "where_prec": pa.int32(), "geometry": pa.binary(),
    "latitude": pa.float64(), "longitude": pa.float64(),
}  # fmt: skip
_GEO: Final = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": []}},
}


def parquet_pieces(selection: Selection) -> Iterator[bytes]:
    """The whole file; it can only be read once its foot is written, so it is given in one piece."""
    names = (*field_names(selection), *PLACE_FIELDS, "latitude", "longitude", "geometry")
    schema = pa.schema([(name, _TYPES.get(name, pa.string())) for name in names], metadata={"geo": json.dumps(_GEO)})
    file, rows = io.BytesIO(), selection.rows()
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while part := list(islice(rows, _ROWS)):
            writer.write_table(pa.Table.from_pylist([_row(*pair, selection) for pair in part], schema=schema))
    yield file.getvalue()


def _row(found: FoundClaim, place: PlaceRow | None, selection: Selection) -> dict[str, Any]:
    seen = selection.seen(found)
    days = {"published": found.published, "first_seen": seen.first, "last_seen": seen.last}
    own: dict[str, Any] = properties(found, selection) | days
    if place:
        own |= place_properties(place) | {"latitude": place.lat, "longitude": place.lon}
        own["geometry"] = shapely.to_wkb(shape(geometry(place)))
    return own
