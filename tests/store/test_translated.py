"""What DuckDB raises becomes an error of the store; what Ctrl-C raises in it stays Ctrl-C."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from store.errors import StoreError
from store.transaction import transaction
from store.translated import translated

PATH = Path("claims.duckdb")


def test_a_failing_question_names_the_file() -> None:
    with pytest.raises(StoreError, match=r"claims\.duckdb could not answer"), translated(PATH):
        duckdb.connect().execute("SELECT * FROM nowhere")


@pytest.mark.parametrize(
    "raised", [RuntimeError("Query interrupted"), duckdb.InterruptException("INTERRUPT Error: Interrupted!")]
)
def test_an_interruption_is_no_failure_of_the_store(raised: Exception) -> None:
    with pytest.raises(KeyboardInterrupt), translated(PATH):
        raise raised


def test_a_transaction_that_an_interruption_has_ended_already_is_no_failure_either() -> None:
    cursor = duckdb.connect().cursor()
    with pytest.raises(KeyboardInterrupt), translated(PATH), transaction(cursor):
        cursor.rollback()
        raise KeyboardInterrupt


def test_another_error_of_the_program_stays_what_it_is() -> None:
    with pytest.raises(RuntimeError, match="something else"), translated(PATH):
        raise RuntimeError("something else")
