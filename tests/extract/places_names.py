"""A small invented gazetteer, for tests of what extraction asks of the real one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """Facts of one name, see ``extract.model.NameFacts``."""

    kinds: frozenset[str]
    population: int = 0
    ambiguous_word: bool = False
    country: str | None = None


def known(kind: str, country: str | None = None, *, people: int = 0, word: bool = False) -> Known:
    """Facts of a name of one kind."""
    return Known(frozenset(kind.split()), people, word, country)


class Names:
    """Look-ups over a handful of names, folded to lower case."""

    def __init__(self) -> None:
        self.asked = 0
        self._names = {
            "russia": known("country", "Russia", people=140_000_000),
            "ukraine": known("country", "Ukraine", people=40_000_000),
            "norway": known("country", "Norway", people=5_000_000),
            "turkey": known("country", "Turkey", people=80_000_000),
            "sudan": known("country", "Sudan", people=40_000_000),
            "united states": known("country", "United States", people=330_000_000),
            "us": known("country", "United States", people=330_000_000),
            "kiev": known("city capital", "Ukraine", people=2_900_000),
            "moscow": known("city capital", "Russia", people=10_000_000),
            "oslo": known("city capital", "Norway", people=600_000),
            "kosti": known("city admin2", "Sudan", people=345_000),
            "el obeid": known("city", "Sudan", people=400_000),
            "white nile": known("admin1", "Sudan", people=1_900_000),
            "white nile governorate": known("admin1", "Sudan"),
            "shade": known("village", "Sudan"),
            "halden": known("town", "Norway", people=40_000),
            "european union": known("region"),
            "eu": known("region town", "France", people=8_000),
            "eastern vale": known("region", "Sudan"),
            "vale": known("village", "Norway"),
            "crimea": known("region admin1", "Ukraine", people=2_400_000),
            "dnieper": known("water"),
            "europe": known("region"),
            "reading": known("town", "United Kingdom", people=200_000, word=True),
            "victoria": known("city", "Canada", people=290_000, word=True),
            "march": known("town", "United Kingdom", people=20_000, word=True),
            "hope": known("town", "Canada", people=6_000, word=True),
        }

    def facts(self, name: str) -> Known | None:
        """Facts of a name in any case."""
        self.asked += 1
        return self._names.get(name.lower().replace(".", ""))

    def country_of(self, name: str) -> str | None:
        """Country of the place of that name."""
        found = self.facts(name)
        return found.country if found else None
