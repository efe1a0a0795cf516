"""Front door: `streamlit run app.py` serves the dashboard with its security headers."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from dashboard.delivery import Advice, Unpacked
from dashboard.headers import SecurityHeaders
from dashboard.kept_files import KeptFiles
from dashboard.start import lifespan

app = st.App(
    "dashboard/main.py",
    lifespan=lifespan,
    middleware=[Middleware(layer) for layer in (SecurityHeaders, Unpacked, KeptFiles, Advice)],
)
