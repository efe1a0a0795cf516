"""What axe-core finds on a page that keeps somebody out who does not see colours, map or pointer."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.conftest import Visit

EXCEPTIONS = tomllib.loads((Path(__file__).parent / "axe_exceptions.toml").read_text("utf-8")).get("exception", [])
BAD = ("moderate", "serious", "critical")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # every rule is run; what passed is not written out
}


def is_excepted(rule: str, target: str) -> bool:
    return any(given["rule"] == rule and given["target"] in target for given in EXCEPTIONS)


def barriers(here: Visit) -> list[str]:
    """What axe-core calls moderate, serious or critical, in the page and in its frames, and no exception names."""
    for frame in here.page.frames:
        if not frame.evaluate("'axe' in window"):
            frame.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = here.page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))} {node['html'][:160]} {summary(node)}"
        for rule in found
        if rule["impact"] in BAD
        for node in rule["nodes"]
        if not is_excepted(rule["id"], " ".join(map(str, node["target"])))
    ]


def summary(node: dict[str, Any]) -> str:
    return str(node.get("failureSummary", "")).replace("\n", " ")[:240]
