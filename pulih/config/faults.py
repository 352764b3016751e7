"""The last words of a command: a refusal's sentence, or one line about a fault of our own."""

from __future__ import annotations

import errno
import json
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path
from types import TracebackType

from pulih.common.errors import Message
from pulih.config import settings

DONE, FINDINGS, COULD_NOT_RUN, OUR_FAULT = 0, 1, 2, 70
OFF_BY_INTERRUPT = 130


def report_our_own() -> None:
    """From now on an unforeseen error is one line, a trace in a file, and exit status 70."""
    sys.excepthook = _our_fault


def refused(message: Message, words: list[str]) -> int:
    """Say a refusal, as JSON too where the words ask for it; return the exit status."""
    sentence = message.in_language(settings.COMMAND_LANGUAGE)
    print(sentence, file=sys.stderr)
    if "--json" in words:
        print(json.dumps({"error": sentence, "faults": []}, ensure_ascii=False))
    return COULD_NOT_RUN


def end_if_refused() -> None:
    """End a process of the server whose settings are amiss; its sentence is the last word."""
    if settings.REFUSAL:
        sys.exit(refused(settings.REFUSAL.message, []))


def _our_fault(
    kind: type[BaseException], fault: BaseException, trace: TracebackType | None
) -> None:
    language = settings.COMMAND_LANGUAGE
    status = COULD_NOT_RUN
    if isinstance(fault, OSError) and fault.errno == errno.ENOSPC:
        words = _DISK_FULL.in_language(language)
    elif isinstance(fault, BrokenPipeError):
        os._exit(FINDINGS)  # Who read our output has left; nobody is there to be told.
    else:
        log = _keep_trace(kind, fault, trace)
        words = _OUR_FAULT.in_language(language).format(kind=kind.__name__, log=log)
        status = OUR_FAULT
    print(words, file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # Every `finally` has run by now; a plain end would say 1.


def _keep_trace(
    kind: type[BaseException], fault: BaseException, trace: TracebackType | None
) -> Path:
    log = _trace_file()
    with log.open("a") as file:
        file.write(f"{time.strftime('%Y-%m-%dT%H:%M:%S%z')} {sys.argv[:2]}\n")
        traceback.print_exception(kind, fault, trace, file=file)
    return log


def _trace_file() -> Path:
    if os.access(settings.DATA.logs, os.W_OK):
        return settings.DATA.logs / "faults.log"
    handle, name = tempfile.mkstemp(prefix="pulih-fault-", suffix=".log")
    os.close(handle)
    return Path(name)


_DISK_FULL = Message(
    id="Penyimpanan penuh. Kosongkan ruang, lalu ulangi.",
    en="The disk is full. Free some space, then try again.",
)
_OUR_FAULT = Message(
    id="Kesalahan dalam Pulih sendiri ({kind}); tidak ada yang perlu Anda perbaiki. Catatan: {log}",
    en="A fault in Pulih itself ({kind}); nothing for you to mend. The trace is in {log}",
)
