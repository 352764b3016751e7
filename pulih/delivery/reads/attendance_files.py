"""What a kept attendance file says, and whom of the class each of its names may be."""

from __future__ import annotations

from pulih.inbox.uploads import opened
from pulih.references.forms import lines_of_workbook

from ..models import AttendanceFile, Participant, Session
from ..rules.matching_names import Guess, guess
from ..rules.meetings import Listed, read


def text_of(content: bytes, name: str) -> str:
    """Return a CSV or a workbook's first sheet as text. May refuse a broken workbook."""
    if content[:2] == b"PK":
        content = lines_of_workbook(content, name)
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):  # Teams.
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def names_of(file: AttendanceFile) -> list[Listed]:
    """Read a file again as it was read when it was taken in."""
    with opened(file.stored_name) as kept:
        found = read(text_of(kept.read(), file.file_name))
    assert isinstance(found, list)  # It was refused otherwise.
    return found


def guesses(names: list[Listed], people: list[Participant]) -> list[Guess]:
    """Return for each name whom of these people it may be."""
    known = {one.pk: one.person.name for one in people}
    return [guess(one.name, known) for one in names]


def other_session_of(file: AttendanceFile) -> Session | None:
    """Return another session of the class that was marked out of the same meeting or sheet.

    A meeting that was exported or saved again is the same while everybody's times are.
    """
    others = AttendanceFile.objects.filter(cohort=file.cohort_id).exclude(session=file.session_id)
    names = names_of(file)
    is_timed = any(one.joins for one in names)
    for other in others.select_related("session").order_by("-at", "-pk"):
        is_same = other.sha256 == file.sha256 or (is_timed and names_of(other) == names)
        if is_same and other.marks.exists():
            used: Session = other.session
            return used
    return None
