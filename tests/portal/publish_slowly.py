"""Publish the newest release in a process of its own, and stop where it is to be killed.

python -m tests.portal.publish_slowly FOLDER SIGN writing|renaming < DATABASE.json
"""

import json
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.db import connections


def main() -> None:
    folder, sign, where = sys.argv[1:]
    settings.PUBLIC_FOLDER = folder
    django.setup()
    connections["default"].settings_dict.update(json.load(sys.stdin))

    from pulih.people.models import User
    from pulih.people.scope import speaking_for
    from pulih.portal import actions, publishing, site
    from pulih.portal.models import Release

    def wait(*_: object) -> None:
        Path(sign).write_text("here")
        time.sleep(60)

    if where == "renaming":
        site.put_on_show = wait  # type: ignore[assignment]
    else:
        publishing.register("zz", wait)
    by = User.objects.get(username="walidata_b")
    with speaking_for(by):
        actions.publish(Release.objects.latest("pk"), by=by)


if __name__ == "__main__":
    main()
