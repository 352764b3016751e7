"""`pulih`: one table of commands. Each is imported only when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from pulih.common.errors import Message, Refusal
from pulih.common.version import VERSION
from pulih.config import settings
from pulih.config.faults import COULD_NOT_RUN, DONE, OFF_BY_INTERRUPT, refused, report_our_own
from pulih.config.signals import end_tidily

Run = Callable[[list[str]], int]


@dataclass(frozen=True)
class Command:
    """A word, the function that carries it out (`module:function`), and what it is for."""

    name: str
    target: str
    purpose: Message


COMMANDS = (
    Command(
        "demo",
        "pulih.config.commands:of_a_room",
        Message("membangun skenario acuan 2020", "build the 2020 reference scenario"),
    ),
    Command(
        "serve",
        "pulih.config.commands:serve",
        Message("menjalankan web dan pekerja latar", "run the web server and background worker"),
    ),
    Command(
        "import",
        "pulih.config.commands:of_a_room",
        Message("menyerahkan daftar: FILE...", "deliver lists: FILE..."),
    ),
    Command(
        "intake",
        "pulih.intake.command:run",
        Message("membaca satu lembar menjadi baris", "read one sheet into rows and problems"),
    ),
    Command(
        "link",
        "pulih.linkage.command:main",
        Message("menemukan baris-baris satu usaha", "find which records are one firm"),
    ),
    Command(
        "link-index",
        "pulih.linkage.command:prepare_index",
        Message("menyiapkan register untuk link", "prepare a register for linking"),
    ),
    Command(
        "relink",
        "pulih.config.commands:of_a_room",
        Message("mencari usaha yang sama di seluruh register", "link the whole register anew"),
    ),
    Command(
        "refocus",
        "pulih.refocusing.command:run",
        Message("menyusun rencana dari satu kasus", "make a plan for a case"),
    ),
    Command(
        "select",
        "pulih.selection.command:run",
        Message("memilih di antara pendaftar", "choose among applicants"),
    ),
    Command(
        "publish",
        "pulih.config.commands:of_a_room",
        Message("menerbitkan rilis angka publik", "publish a release of public figures"),
    ),
    Command(
        "protect",
        "pulih.disclosure.command:run",
        Message("menyembunyikan kelompok kecil dalam tabel", "hide small groups in public tables"),
    ),
    Command(
        "match",
        "pulih.matching.command:run",
        Message("mencari pembuat bagi kebutuhan", "find makers for what is needed"),
    ),
    Command(
        "backup",
        "pulih.config.commands:backup",
        Message("menyimpan basis data, unggahan, rahasia", "save database, uploads and secrets"),
    ),
    Command(
        "restore",
        "pulih.config.commands:restore",
        Message("memulihkan cadangan", "restore a backup into an empty installation"),
    ),
    Command(
        "drill",
        "pulih.config.commands:drill",
        Message("menguji cadangan di tempat terpisah", "restore a backup apart and check it"),
    ),
    Command(
        "check",
        "pulih.config.commands:check",
        Message("mencocokkan buku, hitungan, asal-usul", "reconcile ledger, counts and lineage"),
    ),
    Command(
        "repeat",
        "pulih.config.commands:of_a_room",
        Message("mengulang rencana, undian, rilis", "make plans, draws, releases once more"),
    ),
    Command(
        "rotate-number-key",
        "pulih.config.commands:rotate_number_key",
        Message("mengganti kunci nomor orang", "replace the key of persons' numbers"),
    ),
    Command(
        "encrypt-uploads",
        "pulih.config.commands:of_a_room",
        Message("mengenkripsi berkas di disk", "encrypt the files on the disk"),
    ),
    Command(
        "migrate",
        "pulih.config.commands:migrate",
        Message("memutakhirkan skema basis data", "bring the database to this version"),
    ),
    Command(
        "manage",
        "pulih.config.commands:manage",
        Message("menjalankan perintah Django", "run a command of Django's"),
    ),
)


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command. 0 done, 1 with findings, 2 could not run, 70 our own fault."""
    words = sys.argv[1:] if arguments is None else arguments
    report_our_own()
    end_tidily()
    if words == ["--version"]:
        print(f"pulih {VERSION}")
        return DONE
    command = next((each for each in COMMANDS if words[:1] == [each.name]), None)
    if command is None:
        return _usage(words)
    try:
        return _function(command)(words[1:] if _is_a_core(command) else words)
    except Refusal as refusal:
        return refused(refusal.message, words)
    except KeyboardInterrupt:
        return OFF_BY_INTERRUPT


def _function(command: Command) -> Run:
    module, _, name = command.target.partition(":")
    function: Run = getattr(import_module(module), name)
    return function


def _is_a_core(command: Command) -> bool:
    return not command.target.startswith("pulih.config.")


def _usage(words: list[str]) -> int:
    language = settings.COMMAND_LANGUAGE
    print(_USAGE.in_language(language), file=sys.stderr)
    for each in COMMANDS:
        print(f"  {each.name:<8} {each.purpose.in_language(language)}", file=sys.stderr)
    return DONE if words[:1] in (["help"], ["--help"], ["-h"]) else COULD_NOT_RUN


_USAGE = Message(
    id="Pemakaian: pulih PERINTAH …; setiap perintah menerima --help.",
    en="Usage: pulih COMMAND …; every command takes --help.",
)

if __name__ == "__main__":
    sys.exit(main())
