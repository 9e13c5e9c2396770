"""The command `python -m screening FILE…`, which screens files for what must not be published."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, TextIO

from .descriptions import describe
from .files import screen_file
from .findings import Screening, Verdict

HELP = (
    "Granskar filer: personnummer, organisationsnummer och ärendenummer i text, dolda delar och metadata. "
    "Slutar med 1 om någon fil stoppas."
)
_VERDICTS = {
    Verdict.CLEAN: "Inget hittat",
    Verdict.WARN: "Varning",
    Verdict.BLOCK: "Stoppas",
    Verdict.UNSCREENED: "Inte granskad",
}
_REASONS = {
    FileNotFoundError: "den finns inte",
    IsADirectoryError: "det är ingen fil",
    PermissionError: "behörighet saknas",
}


class CannotOpen(Exception):
    """A file that is not there to screen. The message is a Swedish sentence for the user."""


def main(argv: Sequence[str] | None = None) -> int:
    """Screen the files of a command line. Returns 1 if one is stopped, and 2 if one cannot be opened."""
    parser = argparse.ArgumentParser(prog="python -m screening", description=HELP)
    add_arguments(parser)
    options = parser.parse_args(argv)
    try:
        return screen(options.files, as_json=options.json, picture_is_read=options.picture_is_read, output=sys.stdout)
    except CannotOpen as error:
        sys.stderr.write(f"{error}\n")
        return 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments, which are those of `manage.py screen` too."""
    parser.add_argument("files", nargs="+", metavar="FIL")
    parser.add_argument("--json", action="store_true", help="Skriv ett JSON-dokument.")
    parser.add_argument(
        "--picture-is-read",
        action="store_true",
        help="En människa har läst det som bilder och skannade sidor visar.",
    )


def screen(files: Sequence[str], *, as_json: bool, picture_is_read: bool, output: TextIO) -> int:
    """Screen files and write what was found, as a table or as JSON. Returns 1 if one is stopped, else 0.

    Raises `CannotOpen` before anything is written.
    """
    screenings = [(file, _screened(file, picture_is_read=picture_is_read)) for file in files]
    if as_json:
        output.write(json.dumps([_row(*pair) for pair in screenings], ensure_ascii=False) + "\n")
    else:
        width = max(len(file) for file in files)
        for file, screening in screenings:
            output.write(f"{file.ljust(width)}  {_VERDICTS[screening.verdict]}\n")
            output.writelines(f"    {line}\n" for line in _lines(screening))
    return int(any(screening.verdict is Verdict.BLOCK for _, screening in screenings))


def _screened(file: str, *, picture_is_read: bool) -> Screening:
    try:
        return screen_file(file, picture_is_read=picture_is_read, has_time=True)
    except OSError as error:
        reason = _REASONS.get(type(error), "läsfel")
        raise CannotOpen(f"{file} kan inte läsas: {reason}.") from None


def _row(file: str, screening: Screening) -> dict[str, Any]:
    return {"file": file, "verdict": screening.verdict, "findings": list(map(asdict, screening.findings))}


def _lines(screening: Screening) -> list[str]:
    fault = [screening.fault] if screening.fault else []
    advice = [f"Råd: {describe(finding)}" for finding in screening.advice]
    return [*fault, *map(describe, screening.findings), *advice]


if __name__ == "__main__":
    sys.exit(main())
