"""Views of lists that somebody named."""

from typing import Any

from pulih.lists.models import SavedView
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.web.addresses import with_query


def saved_view(person: User, path: str, name: str = "Milik saya", **asked: Any) -> SavedView:
    """Keep a view of a list as its form would; of whatever filters."""
    query = with_query("", asked).removeprefix("?")
    with speaking_for(person):
        return SavedView.objects.create(
            person=person, path=path, query=query, name=name,
            title_indonesian="Daftar", title_en="List",
        )  # fmt: skip
