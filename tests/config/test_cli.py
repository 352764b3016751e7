"""The command `pulih`: quick, and clear about how it ended."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.core.management import get_commands, load_command_class

from pulih import cli
from pulih.common.version import VERSION

ENVIRON = {**os.environ, "PULIH_LANGUAGE": "en"}


def pulih(*words, **environ):
    return subprocess.run(
        [sys.executable, "-m", "pulih.cli", *words],
        capture_output=True, text=True, check=False, env={**ENVIRON, **environ},
    )  # fmt: skip


def test_a_command_without_database_imports_no_django():
    code = "import sys, pulih.cli; print([name for name in sys.modules if 'django' in name])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


def test_the_version_is_that_of_the_package():
    said = pulih("--version")
    assert (said.returncode, said.stdout) == (0, f"pulih {VERSION}\n")
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)


def test_an_unknown_word_shows_the_commands_and_ends_with_two():
    ended = pulih("nonsense")
    assert ended.returncode == 2
    assert "  serve " in ended.stderr
    assert ended.stdout == ""


def test_the_commands_are_named_in_the_language_of_the_terminal():
    assert "menjalankan web" in pulih("help", PULIH_LANGUAGE="", LC_ALL="id_ID.UTF-8").stderr
    assert "run the web server" in pulih("help", PULIH_LANGUAGE="", LC_ALL="en_US.UTF-8").stderr


def test_a_refusal_is_one_sentence_and_two(tmp_path):
    ended = pulih("serve", DATABASE_URL="mysql://x/y", PULIH_DATA=str(tmp_path))
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "postgresql://" in ended.stderr


def test_a_refusal_with_json_is_an_object_on_standard_output(tmp_path):
    ended = pulih(
        "check", "--json", PULIH_DATA=str(tmp_path), DATABASE_URL="postgresql:///x?port=1"
    )
    assert ended.returncode == 2
    assert set(json.loads(ended.stdout)) == {"error", "faults"}


@pytest.mark.parametrize("name", ["secrets.toml", "number_keys.toml"])
@pytest.mark.parametrize("content", [b'keys = "half', b"\xff\xfe", b"[[["])
def test_a_damaged_file_is_one_sentence_and_stays_as_it_is(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    ended = pulih("serve", DATABASE_URL="", PULIH_DATA=str(tmp_path))
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1), ended.stderr
    assert f"{tmp_path / name} is damaged (" in ended.stderr
    assert (tmp_path / name).read_bytes() == content


@pytest.mark.parametrize("module", ["web", "worker", "file_worker", "archiver"])
def test_a_process_of_the_server_ends_with_the_sentence_too(tmp_path, module):
    (tmp_path / "secrets.toml").write_text("half")
    ended = subprocess.run(
        [sys.executable, "-m", f"pulih.config.{module}"], capture_output=True, text=True,
        check=False, env={**ENVIRON, "PULIH_DATA": str(tmp_path), "PULIH_PROCESS": "web"},
    )  # fmt: skip
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1), ended.stderr


def test_a_fault_of_our_own_is_one_line_and_seventy(tmp_path):
    code = "import pulih.cli as c; c._usage = lambda words: 1 / 0; c.main(['x'])"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False,
        env={**ENVIRON, "PULIH_DATA": str(tmp_path), "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert ended.returncode == 70
    assert ended.stderr.count("\n") == 1
    (log,) = tmp_path.glob("pulih-fault-*.log")
    assert "ZeroDivisionError" in log.read_text()


@pytest.mark.parametrize("command", [each for each in cli.COMMANDS if "config" in each.target])
def test_every_command_of_the_frame_exists(command):
    assert callable(cli._function(command))


@pytest.mark.parametrize("command", cli.COMMANDS, ids=lambda command: command.name)
def test_every_command_of_the_table_is_there(command):
    assert callable(cli._function(command))


@pytest.mark.parametrize("words", [["intake"], ["refocus"], ["link"]])
def test_a_core_asked_wrongly_is_no_fault_of_ours(words):
    assert pulih(*words, "no-such-file", "--out", "nowhere").returncode == 2


def test_no_command_of_a_room_checks_the_whole_program_first():
    ours = {name: app for name, app in get_commands().items() if app.startswith("pulih.")}
    del ours["migrate"]  # Is told so by who calls it, and has to check when a person does.
    assert {"demo", "import", "publish"} <= ours.keys()
    for name, app in ours.items():
        assert not load_command_class(app, name).requires_system_checks, name
