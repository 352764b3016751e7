"""A worker killed while it publishes (kill -9) leaves the old release whole; the next one fixes."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connections

from pulih.people.scope import speaking_for
from pulih.portal import actions, site
from pulih.portal.reads import releases as reads
from tests.make import portal as make

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,  # Starts a process that is killed.
]


ROOT = Path(__file__).parents[2]


def publish_slowly(folder, sign, where):
    """Begin to publish in another process; wait until it is where it shall be killed."""
    database = connections["default"].settings_dict
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "pulih.config.settings"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.portal.publish_slowly", str(folder), str(sign), where],
        stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environ, cwd=ROOT, text=True,
    )  # fmt: skip
    json.dump(database, process.stdin)
    process.stdin.close()
    while not sign.exists():
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.1)
    return process


@pytest.mark.parametrize("at_rename", [False, True])
def test_a_kill_while_publishing_leaves_the_old_release_whole(settings, tmp_path, at_rename):
    settings.PUBLIC_FOLDER = tmp_path / "public"
    # Where it is killed earlier, nothing is late, which only whole pages can show.
    first, made = make.published(with_pages=not at_rename), make.checked()
    before = site.current()
    files = {path: path.stat().st_size for path in before.rglob("*")}
    where = "renaming" if at_rename else "writing"
    process = publish_slowly(settings.PUBLIC_FOLDER, tmp_path / "sign", where)
    process.kill()
    process.wait()
    process.stderr.close()
    assert site.current() == before
    assert {path: path.stat().st_size for path in before.rglob("*")} == files
    # At the rename the transaction holds already: the clock puts the new one on show.
    assert reads.newest() == (made if at_rename else first)
    assert actions.mend_site() is at_rename
    if not at_rename:
        by = make.steward("walidata_b")
        with speaking_for(by):
            actions.publish(made, by=by)
    assert site.is_of(made.number, [])
    left = {path.name for path in settings.PUBLIC_FOLDER.iterdir() if path.is_dir()}
    assert left <= {"current", site.current().name, before.name}
    assert actions.mend_site() is False
