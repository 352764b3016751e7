"""`pulih protect CELLS --rules RULES.toml [--earlier DIR]… --out DIR [--json]`."""

import sys
from pathlib import Path

from pulih.casefiles.command import DONE, FINDINGS, Parser, not_written, print_json, refuse, tell
from pulih.common.errors import Fault, Message
from pulih.disclosure.case import Case
from pulih.disclosure.read import read_case

SAME_FOLDER = Message(
    "Folder hasil sama dengan folder rilis sebelumnya; pilih folder lain.",
    "The output folder is that of an earlier release; choose another.",
)


def run(arguments: list[str]) -> int:
    """Read cells, hide what is small, write what may be shown. 0 done, 1 findings, 2 malformed."""
    asked = _parser().parse_args(arguments)
    if asked.out.resolve() in {each.resolve() for each in asked.earlier}:
        fault = Fault("earlier", None, None, str(asked.out), SAME_FOLDER)
        return refuse([fault], as_json=asked.json)
    case = read_case(asked.cells, asked.rules, asked.earlier, tell=tell)
    if not isinstance(case, Case):
        return refuse(case, as_json=asked.json)
    return _protect(case, asked.out, as_json=asked.json)


def _protect(case: Case, out: Path, *, as_json: bool) -> int:
    from pulih.disclosure.explain import explanation
    from pulih.disclosure.protect import protect
    from pulih.disclosure.write import write_protected

    done = protect(case, _show_progress if sys.stderr.isatty() else None)
    try:
        write_protected(done, out)
    except OSError as error:
        return not_written("The protected table", out, error, as_json=as_json)
    told = explanation(done)
    if as_json:
        print_json(told)
    else:
        print(told["message_en"])
        for finding in told["findings"]:
            print(f"  {finding['message_en']}")
    return FINDINGS if done.findings else DONE


def _parser() -> Parser:
    parser = Parser(
        prog="pulih protect",
        description="Hide cells of public tables, so that no small group can be found again.",
    )
    parser.add_argument("cells", metavar="CELLS", type=Path)
    parser.add_argument("--rules", metavar="RULES.toml", type=Path, required=True)
    parser.add_argument(
        "--earlier",
        metavar="DIR",
        type=Path,
        action="append",
        default=[],
        help="folder of an earlier run that is still on show; may be given again",
    )
    parser.add_argument("--out", metavar="DIR", type=Path, required=True)
    parser.add_argument("--json", action="store_true", help="print the explanation as JSON")
    return parser


def _show_progress(table: str, done: int, of: int) -> None:
    print(f"\r{done} of {of} tables: {table:<40}", end="", file=sys.stderr, flush=True)
