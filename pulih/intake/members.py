"""Lists of the members of groups (KUB, cooperatives): each counts as a firm, which is told."""

from pulih.common.errors import Message
from pulih.intake.wording import WARNING
from pulih.intake.work import SheetRows

POST = r"(?i)^\W*(?:wakil\s+)?(?:ketua|sekretaris|bendahara|anggota|pengurus|pengawas|seksi|sie)\b"
BELOW_THE_HEAD = r"(?i)^\W*(?:sekretaris|bendahara|anggota)\b"
MOST, FEWEST = 0.6, 2


def tell(work: SheetRows) -> None:
    """Tell a column that says who leads a group and who belongs to it."""
    columns = {work.position(name): work.raw[name] for name in ("note",) if name in work.raw}
    columns |= {at: work.extra[name] for at, name in work.assignment.unknown.items()}
    for position, written in columns.items():
        cells = written.drop_nulls()
        posts = int(cells.str.contains(POST).sum())
        if posts < max(FEWEST, MOST * len(cells)) or not cells.str.contains(BELOW_THE_HEAD).any():
            continue
        heading = work.table.headings[position] or ""
        message = Message(
            f'kolom "{heading}" menyebut ketua dan anggota kelompok; setiap orang dihitung satu '
            "usaha. Hapus yang bukan usaha sendiri, atau kirim sebagai daftar pembuat dengan kolom "
            '"Kelompok".',
            f'the column "{heading}" names heads and members of groups; each person was counted as '
            "a firm. Delete those who are no firm of their own, or send them as a list of makers "
            'with a column "Kelompok".',
        )
        row = work.table.last + 1
        work.tell(row, position, "owner_name", heading, WARNING, "members_counted", message)
