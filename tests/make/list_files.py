"""Files with lists to compare people with, which the background reads; of Jawa Barat."""

from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from pulih.delivery.actions import list_files
from pulih.delivery.models import ListFile
from pulih.people.models import User
from tests.make import areas
from tests.make.delivery import FIRST, LAST
from tests.people import cast


def list_file(
    content: str | bytes, kind: str = "deceased", by: User | None = None, is_part: bool = False,
    name: str = "daftar.csv",
) -> ListFile:  # fmt: skip
    plain = content.encode() if isinstance(content, str) else content
    return list_files.deliver(
        kind=kind, source="Contoh", as_of=FIRST, covers=[areas.province()],
        file=SimpleUploadedFile(name, plain), by=by or cast.planner(),
        now=datetime(2020, 6, 22, 4, tzinfo=UTC), today=LAST, is_part=is_part,
    )  # fmt: skip
