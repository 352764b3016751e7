"""Reading a scan in a process of its own, under ceilings of memory and time."""

from pathlib import Path
from typing import NamedTuple

import structlog

from pulih.common.errors import Message, Refusal
from pulih.documents.codes import read_code
from pulih.intake import child, in_child

from .rules import refusals

READER = "pulih.scans.reader"
TIMES = 4  # A page of a scan takes longer to read than rows of as many bytes.
logger = structlog.get_logger(__name__)


class PageRead(NamedTuple):
    """picture: where it lies until the folder goes. texts: of the square codes on the page."""

    number: int
    picture: Path
    texts: list[str]
    is_blank: bool

    @property
    def codes(self) -> list[str]:
        """The texts that are codes of papers, of ours or not; each once."""
        read = (read_code(text.rstrip("/").rpartition("/")[2]) for text in self.texts)
        return list(dict.fromkeys(code for code in read if code))


def read(path: Path, name: str, folder: Path) -> list[PageRead]:
    """Read the pages of a file into `folder`. name: as its office knows it. May refuse."""
    request = {"do": "read", "path": str(path), "name": name, "folder": str(folder)}
    with child.borrowed(READER) as (reader, keep):
        answer = reader.ask(request, times=TIMES)
        if answer.get("serves_again"):
            keep()
    if "refused" in answer:
        raise Refusal(Message(*answer["refused"]))
    in_child.refuse_interrupted(answer)
    if "fault" in answer:
        logger.error("scan_reader_fault", kind=answer["fault"][0], trace=answer["fault"][2])
    if "done" not in answer:
        why = answer.get("ended", "memory" if answer.get("too_heavy") else "died")
        raise refusals.ended(name, why, answer.get("ceilings"))
    return [
        PageRead(number, folder / f"{number}.jpg", one["texts"], one["is_blank"])
        for number, one in enumerate(answer["done"]["pages"], 1)
    ]
