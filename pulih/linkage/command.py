"""`pulih link RECORDS --out CLUSTERS …` and `pulih link-index KNOWN --clusters C --out DIR`."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import duckdb

from pulih.common.errors import Fault, Message, Refusal
from pulih.linkage.link import Linked
from pulih.linkage.memory import peak_megabytes
from pulih.linkage.run import THREADS, LinkTask, Unusable, link, prepare
from pulih.linkage.weights_file import write_weights

DONE, FINDINGS, COULD_NOT_RUN = 0, 1, 2
NO_CLUSTERS = Message(
    "--against dengan tabel memerlukan --against-clusters; atau siapkan folder: pulih link-index.",
    "--against with a table needs --against-clusters; or prepare a folder: pulih link-index.",
)
NO_ENDING = Message(
    "Nama hasil harus berakhir .csv atau .parquet.",
    "The name of an output must end in .csv or .parquet.",
)
NO_FOLDER = Message(
    "Folder untuk hasil tidak ada; buat dahulu.",
    "The folder for an output does not exist; make it first.",
)
IS_FOLDER = Message(
    "Hasil menunjuk sebuah folder; sebut berkas di dalamnya.",
    "An output names a folder; name a file in it.",
)
NO_REGISTER = Message(
    "--against-clusters memerlukan --against: register yang dikelompokkannya.",
    "--against-clusters needs --against: the register that it clusters.",
)
SAME_FILE = Message(
    "Satu berkas disebut dua kali; masukan dan hasil perlu nama masing-masing.",
    "One file is named twice; inputs and outputs need names of their own.",
)
NO_THREADS = Message("--threads paling sedikit 1.", "--threads must be 1 or more.")
REFUSED = (Unusable, Refusal, OSError, duckdb.IOException, duckdb.OutOfMemoryException)


class Parser(argparse.ArgumentParser):
    """Reads a command line; what is wrong with it is a Refusal, so that --json can tell it."""

    def error(self, message: str) -> NoReturn:
        raise Refusal(
            Message(
                f"Perintah tidak terbaca: {message}. Lihat {self.prog} --help.",
                f"The command cannot be read: {message}. See {self.prog} --help.",
            )
        )


def main(arguments: list[str] | None = None) -> int:
    """Link records. 0 done, 1 with findings, 2 could not run."""
    return _run(_link_parser(), arguments, _link)


def prepare_index(arguments: list[str] | None = None) -> int:
    """Prepare a register for `pulih link --against`. 0 done, 1 with findings, 2 could not run."""
    return _run(
        _index_parser(),
        arguments,
        lambda asked: prepare(asked.known, asked.clusters, asked.out, _tell, asked.threads),
    )


def _link(options: argparse.Namespace) -> Linked:
    linked = link(_asked(options), _tell)
    if options.keep_weights is not None and linked.weights is not None:
        write_weights(linked.weights, options.keep_weights)
    return linked


def _run(
    parser: Parser,
    arguments: list[str] | None,
    work: Callable[[argparse.Namespace], Linked],
) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    as_json = "--json" in words
    started = time.perf_counter()
    try:
        linked = work(parser.parse_args(words))
    except REFUSED as error:
        return _refused(error, as_json=as_json)
    return _answer(linked, time.perf_counter() - started, as_json=as_json)


def _link_parser() -> Parser:
    parser = Parser(prog="pulih link", description="Which records are one firm.")
    parser.add_argument("records", type=Path, metavar="RECORDS", help=".csv or .parquet")
    parser.add_argument("--out", type=Path, required=True, metavar="CLUSTERS")
    parser.add_argument("--pairs", type=Path, metavar="PAIRS")
    parser.add_argument(
        "--all-pairs", action="store_true", help="write pairs that do not match too"
    )
    parser.add_argument("--against", type=Path, metavar="KNOWN", help="a register, or its index")
    parser.add_argument("--against-clusters", type=Path, metavar="C")
    parser.add_argument("--weights", type=Path, help="learned before; else learned from RECORDS")
    parser.add_argument("--keep-weights", type=Path, metavar="FILE", help="write them as JSON")
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    parser.add_argument("--master", default="local[*]", help="where Spark runs")
    parser.add_argument("--threads", type=int, default=THREADS)
    parser.add_argument("--json", action="store_true", help="print the counts as one JSON object")
    return parser


def _index_parser() -> Parser:
    parser = Parser(prog="pulih link-index", description="Prepare a register.")
    parser.add_argument("known", type=Path, metavar="KNOWN", help=".csv or .parquet")
    parser.add_argument("--clusters", type=Path, required=True, metavar="C")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--threads", type=int, default=THREADS)
    parser.add_argument("--json", action="store_true", help="print the counts as one JSON object")
    return parser


def _asked(options: argparse.Namespace) -> LinkTask:
    for path in (options.out, options.pairs):
        if path is not None and path.suffix not in (".csv", ".parquet"):
            raise Refusal(NO_ENDING)
        if path is not None and not path.parent.is_dir():
            raise Refusal(NO_FOLDER)
        if path is not None and path.is_dir():
            raise Refusal(IS_FOLDER)
    given = (options.records, options.out, options.pairs, options.against)
    paths = [path.resolve() for path in given if path is not None]
    if len(set(paths)) < len(paths):
        raise Refusal(SAME_FILE)
    if options.threads < 1:
        raise Refusal(NO_THREADS)
    against = options.against
    if against is None and options.against_clusters is not None:
        raise Refusal(NO_REGISTER)
    if against is not None and options.against_clusters is None and not against.is_dir():
        raise Refusal(NO_CLUSTERS)
    engine = None
    if options.engine == "spark":
        from pulih.linkage.spark import SparkEngine

        engine = SparkEngine(options.master)
    return LinkTask(
        options.records, options.out, options.pairs, against, options.against_clusters, engine,
        options.weights, options.all_pairs, options.threads,
    )  # fmt: skip


def _answer(linked: Linked, seconds: float, *, as_json: bool) -> int:
    for finding in linked.findings:
        _tell(finding.message.en)
    stages = ("read", "block", "train", "compare", "cluster")
    told: dict[str, Any] = {
        "records": linked.records,
        "pairs_compared": linked.pairs_compared,
        "matches": linked.matches,
        "reviews": linked.reviews,
        "enterprises": linked.enterprises,
        "findings": [
            {"kind": each.kind, "count": each.count, "example": each.example,
             "message_id": each.message.id, "message_en": each.message.en}
            for each in linked.findings
        ],
        "seconds": {stage: round(linked.seconds.get(stage, 0.0), 3) for stage in stages}
        | {"total": round(seconds, 3)},
        "peak_mb": peak_megabytes(),
    }  # fmt: skip
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        _tell(
            f"{told['records']} records, {told['enterprises']} enterprises; {told['matches']} pairs"
            f" match, {told['reviews']} to review."
        )
    return FINDINGS if linked.findings else DONE


def _refused(error: BaseException, *, as_json: bool) -> int:
    faults = error.faults if isinstance(error, Unusable) else [_fault(error)]
    sentence = f"{len(faults)} fault(s); nothing was written."
    for fault in faults:
        place = " ".join(
            str(part)
            for part in (fault.table, fault.row and f"row {fault.row}", fault.column, fault.value)
            if part
        )
        _tell(f"{place}: {fault.message.en}" if place else fault.message.en)
    if as_json:
        print(json.dumps({"error": sentence, "faults": [_as_json(each) for each in faults]}))
    return COULD_NOT_RUN


def _fault(error: BaseException) -> Fault:
    if isinstance(error, Refusal):
        return Fault("", None, None, None, error.message)
    reason = str(error).splitlines()[0]
    message = Message(f"Tidak dapat dijalankan: {reason}", f"It could not be run: {reason}")
    return Fault("", None, None, None, message)


def _as_json(fault: Fault) -> dict[str, Any]:
    return {
        "table": fault.table,
        "row": fault.row,
        "column": fault.column,
        "value": fault.value,
        "message_id": fault.message.id,
        "message_en": fault.message.en,
    }


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)
