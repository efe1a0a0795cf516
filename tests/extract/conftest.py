"""One model and one small book of invented actors for all tests of extraction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from spacy.language import Language

from extract import nlp
from extract.actors import ActorBook, ActorIndex, find_actors
from extract.model import Statement
from extract.sentences import Passage, passages
from extract.statements import find_statements

TABLES = {
    "states": (
        "iso2\tname\taliases\tadjectives\tpeople\tcapital\tseats\n"
        "RU\tRussia\tRussian Federation\tRussian\tRussians|Russian\tMoscow\tKremlin\n"
        "UA\tUkraine\t\tUkrainian\tUkrainians|Ukrainian\tKyiv|Kiev\tBankova\n"
        "US\tUnited States\tUS|USA|America\tAmerican|US\tAmericans|American\tWashington\tPentagon|White House\n"
        "TR\tTurkey\tTürkiye\tTurkish\tTurks|Turk\tAnkara\t\n"
        "NO\tNorway\t\tNorwegian\tNorwegians|Norwegian\tOslo\t\n"
    ),
    "organisations": (
        "name\taliases\tkind\tside\n"
        "United Nations\tUN\tinternational\t=\n"
        "World Food Programme\tWFP\tbody\tUnited Nations\n"
        "European Union\tEU\tinternational\t=\n"
        "NATO\tNorth Atlantic Treaty Organization\tinternational\t=\n"
        "TASS\t\tstate_media\tRussia\n"
        "Reuters\t\tagency\t\n"
    ),
    "groups": "name\taliases\tside\tcountry\nDawn Front\tDF\t=\tNorway\n",
    "people": (
        "name\taliases\toffice\tside\tfrom\tto\n"
        "Ada Nordby\t\tforeign minister\tNorway\t2010-01-01\t2014-12-31\n"
        "Ada Nordby\t\tprime minister\tNorway\t2015-01-01\t2019-12-31\n"
        "Jonas Vik\tVik\tforeign minister\tNorway\t2015-01-01\t\n"
    ),
}


@pytest.fixture(scope="session")
def model() -> Language:
    return nlp.load()


@pytest.fixture(scope="session")
def book_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("actors")
    for name, text in TABLES.items():
        (folder / f"{name}.tsv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def book(book_folder: Path) -> ActorBook:
    return ActorBook.load(book_folder)


Read = Callable[..., tuple[list[Passage], ActorIndex]]
States = Callable[..., tuple[Statement, ...]]


@pytest.fixture(scope="session")
def read(model: Language, book: ActorBook) -> Read:
    def reader(text: str, published: date | None = None) -> tuple[list[Passage], ActorIndex]:
        parsed = passages(text, model)
        return parsed, find_actors(parsed, book, published)

    return reader


@pytest.fixture(scope="session")
def statements(read: Read) -> States:
    def finder(text: str, published: date | None = None) -> tuple[Statement, ...]:
        parsed, actors = read(text, published)
        return find_statements(parsed, actors)

    return finder
