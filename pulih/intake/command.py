"""`pulih intake FILE --out ROWS --problems PROBLEMS [--kind …] [--json]`."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from pulih.common.errors import Message, Refusal
from pulih.intake.intake import Intake, read
from pulih.intake.outputs import write_table

CLEAN, WITH_PROBLEMS, UNREADABLE, OUR_FAULT = 0, 1, 2, 70


def run(arguments: list[str]) -> int:
    """Read a file and write its rows and problems; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        taken = read(options.file, kind=options.kind)
        write_table(taken.rows, options.out)
        write_table(taken.problems, options.problems)
    except Refusal as refusal:
        return _refused(refusal.message, options)
    except OSError as error:
        return _refused(_not_written(error), options)
    except MemoryError:
        print("pulih intake: out of memory", file=sys.stderr)
        return OUR_FAULT
    _tell(taken, options)
    return WITH_PROBLEMS if taken.problems.height else CLEAN


main = run


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pulih intake", description=__doc__)
    parser.add_argument("file", type=Path, help="XLSX, XLS, ODS or CSV as an office sends it")
    parser.add_argument("--kind", choices=("firms", "impact", "budget", "auto"), default="auto")
    parser.add_argument("--out", type=Path, required=True, help="rows: .parquet or .csv")
    parser.add_argument("--problems", type=Path, required=True, help="problems: .parquet or .csv")
    parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")
    return parser


def _tell(taken: Intake, options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps(taken.summary, ensure_ascii=False))
        return
    counts = taken.summary
    print(
        f"{counts['file']}: {counts['rows']} baris / rows; {counts['accepted']} diterima / "
        f"accepted, "
        f"{counts['corrected']} diperbaiki / corrected, {counts['rejected']} ditolak / rejected",
        file=sys.stderr,
    )


def _refused(message: Message, options: argparse.Namespace) -> int:
    print(f"{message.id}\n{message.en}", file=sys.stderr)
    if options.json:
        fault: dict[str, Any] = {
            "table": options.file.name,
            "row": None,
            "column": None,
            "value": None,
        }
        fault |= {"message_id": message.id, "message_en": message.en}
        print(json.dumps({"error": message.en, "faults": [fault]}, ensure_ascii=False))
    return UNREADABLE


def _not_written(error: OSError) -> Message:
    name = error.filename or "output"
    return Message(
        f"Hasil tidak dapat ditulis ke {name}: {error.strerror}. Pilih tempat lain atau beri "
        f"ruang, lalu ulangi.",
        f"The result could not be written to {name}: {error.strerror}. Choose another place or "
        f"make room, then try again.",
    )
