"""The address of the person's machine, behind a proxy too: sign-in is throttled by it.

Behind a proxy every request comes from the proxy's address, so that a few wrong tries of one
stranger locked everybody out. `X-Forwarded-For` is believed only from a proxy that
`PULIH_TRUSTED_PROXIES` names, and of it only what trusted proxies have added.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "X-Forwarded-For"


class ClientAddress:
    """Put the client's address where Django and what stands on it look for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.trusted = [ip_network(text, strict=False) for text in settings.TRUSTED_PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        peer = request.META.get("REMOTE_ADDR", "")
        if self._is_trusted(peer):
            request.META["REMOTE_ADDR"] = self._client(request.headers.get(HEADER, ""), peer)
        return self.get_response(request)

    def _client(self, forwarded: str, peer: str) -> str:
        """Return the last address that is no trusted proxy's; a stranger may have sent the rest."""
        client = peer
        for text in reversed(forwarded.split(",")):
            if not _is_address(text.strip()):
                break
            client = text.strip()
            if not self._is_trusted(client):
                break
        return client

    def _is_trusted(self, text: str) -> bool:
        return _is_address(text) and any(ip_address(text) in network for network in self.trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
