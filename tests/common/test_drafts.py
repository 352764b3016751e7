"""What a killed writer left is cleared away; what somebody writes just now stays."""

import os
import signal
import subprocess
import sys
from threading import Event, Thread

import pytest

from pulih.common import drafts

WRITES = """
import sys, time
from pathlib import Path
from pulih.common import drafts
with drafts.{kind}(Path(sys.argv[1])) as draft:
    (draft / "copy.xlsx" if draft.is_dir() else draft).write_bytes(b"half")
    print(flush=True)
    time.sleep(60)
"""
KINDS = ["draft_file", "draft_folder"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("below", ["", "ab"])
def test_a_draft_goes_when_its_writer_was_killed_and_not_before(tmp_path, kind, below):
    place = tmp_path / below
    place.mkdir(exist_ok=True)
    (place / "kept").touch()
    command = [sys.executable, "-c", WRITES.format(kind=kind), str(place)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        writer.stdout.readline()
        assert drafts.sweep(tmp_path) == 0
        assert len(os.listdir(place)) == 2
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    assert drafts.sweep(tmp_path) == 1
    assert os.listdir(place) == ["kept"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_goes_with_a_failure_and_stays_where_it_was_moved(tmp_path, kind):
    with pytest.raises(OSError, match="full"), getattr(drafts, kind)(tmp_path):
        raise OSError("full")
    assert os.listdir(tmp_path) == []
    with getattr(drafts, kind)(tmp_path) as draft:
        draft.replace(tmp_path / "whole")
    assert os.listdir(tmp_path) == ["whole"]
    assert drafts.sweep(tmp_path) == 0


def test_drafts_that_come_and_go_while_one_looks_stop_nobody(tmp_path):
    (tmp_path / "ab").mkdir()
    over = Event()

    def churn():
        while not over.is_set():
            with drafts.draft_folder(tmp_path):
                pass

    writer = Thread(target=churn)
    writer.start()
    try:
        for _time in range(300):
            assert [one.name for one in drafts.folders(tmp_path)] == ["ab"]
            drafts.sweep(tmp_path)
    finally:
        over.set()
        writer.join()
