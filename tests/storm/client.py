"""A browser of one person: signs in, sends forms and JSON, and is not surprised when it is cut."""

from __future__ import annotations

import http.client
import json
import uuid
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

PATIENCE_SECONDS = 20.0
POLLED_LAST = 286  # Of HTMX: what was polled for has ended.


class Cut(Exception):
    """No answer came: it is not known whether the request was carried out."""


@dataclass(frozen=True)
class Answer:
    """asked: the method and the path that was asked."""

    asked: str
    status: int
    location: str
    text: str

    @property
    def asks_to_sign_in(self) -> bool:
        return self.status == 401 or "/accounts/login/" in self.location


class Client:
    """One person's cookies. Every request has a connection of its own."""

    def __init__(self, port: int, person: str, password: str) -> None:
        self.port, self.person, self.password = port, person, password
        self.cookies = {"pulih_language": "en"}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, "")

    def has_ended(self, path: str) -> bool | None:
        """Ask as a page that polls does; None when it is not known."""
        answer = self._ask("GET", path, None, "", asks_part=True)
        if answer.status not in (200, POLLED_LAST):
            return None
        return answer.status == POLLED_LAST or 'hx-trigger="every' not in answer.text

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        form = {**fields, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        kind = "application/x-www-form-urlencoded"
        return self._ask("POST", path, urlencode(form).encode(), kind)

    def post_json(self, path: str, body: dict[str, Any], *, hang_up: bool = False) -> Answer:
        content = json.dumps(body).encode()
        return self._ask("POST", path, content, "application/json", hang_up=hang_up)

    def send_file(self, path: str, fields: dict[str, str], name: str, content: bytes) -> Answer:
        border = uuid.uuid4().hex
        lines = [
            f'--{border}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        ]
        head = (
            f'--{border}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
            "Content-Type: text/csv\r\n\r\n"
        )
        body = "".join(lines).encode() + head.encode() + content + f"\r\n--{border}--\r\n".encode()
        return self._ask("POST", path, body, f"multipart/form-data; boundary={border}")

    def sign_in(self) -> bool:
        """Sign in; return whether it was possible just now."""
        self.cookies.pop("sessionid", None)
        if self.get("/accounts/login/").status != 200:
            return False
        asked = {"login": self.person, "password": self.password}
        answer = self.post("/accounts/login/", asked)
        return answer.status in (302, 303) and not answer.asks_to_sign_in

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes | None,
        kind: str,
        *,
        hang_up: bool = False,
        asks_part: bool = False,
    ) -> Answer:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            part = {"HX-Request": "true"} if asks_part else {}
            link.request(method, path, body, self._headers(kind) | part)
            if hang_up:
                raise Cut
            answer = link.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as cut:
            raise Cut from cut
        finally:
            link.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, one in SimpleCookie(line).items():
                self.cookies[name] = one.value
        location = answer.headers.get("Location", "")
        return Answer(f"{method} {path}", answer.status, location, text)

    def _headers(self, kind: str) -> dict[str, str]:
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items() if value)
        said = {"Cookie": held, "X-CSRFToken": self.cookies.get("csrftoken", "")}
        return {**said, "Content-Type": kind} if kind else said
