"""What the map's own script says, in the reader's language. Imports no streamlit."""

from __future__ import annotations

from dashboard.language import current, t


def texts(title: str) -> dict[str, str]:
    """What the map itself says, in the reader's language; they come with the marks, for the base map is constant."""
    return {
        "language": current(),
        "title": title,
        "map": t("Map: arrow keys move, plus and minus zoom, Tab goes from mark to mark"),
        "home": t("Show all marks"),
        "nearer": t("Zoom in"),
        "farther": t("Zoom out"),
    }
