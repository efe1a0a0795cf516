"""``annotate``: what reports claim, as JSON lines."""

from __future__ import annotations

import argparse
import json
from itertools import chain
from pathlib import Path

from errors import UnforeseenError, foreseen
from extract.reading.jsonl import read_json_lines
from pipeline.batch import Rejected, reports_in
from pipeline.commands.ingest import completed
from pipeline.commands.jobs import add_jobs, crew
from pipeline.console import add_command, add_published, exit_code, output, progress, same_file, set_aside
from pipeline.fetching.inputs import add_columns, expected, reports_of
from pipeline.run import Annotation
from pipeline.settings import Settings
from pipeline.storing import name_of


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Its words."""
    command = add_command(
        commands,
        "annotate",
        help="print what reports claim, as JSON lines; the store is not touched",
        description="Print one JSON object a report: places, counts and statements, with offsets into the text.",
    )
    command.add_argument("files", metavar="FILE", nargs="*", help="a file, a folder, or an address (https://…)")
    command.add_argument("--jsonl", metavar="FILE", action="append", type=Path, default=[],
                         help='JSON lines of {"id", "text", "published"}, whatever the file is called')  # fmt: skip
    add_published(command)
    add_columns(command)
    command.add_argument("--out", metavar="FILE", type=Path, help="write there instead of standard output")
    add_jobs(command)
    command.set_defaults(run=annotate, usage_error=command.error)


def annotate(args: argparse.Namespace, settings: Settings) -> int:
    """``annotate``: a JSON line for every report of the files, the model loaded once."""
    inputs = [*map(Path, args.files), *args.jsonl]
    if not inputs:
        args.usage_error("name at least one FILE, or --jsonl FILE")
    if args.out and any(same_file(args.out, path) for path in inputs):
        args.usage_error(f"--out {args.out} is one of the files to read; name another")
    reports = chain(reports_of(args.files, columns=args.columns), reports_in(args.jsonl, reader=read_json_lines))
    done = rejected = 0
    with output(args.out) as out:
        for item in progress(
            map(_line, crew(args, settings).annotate_many(completed(reports, args))),
            total=None if args.jsonl else expected(args.files),
        ):
            if isinstance(item, Rejected):
                rejected += 1
                set_aside(item)
            else:
                done += 1
                out.write(item)
    return exit_code(done, rejected)


def _line(item: Annotation | Rejected) -> str | Rejected:
    if isinstance(item, Rejected):
        return item
    try:
        with foreseen():
            return json.dumps(item.to_json(), ensure_ascii=False, allow_nan=False) + "\n"
    except UnforeseenError as error:
        return Rejected(name_of(item), str(error))
