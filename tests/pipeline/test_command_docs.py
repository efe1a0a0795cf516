"""Every command, option, setting and exit code stands in the documentation, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import command_line
from pipeline.command_line import main

ROOT = Path(__file__).parents[2]


def commands() -> list[str]:
    actions = command_line.parser()._subparsers._group_actions  # type: ignore[union-attr]
    return list(actions[0].choices or ())


@pytest.mark.parametrize("name", commands())
def test_every_command_and_option_is_in_the_documentation(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    document = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    assert f"\n## {name}\n" in document
    with pytest.raises(SystemExit):
        main([name, "--help"])
    options = re.findall(r"(?<![\w-])--[a-z][a-z-]+", capsys.readouterr().out)
    section = document.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    known = section + (document.partition("\n## Filters\n")[2].partition("\n## ")[0] if "(#filters)" in section else "")
    for option in {*options} - {"--help"}:
        assert f"`{option}" in known, f"{name} {option}"


def test_no_command_is_documented_that_does_not_exist() -> None:
    document = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    described = set(re.findall(r"^    python -m pipeline ([a-z]+)", document, re.M))
    assert described == set(commands())


def test_documentation_names_every_setting_and_exit_code() -> None:
    document = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    for words in ("CLAIM_ATLAS_STORE", "CLAIM_ATLAS_MODEL", "CLAIM_ATLAS_BORDERS", "| 0 |", "| 1 |", "| 2 |", "| 3 |"):
        assert words in document
