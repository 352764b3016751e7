"""Where the web server listens, and what must be said before it may listen to the world."""

from __future__ import annotations

import errno
import ipaddress
import socket
import ssl

from pulih.common.errors import Message, Refusal

EVERYWHERE = "::"


def host_and_port(bind: str) -> tuple[str, int]:
    """Split `127.0.0.1:8000`, `[::1]:8000` or `:8000`. May refuse."""
    host, colon, port = bind.rpartition(":")
    if not colon or not port.isdigit() or not 0 < int(port) < 65536:
        raise Refusal(
            Message(
                id=f"PULIH_BIND harus seperti 127.0.0.1:8000, bukan “{bind}”.",
                en=f"PULIH_BIND must look like 127.0.0.1:8000, not “{bind}”.",
            )
        )
    return host.strip("[]") or EVERYWHERE, int(port)


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_unsafe(bind: str, *, has_secret: bool, has_hosts: bool, has_https: bool) -> None:
    """Refuse to listen beyond this machine without an explicit secret, hosts and HTTPS."""
    host, _ = host_and_port(bind)
    missing = [
        name
        for name, given in (
            ("PULIH_SECRET_KEY", has_secret),
            ("PULIH_HOSTS", has_hosts),
            ("PULIH_HTTPS=1", has_https),
        )
        if not given
    ]
    if missing and not is_loopback(host):
        names = ", ".join(missing)
        raise Refusal(
            Message(
                id=f"Pulih tidak melayani {host} tanpa {names}."
                " Lihat docs/how_to/run_as_a_service.md.",
                en=f"Pulih does not serve {host} without {names}."
                " See docs/how_to/run_as_a_service.md.",
            )
        )


def refuse_no_certificate(certificate: str, key: str) -> None:
    """Refuse a certificate or key for TLS that is missing, damaged or another's."""
    if not certificate:
        return
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
            certificate, key or None, password=""
        )
    except (OSError, ValueError) as wrong:  # ssl's own errors are OSErrors.
        raise Refusal(_no_certificate(certificate, key, str(wrong))) from wrong


def refuse_taken(bind: str) -> None:
    """Refuse when something else listens there already."""
    host, port = host_and_port(bind)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as refused:
            raise Refusal(_unusable(host, port, refused.errno)) from refused


def _unusable(host: str, port: int, number: int | None) -> Message:
    if number == errno.EADDRINUSE:
        return Message(
            id=f"Port {port} sudah dipakai program lain. Pilih yang lain, misalnya"
            f" PULIH_BIND={host}:{port + 1}.",
            en=f"Port {port} is taken by another program. Choose another, for example"
            f" PULIH_BIND={host}:{port + 1}.",
        )
    return Message(
        id=f"Pulih tidak dapat melayani {host}:{port}. Periksa PULIH_BIND.",
        en=f"Pulih cannot listen on {host}:{port}. Check PULIH_BIND.",
    )


def _no_certificate(certificate: str, key: str, why: str) -> Message:
    return Message(
        id=f"Sertifikat {certificate} dan kunci {key or certificate} tidak dapat dipakai ({why})."
        " Perbaiki PULIH_TLS_CERTIFICATE dan PULIH_TLS_KEY, lalu jalankan lagi.",
        en=f"The certificate {certificate} with the key {key or certificate} cannot be used"
        f" ({why}). Mend PULIH_TLS_CERTIFICATE and PULIH_TLS_KEY, then start again.",
    )
