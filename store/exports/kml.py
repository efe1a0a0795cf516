"""KML 2.2 (OGC 07-147r2): a placemark for each place of each claim; those without a located place have no geometry.

Viewers read a description as HTML, so it is escaped twice; characters that XML 1.0 cannot hold are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from store.exports.export import Selection
from store.exports.geojson import COLOURS
from store.exports.properties import geometry, place_properties, properties
from store.exports.wording import headline, source_line
from store.records import PlaceRow
from store.rows import FoundClaim

_UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<name>Claim Atlas: claims and who made them</name>
"""


def kml_pieces(selection: Selection) -> Iterator[str]:
    """The document, one placemark a line."""
    yield _HEAD
    for kind, colour in COLOURS.items():
        yield _style(kind, colour)
    for found, place in selection.rows():
        yield _placemark(found, place, selection)
    yield "</Document></kml>\n"


def _style(kind: str, colour: str) -> str:
    # KML writes colours as alpha, blue, green, red.
    bgr = colour[5:7] + colour[3:5] + colour[1:3]
    return (
        f'<Style id="{kind}"><IconStyle><color>ff{bgr}</color></IconStyle><LineStyle><color>ff{bgr}</color></LineStyle>'
        f"<PolyStyle><color>33{bgr}</color></PolyStyle></Style>\n"
    )


def _placemark(found: FoundClaim, place: PlaceRow | None, selection: Selection) -> str:
    when = f"<TimeStamp><when>{found.published.isoformat()}</when></TimeStamp>" if found.published else ""
    fields: dict[str, Any] = dict(properties(found, selection)) | (place_properties(place) if place else {})
    data = "".join(_data(name, value) for name, value in fields.items() if value is not None)
    return (
        f"<Placemark><name>{_xml(headline(found))}</name>"
        f"<description>{_xml(escape(source_line(found)))}</description>{when}"
        f"<styleUrl>#{found.row.kind}</styleUrl><ExtendedData>{data}</ExtendedData>{_geometry(place)}</Placemark>\n"
    )


def _data(name: str, value: object) -> str:
    words = str(value).lower() if isinstance(value, bool) else str(value)
    return f"<Data name={quoteattr(name)}><value>{_xml(words)}</value></Data>"


def _xml(words: str) -> str:
    return escape(_UNWRITABLE.sub("", words))


def _geometry(place: PlaceRow | None) -> str:
    shape = geometry(place)
    return _shape(shape["type"], shape["coordinates"]) if shape else ""


def _shape(kind: str, coordinates: Any) -> str:
    if kind == "Point":
        return f"<Point><coordinates>{_positions([coordinates])}</coordinates></Point>"
    if kind == "LineString":
        return f"<LineString><coordinates>{_positions(coordinates)}</coordinates></LineString>"
    if kind == "Polygon":
        outer, *holes = coordinates
        inner = "".join(f"<innerBoundaryIs>{_ring(hole)}</innerBoundaryIs>" for hole in holes)
        return f"<Polygon><outerBoundaryIs>{_ring(outer)}</outerBoundaryIs>{inner}</Polygon>"
    parts = "".join(_shape(kind.removeprefix("Multi"), part) for part in coordinates)
    return f"<MultiGeometry>{parts}</MultiGeometry>"


def _ring(positions: Sequence[Sequence[float]]) -> str:
    return f"<LinearRing><coordinates>{_positions(positions)}</coordinates></LinearRing>"


def _positions(positions: Sequence[Sequence[float]]) -> str:
    return " ".join(f"{position[0]},{position[1]}" for position in positions)
