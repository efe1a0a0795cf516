"""The EXPORTS table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from store.exports.csv_file import csv_pieces
from store.exports.events import events_pieces
from store.exports.export import Export
from store.exports.geojson import geojson_pieces
from store.exports.html_page import html_pieces
from store.exports.kml import kml_pieces
from store.exports.parquet import parquet_pieces
from store.exports.timelinejs import timelinejs_pieces
from store.exports.webannotation import webannotation_pieces

EXPORTS: Final[Mapping[str, Export]] = {
    export.name: export
    for export in (
        Export("csv", ".csv", "text/csv", "a table, a row a claim", csv_pieces),
        Export("parquet", ".parquet", "application/vnd.apache.parquet", "GeoParquet for analysis", parquet_pieces),
        Export("geojson", ".geojson", "application/geo+json", "for GIS programs and web maps", geojson_pieces),
        Export("kml", ".kml", "application/vnd.google-earth.kml+xml", "for Google Earth", kml_pieces),
        Export("timelinejs", ".timeline.json", "application/json", "for TimelineJS", timelinejs_pieces),
        Export("webannotation", ".jsonld", "application/ld+json", "W3C Web Annotation", webannotation_pieces),
        Export("events", ".ucdp-acled-shaped.csv", "text/csv", "a table shaped like UCDP GED and ACLED", events_pieces),
        Export("html", ".html", "text/html", "one page with the map that opens from disk", html_pieces),
    )
}
