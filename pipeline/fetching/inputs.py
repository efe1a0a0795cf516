"""What a user names on the command line -> reports: files, folders with all below them, and addresses on the web."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from extract.model import Report
from extract.reading import ReadingError, read, source_for
from extract.reading.csv_table import columns_of
from pipeline.batch import Rejected, files_in, reports_in
from pipeline.fetching.addresses import is_url
from pipeline.fetching.client import Fetcher
from pipeline.fetching.pages import Fetches, reports_at


def add_columns(command: argparse.ArgumentParser) -> None:
    """The option ``--columns``."""
    command.add_argument("--columns", metavar="FIELD=NAME,…", type=_columns, default=None,
                         help="which column of a CSV file is what: text=body,published=date")  # fmt: skip


def _columns(words: str) -> dict[str, str]:
    try:
        return columns_of(words)
    except ReadingError as error:
        raise argparse.ArgumentTypeError(error.reason) from error


def reports_of(
    inputs: Iterable[str], *, columns: Mapping[str, str] | None = None, fetcher: Fetches | None = None
) -> Iterator[Report | Rejected]:
    """The reports of files, folders and addresses, in the order given; what cannot be read is set aside.

    :param columns: which column of CSV files is what.
    :param fetcher: by default one of the real net, made when the first address comes.
    """
    for words in inputs:
        if is_url(words):
            fetcher = fetcher or Fetcher()
            yield from reports_at(words, fetcher)
        else:
            yield from reports_in(files_in([Path(words)]), reader=partial(read, columns=columns))


def expected(inputs: Iterable[str]) -> int | None:
    """How many reports there will be, as far as the names of files tell: None when one of them holds many."""
    count = 0
    for words in inputs:
        sources = [None] if is_url(words) else [source_for(path) for path in files_in([Path(words)])]
        if any(source and source.many for source in sources):
            return None
        count += len(sources)
    return count
