"""What every page's frame needs, from the address and from what rooms have told."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from pulih.common.version import VERSION
from pulih.web import facts, help, navigation
from pulih.web.as_of import as_of, usual_day


def fill(request: HttpRequest) -> dict[str, Any]:
    """Return `frame`: all that web/base.html shows around a page. Lazy, as fragments need none."""
    return {"frame": Frame(request)}


class Frame:
    """The frame around one page of one person."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def menu(self) -> list[tuple[navigation.Text, list[navigation.Link]]]:
        return navigation.menu(self._request)

    @property
    def as_of(self) -> Any:
        return as_of(self._request)

    @property
    def usual_day(self) -> Any:
        return usual_day(self._request)

    @property
    def demo(self) -> Any:
        return facts.ask("demo", self._request)

    @property
    def activity_day(self) -> Any:
        return facts.ask("activity_day", self._request)

    @property
    def background_late(self) -> Any:
        return bool(self.person) and facts.ask("background_late", self._request)

    @property
    def last_data(self) -> Any:
        return facts.ask("last_data", self._request)

    @property
    def person(self) -> Any:
        user = getattr(self._request, "user", None)
        return user if getattr(user, "is_authenticated", False) else None

    @property
    def initials(self) -> str:
        words = str(self.person or "").replace(".", " ").replace("_", " ").split()
        return "".join(word[0] for word in words[:2]).upper()

    version = VERSION

    @property
    def language(self) -> str:
        return str(getattr(self._request, "LANGUAGE_CODE", "id"))

    @property
    def path(self) -> str:
        """Where a change of language leads back to: not to an address that is English anyhow."""
        path = self._request.get_full_path()
        return path.removeprefix("/en") if path.startswith("/en/") else path

    @property
    def search_url(self) -> str:
        return (facts.ask("search", self._request) or "") if self.person else ""

    @property
    def search_words(self) -> str:
        return self._request.GET.get("q", "")

    @property
    def asked(self) -> list[tuple[str, str]]:
        """What the address asks. A template that reads `GET.items` finds `?items=` instead."""
        return [(name, str(value)) for name, value in self._request.GET.items()]

    @property
    def sources_url(self) -> str:
        return _address("portal:sources")

    @property
    def help_url(self) -> str:
        return help.address_of(self._request)

    @property
    def sign_in_url(self) -> str:
        return _address("account_login")

    @property
    def sign_out_url(self) -> str:
        return _address("account_logout")

    @property
    def password_url(self) -> str:
        return _address("account_change_password")

    @property
    def security_url(self) -> str:
        return _address("mfa_index")

    @property
    def sign_ins_url(self) -> str:
        return _address("people:own-sign-ins")

    @property
    def downloads_url(self) -> str:
        return _address("lists:downloads")

    @property
    def views_url(self) -> str:
        return _address("lists:views")

    @property
    def language_url(self) -> str:
        return _address("set_language")

    @property
    def home_url(self) -> str:
        return _address("portal:home") or "/"


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
