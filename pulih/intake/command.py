"""`pulih intake FILE --out ROWS --problems PROBLEMS [--kind …] [--json]`."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from pulih.common.errors import Message, Refusal
from pulih.intake import in_child
from pulih.intake.outputs import all_or_none

KINDS = ("firms", "impact", "budget", "treasury", "needs", "proposed", "makers")
CLEAN, WITH_PROBLEMS, UNREADABLE, OUR_FAULT = 0, 1, 2, 70


def run(arguments: list[str]) -> int:
    """Read a file and write its rows and problems; return the exit status."""
    options = _parser("--json" in arguments).parse_args(arguments)
    try:
        _refuse_same_place(options)
        with all_or_none([options.out, options.problems]) as (rows, problems):
            written = in_child.write(options.file, options.kind, rows, problems)
    except Refusal as refusal:
        return _refused(refusal.message, options.file.name, options.json)
    except in_child.Unwritten as unwritten:
        return _refused(_not_written("output", str(unwritten)), options.file.name, options.json)
    except OSError as error:
        name, words = error.filename or "output", error.strerror or str(error)
        return _refused(_not_written(name, words), options.file.name, options.json)
    except in_child.ReaderFault as fault:
        print(f"Internal error: {fault}", file=sys.stderr)
        return OUR_FAULT
    _tell(written.summary, options)
    return WITH_PROBLEMS if written.problems else CLEAN


main = run


class _Parser(argparse.ArgumentParser):
    """A parser that words a wrong call as any other refusal, in JSON where that was asked."""

    in_json = False

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        told = Message(
            f"Perintah tidak lengkap atau salah: {message}. Lihat pulih intake --help.",
            f"The command is incomplete or wrong: {message}. See pulih intake --help.",
        )
        raise SystemExit(_refused(told, None, self.in_json))


def _parser(in_json: bool) -> argparse.ArgumentParser:
    parser = _Parser(prog="pulih intake", description=__doc__)
    parser.in_json = in_json
    parser.add_argument("file", type=Path, help="XLSX, XLS, ODS or CSV as an office sends it")
    parser.add_argument("--kind", choices=(*KINDS, "auto"), default="auto")
    parser.add_argument("--out", type=Path, required=True, help="rows: .parquet or .csv")
    parser.add_argument("--problems", type=Path, required=True, help="problems: .parquet or .csv")
    parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")
    return parser


def _tell(counts: dict[str, Any], options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps(counts, ensure_ascii=False))
        return
    print(
        f"{counts['file']}: {counts['rows']} baris / rows; {counts['accepted']} diterima / "
        f"accepted, "
        f"{counts['corrected']} diperbaiki / corrected, {counts['rejected']} ditolak / rejected",
        file=sys.stderr,
    )


def _refuse_same_place(options: argparse.Namespace) -> None:
    """Refuse to write both tables, or one of them over the file itself, in one place."""
    places = [options.file.resolve(), options.out.resolve(), options.problems.resolve()]
    if len(set(places)) < len(places):
        raise Refusal(
            Message(
                "FILE, --out, dan --problems menunjuk ke tempat yang sama. Beri tiga nama berbeda.",
                "FILE, --out and --problems name the same place. Give three different names.",
            )
        )


def _refused(message: Message, file: str | None, in_json: bool) -> int:
    print(f"{message.id}\n{message.en}", file=sys.stderr)
    if in_json:
        fault: dict[str, Any] = {"table": file, "row": None, "column": None, "value": None}
        fault |= {"message_id": message.id, "message_en": message.en}
        print(json.dumps({"error": message.en, "faults": [fault]}, ensure_ascii=False))
    return UNREADABLE


def _not_written(name: str, words: str) -> Message:
    return Message(
        f"Hasil tidak dapat ditulis ke {name}: {words}. Pilih tempat lain atau beri "
        f"ruang, lalu ulangi.",
        f"The result could not be written to {name}: {words}. Choose another place or "
        f"make room, then try again.",
    )
