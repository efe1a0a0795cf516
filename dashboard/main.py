"""The script that Streamlit runs for every reader: page settings, style, navigation."""

from __future__ import annotations

from dashboard import navigation, theme
from errors import ClaimAtlasError

theme.configure_page()
try:
    navigation.run()
except ClaimAtlasError as error:
    theme.show_problem(error)
