"""Finds the interface's texts for ``make texts``: calls in the syntax tree, so that those within f-strings count.

An error is one of them: its message, the last that stands in its call without a name, is a pattern of the catalogue.
What no reader of the dashboard can meet is left out, such as the errors of the command line and of builds.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final

ERRORS: Final = "Error"
"""The keyword for every error of the project's own, whatever its class."""

_ROOT: Final = Path(__file__).resolve().parent.parent
Found = tuple[int, str, tuple[str | None, ...], list[str]]


def calls(
    file: BinaryIO, keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Calls of the functions named in ``keywords``, as Babel takes them from an extraction method.

    :returns: line, name of the function, and its positional arguments: None for those that are no text by themselves.
    """
    del comment_tags, options  # Babel hands them over; texts have no comments here
    path = Path(file.name).resolve()
    if path.is_relative_to(_ROOT) and path not in reachable(_ROOT):
        return
    for node in ast.walk(ast.parse(file.read())):
        if not isinstance(node, ast.Call):
            continue
        name = _name(node.func)
        if name in keywords:
            yield node.lineno, name, tuple(map(_text, node.args)), []
        elif ERRORS in keywords and is_own_error(name):
            yield node.lineno, ERRORS, tuple(map(_text, node.args[-1:])), []


def is_own_error(name: str) -> bool:
    """True for the name of a class of errors that Python does not come with."""
    return name.endswith(ERRORS) and not hasattr(builtins, name)


@lru_cache(maxsize=1)
def reachable(root: Path) -> frozenset[Path]:
    """Files of the modules that the dashboard, or a process that it starts, can import, now or later."""
    found: set[Path] = set()
    waiting = [root / "app.py", *(root / "dashboard").rglob("*.py")]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imported(path, root)
    return frozenset(found)


def _imported(path: Path, root: Path) -> Iterator[Path]:
    """The project's own modules that a file imports, within functions too, and their packages."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            yield from _files(name.split("."), root)


def _files(parts: list[str], root: Path) -> Iterator[Path]:
    for n in range(1, len(parts) + 1):
        path = root.joinpath(*parts[:n])
        yield from (file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file())


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _text(argument: ast.expr) -> str | None:
    given = argument.value if isinstance(argument, ast.Constant) else None
    return given if isinstance(given, str) else None
