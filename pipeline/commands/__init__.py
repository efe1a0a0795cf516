"""The commands, one module each, and their table. A new command is a module with ``add`` and a line here."""

from __future__ import annotations

from typing import Final

from pipeline.commands import annotate, doctor, export, ingest, query, refresh, review, samples, watch

COMMANDS: Final = (annotate, ingest, watch, refresh, query, review, export, samples, doctor)
"""Modules in the order in which ``--help`` lists their commands."""
