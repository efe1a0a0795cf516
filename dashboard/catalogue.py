"""Finds the interface's texts for ``make texts``: calls in the syntax tree, so that those within f-strings count."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO

Found = tuple[int, str, tuple[str | None, ...], list[str]]


def calls(
    file: BinaryIO, keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Calls of the functions named in ``keywords``, as Babel takes them from an extraction method.

    :returns: line, name of the function, and its positional arguments: None for those that are no text by themselves.
    """
    del comment_tags, options  # Babel hands them over; texts have no comments here
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in keywords:
            yield node.lineno, name, tuple(map(_text, node.args)), []


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _text(argument: ast.expr) -> str | None:
    given = argument.value if isinstance(argument, ast.Constant) else None
    return given if isinstance(given, str) else None
