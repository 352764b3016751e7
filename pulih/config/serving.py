"""`pulih serve`: everything that has to be there, in order, and then the processes."""

from __future__ import annotations

import fcntl
import hashlib
import http.client
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from importlib import reload

from pulih.common.errors import Message, Refusal
from pulih.config import demo, number_keys, schema, settings
from pulih.config.bind import host_and_port, refuse_no_certificate, refuse_taken, refuse_unsafe
from pulih.config.children import Child
from pulih.config.django_commands import SETTINGS, must_run
from pulih.config.embedded_postgres import make_folder, running_server
from pulih.config.postgres_server import Server
from pulih.config.rooms import PACKAGE
from pulih.config.secrets import keep_secrets
from pulih.config.supervisor import Supervisor


def serve(*, with_demo: bool = False) -> int:
    """Serve until told to end. May refuse, before anything was started."""
    if settings.REFUSAL:
        raise settings.REFUSAL
    refuse_unsafe(
        settings.BIND,
        has_secret=settings.EXPLICIT_SECRET,
        has_hosts=bool(settings.EXPLICIT_HOSTS),
        has_https=settings.HTTPS,
    )
    refuse_no_certificate(settings.TLS_CERTIFICATE, settings.TLS_KEY)
    make_folder(settings.DATA)
    with _only_one():
        refuse_taken(settings.BIND)
        _serve(with_demo)
    return 0


def _serve(with_demo: bool) -> None:
    with ExitStack() as ahead:
        if with_demo:
            ahead.enter_context(demo.files_written_ahead())
        with database() as server:
            number_keys.refuse_lost()
            collect_static_files()
            ahead.close()
            if with_demo:
                demo.build_unless_there()
            Supervisor(children(), server, _say, _greet).run()
    _say(_ENDED.in_language(settings.COMMAND_LANGUAGE))


@contextmanager
def database(*, is_migrated: bool = True) -> Iterator[Server | None]:
    """Have a database while the block runs: the embedded one, or the one given. May refuse."""
    if settings.REFUSAL:
        raise settings.REFUSAL
    make_folder(settings.DATA)
    with running_server(settings.DATA) if settings.IS_EMBEDDED else nullcontext() as server:
        keep_secrets(settings.DATA.secrets, {"secret_key": ""})
        number_keys.keep_or_make(settings.DATA.number_keys)
        reload(settings)  # A first start has only now made the passwords that it reads.
        schema.prepare()
        if is_migrated:
            schema.migrate()
        yield server


def collect_static_files() -> None:
    """Lay the pages' files out under hashed names, when any of them has changed."""
    wanted = _static_fingerprint()
    stamp = settings.STATIC_ROOT / ".collected"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    must_run("collectstatic", process="static", module="pulih.config.collecting")
    stamp.write_text(wanted)


def children() -> list[Child]:
    """Return the processes that serve, in the order of ending."""
    # First no new requests, then no new jobs; PostgreSQL after both.
    web = {**SETTINGS, "PULIH_PROCESS": "web", "PULIH_DATABASE_ROLE": "app"}
    worker = {**web, "PULIH_PROCESS": "worker"}
    archiver = Child("archiver", "pulih.config.archiver", SETTINGS, patience=1)
    return [
        Child("web", "pulih.config.web", web, patience=3),
        Child("worker", "pulih.config.worker", worker, patience=2),
        Child("files", "pulih.config.file_worker", {**web, "PULIH_PROCESS": "files"}, patience=1),
        *([archiver] if settings.ARCHIVE and settings.IS_EMBEDDED else []),
    ]


@contextmanager
def _only_one() -> Iterator[None]:
    with (settings.DATA.path / "serve.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            lock.seek(0)
            raise Refusal(_already_serving(lock.read().strip())) from held
        lock.truncate(0)
        lock.write(f"http://{settings.BIND} (PID {os.getpid()})")
        lock.flush()
        yield


def _greet() -> bool:
    """Once the web server answers, say where it is and who may sign in; False until then."""
    if not _answers():
        return False
    scheme = "https" if settings.TLS_CERTIFICATE else "http"
    language = settings.COMMAND_LANGUAGE
    ready = _READY.in_language(language).format(address=f"{scheme}://{settings.BIND}")
    print("\n".join([ready, *demo.sign_ins(language)]), flush=True)
    return True


def _answers() -> bool:
    host, port = host_and_port(settings.BIND)
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/health/")
        connection.getresponse()
    except http.client.HTTPException:
        return True  # It speaks, if only TLS.
    except OSError:
        return False
    finally:
        connection.close()
    return True


def _static_fingerprint() -> str:
    total = hashlib.sha256(schema.fingerprint().encode())
    for path in sorted(PACKAGE.glob("*/static/**/*")):
        if path.is_file():
            state = path.stat()
            total.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return total.hexdigest()


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _already_serving(where: str) -> Message:
    return Message(
        id=f"Pulih sudah berjalan dengan folder data ini: {where}.",
        en=f"Pulih already runs on this data folder: {where}.",
    )


_READY = Message(
    id="Pulih siap di {address} (Ctrl-C untuk berhenti).",
    en="Pulih is ready at {address} (Ctrl-C to stop).",
)
_ENDED = Message(id="Pulih berhenti dengan rapi.", en="Pulih has stopped cleanly.")
