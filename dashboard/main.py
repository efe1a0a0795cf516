"""The script that Streamlit runs for every reader: page settings, style, navigation."""

from __future__ import annotations

from dashboard import navigation, reader, theme
from errors import ClaimAtlasError

reader.meet()
theme.configure_page()
try:
    navigation.run()
except ClaimAtlasError as error:
    theme.show_problem(error)
theme.declare_language()
