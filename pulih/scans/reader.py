"""`python -m pulih.scans.reader`: reads strangers' scans for a process that watches this one.

`pulih.scans.reading` is the other end.
"""

from pathlib import Path
from typing import Any

from pulih.intake.serving import Request, Say, Work, serve

from .rules import pictures, square_codes


def _read(request: Request, say: Say) -> dict[str, Any]:
    """Leave the picture of each page as JPEG in the folder named; tell the codes on it."""
    folder, told = Path(request["folder"]), []
    for number, page in enumerate(pictures.pages(Path(request["path"]), request["name"]), 1):
        codes = square_codes.find(page)
        is_blank = not codes.texts and pictures.is_blank(page)
        picture = pictures.shown(page, codes.turned)
        picture.save(folder / f"{number}.jpg", "JPEG", quality=pictures.SHOWN_QUALITY)
        told.append({"texts": codes.texts, "is_blank": is_blank})
        say({"progress": [number, None]})
    return {"pages": told}


WORK: Work = {"read": _read}


if __name__ == "__main__":
    serve(WORK)
