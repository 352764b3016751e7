"""Views of lists that people name: what one asks of a list, kept and found again.

A list draws its form with what is asked of it now, signed, so that nobody keeps what no list asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pulih.common.errors import Refusal
from pulih.people.models import User
from pulih.web.addresses import with_query
from pulih.web.as_of import DAY, KNOWN
from pulih.web.both import in_both

from .models import SavedView
from .pages import ShownList

SALT = "lists.saved"
MOST = 30  # Views that one person keeps of one list.
NOT_OF_A_LIST = gettext_lazy("This form is not of a list. Open the list and save the view there.")
NOT_KEPT = {"page", "format", DAY, KNOWN}


@dataclass(frozen=True)
class ViewLink:
    """A saved view above its list. is_on: the list shows it now."""

    name: str
    url: str
    is_on: bool


def asked_now(request: HttpRequest, shown: ShownList) -> dict[str, str]:
    """Return the filters that the list obeys and its order, without typed words and days."""
    filters = [
        one.key
        for one in shown.listing.filters
        if not one.is_typed and one.key not in shown.asked.fixed and shown.asked[one.key]
    ]
    order, _wrong = shown.listing.sort_of(request.GET.get("sort", ""))
    keys = [*filters, *(["sort"] if order != shown.listing.order else [])]
    return {key: request.GET[key] for key in keys if request.GET.get(key)}


def token(request: HttpRequest, shown: ShownList) -> str:
    """Return what the list is asked now, for its form; blank where nothing is to be kept."""
    asked = asked_now(request, shown)
    if not asked:
        return ""
    title = in_both(lambda: shown.listing.title)
    query = with_query("", asked).removeprefix("?")
    return signing.dumps([request.path, query, title.id, title.en], salt=SALT)


def beside(request: HttpRequest, shown: ShownList) -> str:
    """Return the query by which a list's page asks for one's own views, beside its rows.

    They are no statement of the page itself, which has its twelve.
    """
    asked = {key: value for key, value in request.GET.items() if value and key not in NOT_KEPT}
    known = ["sort", *(one.key for one in shown.listing.filters)]
    return with_query(
        "",
        {
            "list": request.path,
            "asked": urlencode(asked),
            "keys": ",".join(known),
            "kept": token(request, shown),
            **shown.asked.seen.query,
        },
    )


def of_list(
    person: User, path: str, asked: Mapping[str, str], keys: Set[str], days: Mapping[str, str]
) -> tuple[list[ViewLink], list[str]]:
    """Return a person's views of a list, and what the one that is open asks in vain.

    asked: what the list is asked now; keys: what it can be asked; days: of the page, which go
    along.
    """
    mine = SavedView.objects.visible_to(person).filter(path=path)
    links, gone = [], []
    for one in mine.order_by("name"):
        is_on = one.asked == asked
        links.append(ViewLink(one.name, with_query(one.path, {**one.asked, **days}), is_on))
        if is_on:
            gone += [key for key in one.asked if key not in keys]
    return links, gone


@transaction.atomic
def save(kept: str, name: str, *, by: User) -> SavedView:
    """Keep what the list's form carries under a name. May refuse."""
    try:
        path, query, title_indonesian, title_en = signing.loads(kept, salt=SALT)
    except signing.BadSignature:
        raise Refusal(
            _("This form is not of a list. Open the list and save the view there.")
        ) from None
    mine = SavedView.objects.filter(person=by, path=path)
    if mine.count() >= MOST:
        raise Refusal(
            _("You already keep %(n)d views of this list. Remove one first.") % {"n": MOST}
        )
    view = SavedView(
        person=by, path=path, query=query, title_indonesian=title_indonesian, title_en=title_en
    )
    return _named(view, name)


@transaction.atomic
def rename(view: SavedView, name: str) -> SavedView:
    """Give a view another name. May refuse."""
    return _named(view, name)


def remove(view: SavedView) -> None:
    view.delete()


def _named(view: SavedView, name: str) -> SavedView:
    view.name = " ".join(name.split())
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise Refusal(
            _("You already have a view “%(name)s” of this list. Choose another name.")
            % {"name": view.name}
        ) from None
    return view
