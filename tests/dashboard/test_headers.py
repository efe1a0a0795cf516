"""What the server tells every browser to refuse."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from dashboard.headers import SecurityHeaders, policy
from dashboard.tiles import TILE_HOST


def answered(path: str, kind: str = "http") -> list[dict]:
    sent: list[dict] = []

    async def app(scope, receive, send):
        await send({"type": f"{kind}.response.start", "status": 200, "headers": []})

    async def send(message):
        sent.append(message)

    # In a thread of its own: a browser that an earlier test started keeps a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, SecurityHeaders(app)({"type": kind, "path": path}, None, send)).result()
    return sent


def test_every_response_carries_the_policy() -> None:
    headers = {name.decode(): value.decode() for name, value in answered("/")[0]["headers"]}
    assert headers["content-security-policy"] == policy("/")
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"


def test_the_page_may_load_nothing_from_another_host() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy("/").split("; "))
    assert rules["default-src"] == "'self'"
    assert "http" not in policy("/")
    assert rules["object-src"] == "'none'"


def test_only_pictures_in_the_maps_frame_may_come_from_the_tile_host() -> None:
    inside = policy("/component/streamlit_folium.st_folium/index.html")
    assert [rule for rule in inside.split("; ") if TILE_HOST in rule] == [f"img-src 'self' data: blob: {TILE_HOST}"]


def test_a_websocket_is_passed_on_untouched() -> None:
    assert answered("/_stcore/stream", "websocket")[0]["headers"] == []
