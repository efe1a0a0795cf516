"""A server that answers as Nominatim and Photon do, in answers written for these tests; what it is asked decides how.

A query that names a trouble ("outage", "slow" …) gets that trouble; "nowhere at all" and the open ocean get the
services' own way of saying that they found nothing.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PLACES = {
    "nairobi": [("Nairobi", "Nairobi County", "Kenya", -1.2864, 36.8172)],
    "springfield": [
        ("Springfield", "Illinois", "United States", 39.7990, -89.6440),
        ("Springfield", "Massachusetts", "United States", 42.1015, -72.5898),
    ],
}
TROUBLE = {
    "too many": (429, {"Retry-After": "7"}, "slow down"),
    "outage": (500, {}, "oops"),
    "forbidden": (403, {}, "<html>no</html>"),
    "malformed": (200, {}, '{"features": [{'),
    "half an answer": (200, {}, '[{"display_name": "Halfway"}]'),
    "half a feature": (200, {}, '{"features": [{"properties": {"name": "Halfway"}, "geometry": {"coordinates": []}}]}'),
    "null": (200, {}, "null"),
    "off the earth": (200, {}, '[{"display_name": "Off", "lat": "191", "lon": "0"}]'),
    "error told": (200, {}, '{"error": {"code": 400, "message": "what?"}}'),
    "bytes": (200, {}, "\ud800"),
}


def nominatim(place: tuple[str, str, str, float, float]) -> dict[str, object]:
    name, state, country, lat, lon = place
    return {
        "place_id": 17, "osm_type": "relation", "osm_id": 4711, "lat": f"{lat:.7f}", "lon": f"{lon:.7f}",
        "class": "place", "type": "city", "importance": 0.6, "display_name": f"{name}, {state}, {country}",
        "boundingbox": [f"{lat - 0.1}", f"{lat + 0.1}", f"{lon - 0.1}", f"{lon + 0.1}"],
    }  # fmt: skip


def photon(place: tuple[str, str, str, float, float]) -> dict[str, object]:
    name, state, country, lat, lon = place
    properties = {"osm_id": 4711, "osm_type": "R", "osm_key": "place", "osm_value": "city", "name": name,
                  "state": state, "country": country, "countrycode": "KE"}  # fmt: skip
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        self.server.asked.append((time.monotonic(), self.path, self.headers.get("User-Agent")))
        parts = urlsplit(self.path)
        asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
        query = asked.get("q", "").casefold()
        if query in TROUBLE:
            return self.send(*TROUBLE[query])
        if query == "moved":
            return self.send(302, {"Location": f"http://127.0.0.1:{self.server.server_port}/elsewhere?q=nairobi"}, "")
        if query == "slow":
            time.sleep(0.6)
        if query == "dripping":
            return self.drip()
        form = nominatim if parts.path in ("/search", "/reverse") and "format" in asked else photon
        found = self.found(parts.path, query, asked)[: int(asked.get("limit", 10))]
        if form is photon:
            return self.send(200, {}, json.dumps({"type": "FeatureCollection", "features": [photon(p) for p in found]}))
        if parts.path == "/reverse":
            return self.send(200, {}, json.dumps(nominatim(found[0]) if found else {"error": "Unable to geocode"}))
        return self.send(200, {}, json.dumps([nominatim(p) for p in found]))

    @staticmethod
    def found(path: str, query: str, asked: dict[str, str]) -> list[tuple[str, str, str, float, float]]:
        if path != "/reverse":
            return PLACES.get(query, [])
        near = abs(float(asked["lat"]) + 1.2864) < 0.1 and abs(float(asked["lon"]) - 36.8172) < 0.1
        return PLACES["nairobi"] if near else []

    def drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(30):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.05)

    def send(self, status: int, headers: dict[str, str], body: str) -> None:
        content = body.encode("utf-8", "surrogatepass")
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def handle(self) -> None:
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the geocoder gave up waiting, as it should

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def served() -> Iterator[ThreadingHTTPServer]:
    """The server on a port of its own; ``asked`` holds what was asked: when, the path, the user agent."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.asked = []
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
