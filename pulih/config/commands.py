"""The frame's own commands. Each is given its words, the command's name first."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from pulih.common.errors import Message
from pulih.config import backup as backups
from pulih.config import number_keys, settings
from pulih.config.anchors import published_seal
from pulih.config.archive import Archive
from pulih.config.archive_restore import bring_back
from pulih.config.backup_drill import practise
from pulih.config.backup_keys import make_key
from pulih.config.django_commands import run
from pulih.config.faults import FINDINGS
from pulih.config.notes import note_backup
from pulih.config.serving import database
from pulih.config.serving import serve as serve_until_told

# The last three write people and sessions for nobody who has signed in, as only the owner may.
OWNERS_COMMANDS = (
    *("migrate", "makemigrations", "sqlmigrate", "pgtrigger"),
    *("createsuperuser", "changepassword", "clearsessions"),
)
WITHOUT_DATABASE = ("makemigrations", "makemessages", "compilemessages", "help", "check")


def serve(words: list[str]) -> int:
    parser = _parser(words, "Run the web server and the background worker.")
    parser.add_argument("--with-demo", action="store_true", help="first build the demo if missing")
    return serve_until_told(with_demo=parser.parse_args(words[1:]).with_demo)


def of_a_room(words: list[str]) -> int:
    """Run a room's command on a running, migrated database."""
    if {"-h", "--help"} & set(words):
        return run(*words)
    with database():
        number_keys.refuse_lost()
        return run(*words)


def manage(words: list[str]) -> int:
    """Pass the words on to Django, as the owner where tables are made."""
    asked = words[1:] or ["help"]
    as_owner = asked[0] in OWNERS_COMMANDS
    if asked[0] in WITHOUT_DATABASE:
        return run(*asked, as_owner=as_owner)
    with database():
        return run(*asked, as_owner=as_owner)


def migrate(words: list[str]) -> int:
    _parser(words, "Bring the database to this version.").parse_args(words[1:])
    with database():
        return 0


def check(words: list[str]) -> int:
    parser = _parser(words, "Reconcile ledger, counts and lineage; exit 1 on any difference.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--anchor", type=Path, help="manifest.json of a release, as it was taken")
    asked = parser.parse_args(words[1:])
    options = ["--json"] if asked.json else []
    if asked.anchor:
        options += ["--seal", published_seal(asked.anchor)]
    with database():
        return run(*options, module="pulih.config.reconcile")


def backup(words: list[str]) -> int:
    parser = _parser(words, "Save database, uploads and secrets in one file.")
    parser.add_argument("file", nargs="?", type=Path, help="by default named after the moment")
    parser.add_argument("--new-key", type=Path, metavar="FILE", help="only make a key, into FILE")
    asked = parser.parse_args(words[1:])
    if asked.new_key:
        _say(_KEY, file=asked.new_key, key=make_key(asked.new_key))
        return 0
    target = asked.file or Path(backups.file_name(datetime.now()))
    with database():
        backups.write(target)
    note_backup(target.absolute())
    _say(_SAVED if settings.BACKUP_RECIPIENTS else _SAVED_PLAIN, file=target)
    if settings.NUMBER_KEYS_FILE:
        _say(_WITHOUT_NUMBER_KEYS, file=settings.NUMBER_KEYS_FILE)
    return 0


def restore(words: list[str]) -> int:
    parser = _parser(words, "Restore a backup, or an archive, into an empty installation.")
    parser.add_argument("file", type=Path, help="a backup, or the folder of an archive")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the private key")
    parser.add_argument(
        "--until", type=_moment, metavar="TIME", help='of an archive: "2026-01-02 14:32"'
    )
    _ask_number_keys(parser)
    asked = parser.parse_args(words[1:])
    brought = number_keys.read(asked.number_keys) if asked.number_keys else None
    if asked.file.is_dir():
        reached = bring_back(Archive(asked.file.absolute()), asked.until, asked.key)
        _say(_REACHED, moment=reached.astimezone().isoformat(sep=" ", timespec="seconds"))
    else:
        with database(is_migrated=False):
            backups.read(asked.file, asked.key)
    if brought:
        number_keys.put(settings.DATA.number_keys, brought)
    with database():
        _say(_RESTORED)
        if not number_keys.open_what_is_stored():
            _say(_NUMBERS_CLOSED, file=settings.DATA.number_keys)
    return 0


def drill(words: list[str]) -> int:
    parser = _parser(words, "Restore a backup apart, check it, and forget it again.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", type=Path, metavar="FILE", help="the private key")
    _ask_number_keys(parser)
    asked = parser.parse_args(words[1:])
    brought = number_keys.read(asked.number_keys) if asked.number_keys else None
    return practise(asked.file, asked.key, brought)


def rotate_number_key(words: list[str]) -> int:
    """Make a new key for numbers of persons and let it take the place of the others."""
    parser = _parser(words, "Encrypt numbers of persons and files anew. May be run again.")
    parser.add_argument(
        "--finish", action="store_true", help="forget the older keys, once nothing needs them"
    )
    parser.add_argument(
        "--leave", action="append", default=[], metavar="FILE",
        help="a delivered file whose key is lost for good: go on without it",
    )  # fmt: skip
    parser.add_argument("--because", default="", metavar="REASON", help="why; kept in the record")
    asked = parser.parse_args(words[1:])
    left = [word for name in asked.leave for word in ("--leave", name)]
    because = ["--because", asked.because] if asked.because else []
    with database():
        is_new = number_keys.begin_rotation(is_last=asked.finish)
        if run("rotate-number-key", as_owner=True) or run("encrypt-uploads", *left, *because):
            _say(_SOME_LEFT)
            return FINDINGS
        if asked.finish:
            number_keys.forget_older_keys()
        _say(_rotated(is_new=is_new, is_last=asked.finish))
    return 0


def _rotated(*, is_new: bool, is_last: bool) -> Message:
    if not settings.NUMBER_KEYS_FILE:
        return _ROTATED_GIVEN
    if is_last:
        return _ROTATED_WHOLLY
    return _ROTATED if is_new else _WENT_ON


def _ask_number_keys(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--number-keys", type=Path, metavar="FILE", help="number_keys.toml of that installation"
    )


def _moment(text: str) -> datetime:
    """Read a moment; without a zone it is of this machine's."""
    return datetime.fromisoformat(text).astimezone()


def _say(words: Message, **values: object) -> None:
    print(words.in_language(settings.COMMAND_LANGUAGE).format(**values))


def _parser(words: list[str], purpose: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog=f"pulih {words[0]}", description=purpose)


_SAVED = Message(
    id="Cadangan terenkripsi tersimpan di {file}. Hanya kunci privat Anda yang membukanya.",
    en="The encrypted backup is in {file}. Only your private key opens it.",
)
_SAVED_PLAIN = Message(
    id="Cadangan tersimpan di {file}. Simpan di tempat aman: isinya memuat rahasia dan tidak"
    " terenkripsi. PULIH_BACKUP_RECIPIENTS mengenkripsinya.",
    en="The backup is in {file}. Keep it safe: it holds secrets and is not encrypted."
    " PULIH_BACKUP_RECIPIENTS encrypts it.",
)
_KEY = Message(
    id="Kunci privat ada di {file}. Simpan di mesin lain dan di brankas: tanpa kunci itu tidak ada"
    " cadangan yang terbuka. Atur di mesin ini:\nPULIH_BACKUP_RECIPIENTS={key}",
    en="The private key is in {file}. Keep it on another machine and in a safe: without it no"
    " backup opens. Set on this machine:\nPULIH_BACKUP_RECIPIENTS={key}",
)
_REACHED = Message(
    id="Yang terakhir dipulihkan ditulis {moment}.",
    en="The last of what was restored had been written at {moment}.",
)
_WITHOUT_NUMBER_KEYS = Message(
    id="Nomor orang di dalamnya terenkripsi dan kuncinya tidak ikut: simpan salinan {file} di"
    " tempat lain, terpisah dari cadangan.",
    en="Numbers of persons in it are encrypted, and their keys are not in it: keep a copy of {file}"
    " in another place, apart from the backups.",
)
_NUMBERS_CLOSED = Message(
    id="Nomor orang atau berkas di dalamnya tidak terbuka dengan kunci yang ada: taruh"
    " number_keys.toml dari instalasi semula di {file}.",
    en="Numbers of persons or files in it do not open with the keys at hand: put number_keys.toml"
    " of the former installation at {file}.",
)
_ROTATED = Message(
    id="Semua nomor kini terenkripsi dengan kunci terbaru. Simpan salinan number_keys.toml yang"
    " baru. Kunci lama tetap ada; setelah sehari jalankan lagi dengan --finish.",
    en="All numbers are now encrypted with the newest key. Keep a copy of the new number_keys.toml."
    " The older key stays; after a day run it again with --finish.",
)
_WENT_ON = Message(
    id="Semua nomor kini terenkripsi dengan kunci terbaru, tetapi tidak ada kunci baru yang dibuat:"
    " penggantian yang lalu belum ditutup. Jalankan dengan --finish; untuk kunci baru, jalankan"
    " sekali lagi sesudahnya.",
    en="All numbers are now encrypted with the newest key, but no new key was made: the rotation of"
    " before was not finished. Run it with --finish; for a new key, once more after that.",
)
_ROTATED_WHOLLY = Message(
    id="Semua nomor terenkripsi dengan kunci terbaru, dan kunci lama sudah dibuang. Cadangan yang"
    " lebih tua tetap memerlukan salinan number_keys.toml dari masanya.",
    en="All numbers are encrypted with the newest key, and the older ones are gone. Backups from"
    " before still need the copy of number_keys.toml of their time.",
)
_ROTATED_GIVEN = Message(
    id="Semua nomor terenkripsi dengan kunci pertama dalam PULIH_NUMBER_KEYS. Pulih tidak mengubah"
    " variabel itu: setelah sehari, buang sendiri kunci-kunci sesudahnya dan jalankan ulang Pulih."
    " Simpan semuanya di tempat aman: cadangan yang lebih tua memerlukannya.",
    en="All numbers are encrypted with the first key in PULIH_NUMBER_KEYS. Pulih does not change"
    " that variable: after a day, take the keys after the first out of it and start Pulih again."
    " Keep them all in a safe place: older backups need them.",
)
_SOME_LEFT = Message(
    id="Sebagian nomor atau berkas belum terenkripsi dengan kunci terbaru; kunci lama tetap ada."
    " Yang mana tertulis di atas. Jalankan lagi, dan lihat `pulih check`.",
    en="Some numbers or files are not encrypted with the newest key yet; the older keys stay. Which"
    " stands above. Run it again, and see `pulih check`.",
)
_RESTORED = Message(id="Cadangan sudah dipulihkan.", en="The backup has been restored.")
