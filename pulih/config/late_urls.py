"""Addresses that are loaded when the first of them is asked for.

Django loads all addresses of a program before it answers with any. Ours are the pages of two dozen
rooms and an API, seconds of work, of which a command needs the address of one page.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import URLResolver
from django.urls.resolvers import RoutePattern
from django.utils.datastructures import MultiValueDict


class LateResolver(URLResolver):
    """The addresses of a module of urls that has a namespace of its own."""

    def _populate(self) -> None:
        """Nothing: the resolver above wants the names below only where there is no namespace."""

    @cached_property
    def _loaded(self) -> URLResolver:
        return URLResolver(
            self.pattern, self.url_patterns, app_name=self.app_name, namespace=self.namespace
        )

    @property
    def reverse_dict(self) -> MultiValueDict[str, Any]:
        return self._loaded.reverse_dict

    @property
    def namespace_dict(self) -> dict[str, tuple[str, URLResolver]]:
        return self._loaded.namespace_dict

    @property
    def app_dict(self) -> dict[str, list[str]]:
        return self._loaded.app_dict


def late(prefix: str, module: str, *, app_name: str, namespace: str = "") -> LateResolver:
    """Give the addresses of `module` below `prefix`.

    app_name: as the module itself says; namespace: the same where empty.
    """
    pattern = RoutePattern(prefix, is_endpoint=False)
    return LateResolver(pattern, module, app_name=app_name, namespace=namespace or app_name)
