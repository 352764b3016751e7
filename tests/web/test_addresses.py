"""An address with a sign that is no text names nothing, for people and for programs."""

import pytest
from django.urls import get_resolver
from django.urls.converters import StringConverter

from tests.people import cast

pytestmark = pytest.mark.django_db


def routes(patterns, before=""):
    """Yield each address that has a part of text, with a NUL in every such part."""
    for one in patterns:
        route = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from routes(one.url_patterns, route)
            continue
        converters = getattr(one.pattern, "converters", {})
        if any(isinstance(each, StringConverter) for each in converters.values()):
            address = route
            for name, each in converters.items():
                value = "%00" if isinstance(each, StringConverter) else "1"
                for kind in ("", "int:", "str:", "slug:", "path:", "uuid:", "year:", "quarter:"):
                    address = address.replace(f"<{kind}{name}>", value)
            yield f"/{address}"


@pytest.mark.parametrize(
    "address", ["/api/v1/measures/%00", "/catalogue/%00/", "/api/v1/measures/%0A", "/%00"]
)
def test_a_control_sign_in_an_address_is_not_found(client, address):
    client.force_login(cast.planner())
    assert client.get(address).status_code == 404
    answer = client.get("/api/v1/measures/%00")
    assert answer.json() == {"detail": "Not Found"}


def test_no_address_with_a_part_of_text_breaks_by_a_nul(client):
    client.force_login(cast.planner())
    asked = list(routes(get_resolver().url_patterns))
    assert len(asked) > 10
    broken = [one for one in asked if client.get(one).status_code not in (302, 403, 404, 405)]
    assert broken == []
