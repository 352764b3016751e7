"""Where Pulih listens, and that it does not listen to the world by accident."""

import socket

import pytest

from pulih.common.errors import Refusal
from pulih.config.bind import (
    host_and_port,
    is_loopback,
    refuse_no_certificate,
    refuse_taken,
    refuse_unsafe,
)


@pytest.mark.parametrize(
    ("bind", "expected"),
    [
        ("127.0.0.1:8000", ("127.0.0.1", 8000)),
        ("[::1]:80", ("::1", 80)),
        (":8000", ("::", 8000)),
        ("pulih.example:8000", ("pulih.example", 8000)),
    ],
)
def test_an_address_is_split(bind, expected):
    assert host_and_port(bind) == expected


@pytest.mark.parametrize("bind", ["127.0.0.1", "8000", "localhost:http", "127.0.0.1:0", ":70000"])
def test_a_wrong_address_is_one_sentence(bind):
    with pytest.raises(Refusal, match=r"must look like 127\.0\.0\.1:8000"):
        host_and_port(bind)


def test_only_this_machine_is_the_loopback():
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.0.2.1", "localhost.example")))


def test_the_world_is_served_only_with_secret_hosts_and_https():
    with pytest.raises(Refusal, match="PULIH_SECRET_KEY, PULIH_HTTPS=1"):
        refuse_unsafe("0.0.0.0:80", has_secret=False, has_hosts=True, has_https=False)
    refuse_unsafe("0.0.0.0:80", has_secret=True, has_hosts=True, has_https=True)
    refuse_unsafe("127.0.0.1:80", has_secret=False, has_hosts=False, has_https=False)


def test_a_taken_port_is_one_sentence_with_another_to_try():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refusal, match=f"PULIH_BIND=127.0.0.1:{port + 1}"):
            refuse_taken(f"127.0.0.1:{port}")


@pytest.mark.parametrize("content", [None, b"", b"\xff", b"-----BEGIN CERTIFICATE-----\nhalf"])
def test_a_certificate_that_cannot_be_used_is_one_sentence(tmp_path, content):
    file = tmp_path / "site.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Refusal, match=r"site\.pem with the key .* cannot be used \("):
        refuse_no_certificate(str(file), "")
    refuse_no_certificate("", "")
