"""Areas for programs: the list of a day, with codes in each scheme."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from pulih import places
from pulih.places import Level, Place, Scheme

router = Router(tags=["areas"])


class AreaOut(Schema):
    """An area on a day; codes are digits by scheme, and only those that exist."""

    id: int
    level: str
    name: str
    parent: int | None
    codes: dict[str, str]


@router.get("/", response=list[AreaOut], summary="The provinces and regencies of a day")
def areas(request: HttpRequest, on: date) -> list[AreaOut]:
    return [_out(one, on) for one in places.all_places() if one.exists(on)]


@router.get("resolve", response=list[AreaOut], summary="The areas that a name or code may mean")
def resolve(
    request: HttpRequest,
    text: str,
    on: date,
    scheme: Scheme | None = None,
    level: Level | None = None,
) -> list[AreaOut]:
    """A number means nothing without its scheme: the answer is then empty."""
    return [_out(one, on) for one in places.candidates(text, on=on, scheme=scheme, level=level)]


def _out(one: Place, on: date) -> AreaOut:
    above = places.parent_of(one, on)
    codes = {str(scheme): code for scheme in Scheme if (code := places.code_of(one, scheme, on))}
    return AreaOut(
        id=one.key,
        level=one.level,
        name=places.name_on(one, on),
        parent=above.key if above else None,
        codes=codes,
    )
