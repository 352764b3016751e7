"""A data folder of its own for a test, reachable for the account that runs PostgreSQL."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pulih.config import schema, versions
from pulih.config.data_folder import DataFolder
from pulih.config.embedded_postgres import running_server
from pulih.config.roles import connect
from pulih.config.secrets import read_secrets
from tests.conftest import migrate
from tests.throwaway_server import copy_migrated_cluster, programs_for_tests, quick_folder


@pytest.fixture
def folder() -> Iterator[DataFolder]:
    parent = Path(tempfile.mkdtemp(prefix="pulih-", dir=quick_folder()))
    parent.chmod(0o711)
    folder = DataFolder(parent / "data")
    folder.path.mkdir(mode=0o711)
    folder.path.chmod(0o711)
    folder.programs.symlink_to(programs_for_tests())  # The copy takes longer than the test.
    yield folder
    shutil.rmtree(parent)


@pytest.fixture
def installation(folder: DataFolder, django_db_blocker: Any) -> DataFolder:
    """A data folder whose database was migrated before: what a second start finds."""
    with django_db_blocker.unblock():
        template = copy_migrated_cluster(folder.cluster, migrate)
    with running_server(folder) as server:
        password = read_secrets(folder.secrets)["superuser_password"]
        with connect(server.superuser(password)) as superuser:
            superuser.execute("DROP DATABASE pulih")
            superuser.execute(f"ALTER DATABASE {template} RENAME TO pulih")
    versions.record_schema(folder, schema.fingerprint())
    return folder
