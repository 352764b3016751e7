"""A reader is a process of its own: whatever happens to it, who asked gets an answer."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulih.intake import child, in_child, read
from pulih.intake.ceilings import Ceilings
from pulih.intake.child import Child
from tests.make import intake as make

ROWS: list[list[make.Cell]] = [
    ["DAFTAR IKM KABUPATEN BANDUNG", None, None],
    ["Nama Usaha", "Kab/Kota", "Omzet (Rp juta)"],
    ["UD A", "Kab. Bandung", "1,5"],
    ["UD B", "Kab. Garut", "x"],
]


@pytest.fixture
def reader() -> Iterator[Child]:
    one = Child()
    yield one
    one.close()


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods"])
def test_a_child_reads_what_this_process_reads(tmp_path: Path, ending: str) -> None:
    path = make.write(ROWS, tmp_path / f"a.{ending}")
    here, there = read(path), in_child.read(path)
    assert there.rows.equals(here.rows)
    assert there.problems.equals(here.problems)
    assert (there.kind, there.on, there.elsewhere) == (here.kind, here.on, here.elsewhere)
    assert there.headings == here.headings
    assert there.summary | {"seconds": 0} == here.summary | {"seconds": 0}


def test_a_killed_reader_is_told_and_the_next_one_reads(tmp_path: Path, reader: Child) -> None:
    path = make.write(ROWS, tmp_path / "a.csv")
    request = {"do": "sheets", "path": str(path), "folder": str(tmp_path)}
    assert "done" in reader.ask(request)
    os.kill(reader.process.pid, signal.SIGSTOP)
    assert reader.ask(request, lambda *_: reader.process.kill())["ended"] == "killed"
    assert in_child.read(path).rows.height == 2


@pytest.mark.parametrize(
    ("ceilings", "why"), [(Ceilings(1 << 40, 0.01), "time"), (Ceilings(1, 60), "memory")]
)
def test_a_reader_that_takes_too_much_is_told_of(
    tmp_path: Path, reader: Child, ceilings: Ceilings, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make.write(ROWS, tmp_path / "a.csv")
    request = {"do": "sheets", "path": str(path), "folder": str(tmp_path)}
    assert "done" in reader.ask(request)
    monkeypatch.setattr(child, "ceilings_for", lambda unpacked: ceilings)
    os.kill(reader.process.pid, signal.SIGSTOP)
    assert reader.ask(request)["ended"] == why


def test_a_busy_machine_gives_a_list_its_time() -> None:
    allowed = Ceilings(1 << 40, 15.0)
    assert not allowed.is_late(14, 20)
    assert not allowed.is_late(55, 9)  # Six wait for each core.
    assert allowed.is_late(16, 15)  # The machine is idle: the file takes it.
    assert allowed.is_late(61, 1)


def test_a_reader_ends_with_the_process_that_asked(reader: Child, tmp_path: Path) -> None:
    path = make.write(ROWS, tmp_path / "a.csv")
    assert "done" in reader.ask({"do": "sheets", "path": str(path), "folder": str(tmp_path)})
    reader.requests.close()
    assert reader.process.wait(60) == 0


def test_what_the_asker_raises_ends_the_reading(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int | None) -> None:
        raise Stopped

    path = make.write(ROWS, tmp_path / "a.xlsx")
    with pytest.raises(Stopped):
        in_child.read(path, progress=stop)
    assert in_child.read(path).rows.height == 2


def test_the_raw_sheets_come_as_they_are(tmp_path: Path) -> None:
    (sheet,) = in_child.sheets(make.write(ROWS, tmp_path / "a.xlsx"))
    assert sheet.cells.row(2) == ("UD A", "Kab. Bandung", "1,5")
    assert sheet.numeric is not None
    assert sheet.numeric.shape == sheet.cells.shape


def test_a_file_that_is_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(in_child.Refusal, match="cannot be opened"):
        in_child.read(tmp_path / "a.csv")


def test_a_reader_that_cannot_start_is_our_fault_and_not_the_file_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text("import os; os._exit(3)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    one = Child()
    answer = one.ask({"do": "sheets", "path": str(tmp_path), "folder": str(tmp_path)})
    one.close()
    assert answer["fault"][0] == "NotStarted"
