"""A process that reads one batch and is killed in the middle of storing it."""

import json
import os
import sys
from pathlib import Path


def main(database: str, uploads: str, batch_id: int, person_id: int, sign: Path) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    connections["default"].settings_dict.update(json.loads(database))
    settings.MEDIA_ROOT = uploads  # As the test that delivered the file keeps it.
    from pulih.inbox import actions, receivers
    from pulih.inbox.models import SourceRecord
    from pulih.people.models import User
    from pulih.people.scope import speaking_as_system, speaking_for

    class Hanging:
        """Stops when the rows are stored and not yet committed, until somebody kills us."""

        kind = "firms"

        def receive(self, batch, rows):
            assert SourceRecord.objects.filter(batch=batch).exists()
            sign.touch()
            os.read(0, 1)

    receivers._receivers["firms"] = [Hanging()]
    with speaking_as_system():
        person = User.objects.get(pk=person_id)
    with speaking_for(person):
        actions.read(batch_id)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
