"""Requests are read whole before a thread is given to them: by size, by time, by number."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulih.config.bodies import WORDS, Bounds, WholeBodies

QUICK = Bounds(largest=1_000, first_seconds=0.2, silence_seconds=0.05, answer_seconds=0.05)


class Visitor:
    """Sends pieces, then stays silent or is done; takes what is answered."""

    def __init__(self, pieces, *, is_done=True, address="10.0.0.1", headers=(), event=None):
        self.pieces = list(pieces)
        self.is_done = is_done
        self.event = event
        self.told: list[dict] = []
        self.scope = {
            "type": "http", "client": (address, 1),
            "headers": [(b"content-length", b"1"), *headers],
        }  # fmt: skip

    async def receive(self):
        if self.pieces:
            piece = self.pieces.pop(0)
            more = bool(self.pieces) or not self.is_done
            return {"type": "http.request", "body": piece, "more_body": more}
        if self.event:
            return self.event
        await asyncio.Event().wait()

    async def send(self, event):
        self.told.append(event)

    @property
    def answer(self):
        return self.told[0]["status"], b"".join(one["body"] for one in self.told[1:])


async def echo(scope, receive, send):
    """An application that reads its body and tells what it saw."""
    body, more = b"", True
    while more:
        event = await receive()
        body, more = body + event["body"], event["more_body"]
    names = b",".join(name for name, _ in scope["headers"])
    headers = [(b"names", names)]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def answered(*visitors, bounds=QUICK, application=echo):
    async def all_at_once():
        door = WholeBodies(application, bounds)
        await asyncio.gather(*(door(one.scope, one.receive, one.send) for one in visitors))
        assert not door.reading

    asyncio.run(all_at_once())
    return [one.answer for one in visitors]


@given(pieces=st.lists(st.binary(max_size=200_000), max_size=6))
def test_a_body_arrives_as_it_was_sent(pieces):
    bounds = Bounds(largest=2_000_000)
    assert answered(Visitor(pieces or [b""]), bounds=bounds) == [(200, b"".join(pieces))]


@pytest.mark.parametrize(
    ("visitor", "status"),
    [
        (Visitor([b"a" * 600, b"a" * 600]), 413),
        (Visitor([b"abc="], is_done=False), 408),
        (Visitor([], is_done=False), 408),
        (Visitor([b"abc="], is_done=False, event={"type": "http.disconnect"}), 400),
    ],
)
def test_what_cannot_be_taken_is_answered_in_both_languages(visitor, status):
    [(found, text)] = answered(visitor)
    assert found == status
    words = WORDS[status]
    assert text.decode() == f"{words.id}\n{words.en}\n"
    assert dict(visitor.told[0]["headers"])[b"connection"] == b"close"


def test_a_browser_is_answered_by_a_page_with_a_way_on():
    accepts = (b"accept", b"text/html,application/xhtml+xml,*/*;q=0.8")
    size = (b"content-length", b"1001")
    visitor = Visitor([b"a"], headers=[size, accepts])
    [(status, page)] = answered(visitor)
    assert status == 413
    assert dict(visitor.told[0]["headers"])[b"content-type"] == b"text/html; charset=utf-8"
    shown = page.decode()
    assert WORDS[413].id in shown
    assert WORDS[413].en in shown
    assert 'href="/desk/"' in shown


def test_what_says_that_it_is_too_large_is_refused_before_it_is_read():
    visitor = Visitor([b"a" * 600, b"a" * 600], headers=[(b"content-length", b"1001")])
    assert answered(visitor)[0][0] == 413
    assert len(visitor.pieces) == 2  # None of them was taken.
    endless = Visitor([b"a"], headers=[(b"content-length", b"9" * 9_000)])
    assert answered(endless)[0][0] == 413
    unsaid = Visitor([b"a"], headers=[(b"content-length", b"some")])
    assert answered(unsaid)[0] == (200, b"a")  # Counted as it comes.


def test_a_drip_is_ended_although_it_is_never_silent():
    class Drip(Visitor):
        async def receive(self):
            await asyncio.sleep(0.01)
            return {"type": "http.request", "body": b"a", "more_body": True}

    bounds = Bounds(largest=10**9, first_seconds=0.1, slowest=10_000, silence_seconds=9.0)
    assert answered(Drip([]), bounds=bounds)[0][0] == 408


def test_one_address_holds_no_more_than_its_share():
    bounds = Bounds(
        largest=9, first_seconds=0.1, silence_seconds=0.1, most_at_once=5, most_an_address=2
    )
    silent = [Visitor([b"a"], is_done=False, address="10.0.0.1") for _ in range(4)]
    others = [Visitor([b"a"], is_done=False, address=f"10.0.1.{n}") for n in range(4)]
    found = [status for status, _ in answered(*silent, *others, bounds=bounds)]
    assert found == [408, 408, 503, 503, 408, 408, 408, 503]


def test_a_full_disk_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    assert answered(Visitor([b"a" * 100]), bounds=Bounds(largest=999, in_memory=10))[0][0] == 507


def test_a_reader_who_stops_does_not_hold_the_answer():
    class Deaf(Visitor):
        async def send(self, event):
            if len(self.told) == 1:
                await asyncio.Event().wait()
            self.told.append(event)

    left = []

    async def long(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for piece in range(50):
            await send({"type": "http.response.body", "body": b"a", "more_body": True})
            left.append(piece)

    answered(Deaf([b""]), application=long)
    assert len(left) == 50


def test_a_header_that_poses_as_the_proxys_is_dropped():
    visitor = Visitor([b""], headers=[(b"x_forwarded_proto", b"https"), (b"host", b"pulih")])
    answered(visitor)
    assert dict(visitor.told[0]["headers"])[b"names"] == b"content-length,host"


def test_a_request_without_a_body_waits_for_nothing():
    visitor = Visitor([], is_done=False)
    visitor.scope["headers"] = []
    assert answered(visitor) == [(200, b"")]
