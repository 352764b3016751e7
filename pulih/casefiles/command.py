"""What the commands of the cores share: exit statuses, faults to a person or as JSON, numbers."""

import argparse
import json
import math
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

from pulih.common.errors import Fault

DONE, FINDINGS, COULD_NOT_RUN, OUR_OWN_FAULT = 0, 1, 2, 70


class Parser(argparse.ArgumentParser):
    """Reads a command line; with `--json` among its words, what is wrong is JSON as well."""

    words: Sequence[str] = ()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        self.words = sys.argv[1:] if args is None else args
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        if "--json" in self.words:
            print_json({"error": f"{self.prog}: {message}.", "faults": []})
        super().error(message)


def run_alone(run: Callable[[list[str]], int]) -> None:
    """Run a core's command without the rest of the house: `python -m pulih.refocusing CASE_DIR`."""
    sys.excepthook = _one_line
    status = run(sys.argv[1:])
    sys.stdout.flush()  # Else only the interpreter's end would learn that nobody reads any more.
    sys.exit(status)


def _one_line(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    if isinstance(error, BrokenPipeError):
        os._exit(FINDINGS)  # Who read our output has left; nobody is there to be told.
    words = " ".join(str(error).split())
    print(f"Internal error: {kind.__name__}: {words}", file=sys.stderr, flush=True)
    os._exit(OUR_OWN_FAULT)


def amount(text: str) -> float:
    """Read an option that is a number of 0 or more."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number < 0:
        raise argparse.ArgumentTypeError(f"must be a number of 0 or more, not {text!r}")
    return number


def refuse(faults: Sequence[Fault], *, as_json: bool, what: str = "The case") -> int:
    """Say every fault, on standard error and with `--json` as the contract's object."""
    sentence = f"{what} has {len(faults)} fault(s); nothing was written."
    tell(sentence)
    for fault in faults:
        tell(f"  {_place(fault)}: {fault.message.en}")
    if as_json:
        print_json({"error": sentence, "faults": [_as_json(fault) for fault in faults]})
    return COULD_NOT_RUN


def not_written(what: str, out: Path, error: OSError, *, as_json: bool) -> int:
    """Say that an answer could not be written, as JSON too where that was asked for."""
    sentence = f"{what} could not be written to {out}: {error.strerror}."
    tell(sentence)
    if as_json:
        print_json({"error": sentence, "faults": []})
    return COULD_NOT_RUN


def _place(fault: Fault) -> str:
    row = "" if fault.row is None else f" row {fault.row}"
    column = "" if fault.column is None else f" column {fault.column}"
    value = "" if fault.value is None else f" ({fault.value})"
    return f"{fault.table}{row}{column}{value}"


def _as_json(fault: Fault) -> dict[str, Any]:
    return {
        "table": fault.table,
        "row": fault.row,
        "column": fault.column,
        "value": fault.value,
        "message_id": fault.message.id,
        "message_en": fault.message.en,
    }


def print_json(answer: dict[str, Any]) -> None:
    print(json.dumps(answer, ensure_ascii=False, allow_nan=False))


def tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)
