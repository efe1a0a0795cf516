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
        # the script counts them, and knows which of the two the language asks for
        "dot": t("{n} more place is a dot: zoom in to open it", n="{n}"),
        "dots": t("{n} more places are dots: zoom in to open them", n="{n}"),
    }
