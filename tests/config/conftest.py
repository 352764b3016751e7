"""A data folder of its own for a test, reachable for the account that runs PostgreSQL."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulih.config.data_folder import DataFolder
from tests.throwaway_server import programs_for_tests


@pytest.fixture
def folder() -> Iterator[DataFolder]:
    parent = Path(tempfile.mkdtemp(prefix="pulih-"))
    parent.chmod(0o711)
    folder = DataFolder(parent / "data")
    folder.path.mkdir(mode=0o711)
    folder.path.chmod(0o711)
    folder.programs.symlink_to(programs_for_tests())  # The copy takes longer than the test.
    yield folder
    shutil.rmtree(parent)
