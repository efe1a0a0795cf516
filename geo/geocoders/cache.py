"""A cache of definite answers on disk: "here it is" and "there is no such place", never that a server was down."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from errors import DataError
from geo.geocoders.asking import MOST, Asks, Found, as_list, checked_name, checked_point, one_or_all, with_raw
from geo.geocoders.offline import NoNetwork

KEPT: Final = 50_000
"""Answers that a cache holds; beyond this the oldest go."""
KEPT_FOR: Final = timedelta(days=180)
"""Older answers are asked for anew: places are renamed, and a place that was unknown may be known now."""
CACHED_ON: Final = "cached_on"
"""Key of ``Location.raw`` that holds the date of a kept answer; answers fresh from a geocoder have none."""
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS answers (
  geocoder TEXT NOT NULL, question TEXT NOT NULL, query TEXT NOT NULL, options TEXT NOT NULL,
  answer TEXT NOT NULL, asked_on TEXT NOT NULL,
  PRIMARY KEY (geocoder, question, query, options)) WITHOUT ROWID
"""
_OLDEST: Final = """
DELETE FROM answers WHERE (geocoder, question, query, options) IN (
  SELECT geocoder, question, query, options FROM answers ORDER BY asked_on, query LIMIT max(0, ?))
"""


class CacheError(DataError):
    """The file of the cache cannot be used: delete it or name another."""


class CachedGeocoder(Geocoder):  # type: ignore[misc]
    """Answers from the cache what was asked before, and keeps what its geocoder answers. Threads may share it."""

    def __init__(
        self, geocoder: Asks, *, name: str, path: Path, kept: int = KEPT,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:  # fmt: skip
        """``name`` tells the answers of one geocoder (or one server) from another's in the same file."""
        super().__init__(adapter_factory=NoNetwork)
        self._geocoder, self._name, self._path, self._kept, self._today = geocoder, name, path, kept, today
        self._lock = threading.Lock()
        with self._file() as file:
            file.execute(_SCHEMA)

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL, limit: int = MOST
    ) -> Found:
        """As the geocoder would answer; what it raises is raised and not kept."""
        name = checked_name(query)
        return self._answer(
            "geocode", name, exactly_one, limit,
            lambda: self._geocoder.geocode(name, exactly_one=exactly_one, timeout=timeout, limit=limit),
        )  # fmt: skip

    def reverse(
        self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL, limit: int = MOST
    ) -> Found:
        """As the geocoder would answer; what it raises is raised and not kept."""
        point = checked_point(query)
        return self._answer(
            "reverse", f"{point.latitude:.6f} {point.longitude:.6f}", exactly_one, limit,
            lambda: self._geocoder.reverse(point, exactly_one=exactly_one, timeout=timeout, limit=limit),
        )  # fmt: skip

    def __len__(self) -> int:
        with self._file() as file:
            return int(file.execute("SELECT count(*) FROM answers").fetchone()[0])

    def _answer(self, question: str, query: str, exactly_one: bool, limit: int, ask: Callable[[], Found]) -> Found:
        options = json.dumps({"exactly_one": exactly_one, "limit": 1 if exactly_one else limit}, sort_keys=True)
        key = self._name, question, query, options
        kept = self._read(key)
        if kept is not None:
            return one_or_all(kept, exactly_one=exactly_one)
        found = ask()
        self._write(key, as_list(found))
        return found

    def _read(self, key: tuple[str, str, str, str]) -> list[Location] | None:
        since = (self._today() - KEPT_FOR).isoformat()
        with self._file() as file:
            row = file.execute(
                "SELECT answer, asked_on FROM answers WHERE geocoder=? AND question=? AND query=? AND options=? "
                "AND asked_on > ?", (*key, since),
            ).fetchone()  # fmt: skip
        if row is None:
            return None
        try:
            return [_location(record, row[1]) for record in json.loads(row[0])]
        except (ValueError, TypeError, KeyError) as error:
            raise CacheError(
                "{path}: a damaged answer ({problem}); delete the file", path=self._path, problem=f"{error!r:.80}"
            ) from error

    def _write(self, key: tuple[str, str, str, str], found: list[Location]) -> None:
        answer = json.dumps([
            {"address": one.address, "lat": one.latitude, "lon": one.longitude, "raw": one.raw} for one in found
        ], ensure_ascii=False)  # fmt: skip
        with self._file() as file:
            file.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)", (*key, answer, self._today().isoformat())
            )
            held = int(file.execute("SELECT count(*) FROM answers").fetchone()[0])
            if held > self._kept:
                file.execute(_OLDEST, (held - self._kept,))

    @contextmanager
    def _file(self) -> Iterator[sqlite3.Connection]:
        """The file opened for one transaction, so that several processes may share it."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._lock:
                connection = sqlite3.connect(self._path, timeout=10)
                try:
                    with connection:
                        yield connection
                finally:
                    connection.close()
        except (sqlite3.Error, OSError) as error:
            raise CacheError(
                "{path}: the cache of answers cannot be used ({problem}); delete it or name another",
                path=self._path,
                problem=error,
            ) from error


def _location(record: dict[str, Any], asked_on: str) -> Location:
    found = Location(record["address"], Point(record["lat"], record["lon"]), record["raw"])
    return with_raw(found, **{CACHED_ON: asked_on})
