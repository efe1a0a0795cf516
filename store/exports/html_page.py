"""One HTML page with the map, the claims and their sources: no outside request, opens from disk, works without scripts.

Text of reports is hostile: it is escaped into the page's body, the map's data is JSON in a block that no browser runs,
and a content security policy allows the page's own scripts by their hashes and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Final

from errors import DataError
from store.exports.export import Selection
from store.exports.geojson import COLOURS
from store.exports.wording import reviewed, source_line, who
from store.filters import Filters
from store.records import PlaceRow
from store.rows import FoundClaim

_PAGE: Final = Path(__file__).with_name("page")
_ASSETS: Final = Path(__file__).parents[2] / "assets"
_SCRIPTS: Final = (
    _ASSETS / "vendor" / "leaflet" / "leaflet.js", _ASSETS / "basemap" / "basemap.js", _PAGE / "page.js",
)  # fmt: skip
_STYLES: Final = (_ASSETS / "vendor" / "leaflet" / "leaflet.css", _PAGE / "page.css")


@dataclass(slots=True)
class _Shown:
    """What the list has shown so far: sources by report in order, and places with how many claims each has."""

    sources: dict[str, tuple[int, FoundClaim, str | None]] = field(default_factory=dict)
    places: dict[str, tuple[int, PlaceRow]] = field(default_factory=dict)
    kinds: dict[str, list[str]] = field(default_factory=dict)

    def source(self, found: FoundClaim, selection: Selection) -> int:
        """The number of the claim's source, from 1."""
        if found.row.report_id not in self.sources:
            self.sources[found.row.report_id] = (len(self.sources) + 1, found, selection.text(found))
        return self.sources[found.row.report_id][0]

    def at(self, found: FoundClaim, place: PlaceRow) -> int:
        """The number of a claim's place, from 0."""
        self.kinds.setdefault(place.key, []).append(found.row.kind)
        return self.places.setdefault(place.key, (len(self.places), place))[0]


def html_pieces(selection: Selection) -> Iterator[str]:
    """The page, part by part."""
    shown = _Shown()
    yield _head(selection)
    for found in selection.claims():
        yield _item(found, selection, shown)
    yield '</ol>\n<h2>Sources</h2>\n<ol id="sources">\n'
    for number, found, text in shown.sources.values():
        yield _source(number, found, text)
    yield f'</ol>\n</main>\n<script type="application/json" id="places">{_data(_places(shown))}</script>\n'
    for script in _scripts():
        yield f"<script>{script}</script>\n"
    yield "</body></html>\n"


def _head(selection: Selection) -> str:
    title = f"Claim Atlas: {selection.store.count(selection.filters):,} claims"
    allowed = " ".join(f"'sha256-{_hash(script)}'" for script in _scripts())
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; script-src {allowed}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_styles()}</style></head>\n<body>\n<header><h1>{title}</h1>\n"
        f'<p class="note">{_limits(selection.filters)} Nothing here is a fact of its own: each line is what someone '
        "said, in the exact words of the report.</p></header>\n<main>\n"
        '<div id="map" role="region" aria-label="Map of claims by place; the list below has the same content"></div>\n'
        '<div class="tools" id="tools" hidden><input id="find" type="search" aria-label="Find words in the claims" '
        'placeholder="Find words"><button id="all" type="button" hidden>All places</button>'
        '<span id="shown" role="status"></span></div>\n<h2>Claims</h2>\n<ol id="claims">\n'
    )


def _limits(filters: Filters) -> str:
    limits = [f"{name}: {', '.join(values)}" for name, values in filters.to_params().items()]
    return escape(f"Limited to {'; '.join(limits)}." if limits else "All claims of the store.")


def _item(found: FoundClaim, selection: Selection, shown: _Shown) -> str:
    row, places = found.row, selection.places(found)
    numbers = " ".join(str(shown.at(found, place)) for place in places)
    source = shown.source(found, selection)
    where = "; ".join(place.name for place in places) or "no place could be located"
    where = " · ".join(filter(None, (where, reviewed(found))))
    return (
        f'<li class="{row.kind}" id="claim-{escape(row.id)}" data-places="{numbers}"><p><b>{escape(who(found))}</b>: '
        f'<q>{escape(" ".join(row.exact.split()))}</q></p><p class="where">{escape(where)} · '
        f'<a href="#source-{source}">{escape(source_line(found))}</a></p></li>\n'
    )


def _source(number: int, found: FoundClaim, text: str | None) -> str:
    link = ""
    if found.url and re.match(r"https?://", found.url, re.I):
        link = f' <a href="{escape(found.url)}" rel="noopener noreferrer nofollow">{escape(found.url)}</a>'
    whole = f"<details><summary>Text</summary><pre>{escape(text)}</pre></details>" if text else ""
    return f'<li id="source-{number}">{escape(source_line(found))}{link}{whole}</li>\n'


def _places(shown: _Shown) -> list[dict[str, Any]]:
    return [_mark(place, shown.kinds[place.key]) for _, place in shown.places.values()]


def _mark(place: PlaceRow, kinds: Iterable[str]) -> dict[str, Any]:
    of_claims = list(kinds)
    most = max(COLOURS, key=of_claims.count)
    return {
        "name": place.name, "lat": place.lat, "lon": place.lon, "n": len(of_claims), "colour": COLOURS[most],
        "geometry": place.geometry,
    }  # fmt: skip


def _data(value: object) -> str:
    """JSON that no HTML parser can see the end of."""
    return json.dumps(value, ensure_ascii=True).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


@lru_cache(maxsize=1)
def _scripts() -> tuple[str, ...]:
    """Leaflet, the base map and the page's own script; a closing tag inside a script would end it."""
    return tuple(_read(path).replace("</", "<\\/") for path in _SCRIPTS)


@lru_cache(maxsize=1)
def _styles() -> str:
    """Style sheets without the pictures they name, which would be asked for."""
    return re.sub(r"url\([^)]*\)", "none", "\n".join(map(_read, _STYLES)))


def _read(path: Path) -> str:
    try:
        # The browser normalises line ends before it hashes a script.
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except OSError as error:
        raise DataError(
            "{path} cannot be read ({problem}); install Claim Atlas again.", path=path, problem=error.strerror
        ) from error
