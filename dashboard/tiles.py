"""The optional background map from the network: one address, off until the reader switches it on."""

from __future__ import annotations

from typing import Final

from dashboard.map import Tiles

TILE_HOST: Final = "https://tile.openstreetmap.org"
ONLINE_TILES: Final = Tiles(url=f"{TILE_HOST}/{{z}}/{{x}}/{{y}}.png", attribution="© OpenStreetMap contributors")
