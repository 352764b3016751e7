"""One figure, one number: on the page, behind its link, in its file and in the API.

`test_walk.py` brings the pages that several people see: every figure that says its key is followed.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.test import Client
from django.urls import reverse

from pulih.budget import actions
from pulih.lists import figures
from pulih.people.models import User
from pulih.people.permissions import Permission, holds
from pulih.people.scope import speaking_for
from tests.make import areas, budget, ledger
from tests.people import cast

WHO_FOLLOW = ("planner", "jabar", "indramayu")  # Of the persons of the table.
DAY, EARLIER = date(2020, 6, 15), "2020-03-31"
TAG = re.compile(r"""<\w(?:[^<>"']|"[^"]*"|'[^']*')*>""")
SAYS = re.compile(r'data-figure|data-total|"angka"')
PUBLIC = {"portal:front", "portal:front-en", "portal:style", "portal:sources"}


@dataclass(frozen=True)
class Shown:
    """A figure as a page shows it. url: what it opens; empty for who may not."""

    key: str
    value: int
    url: str


class FiguresOf(HTMLParser):
    """Figures of a page, and the totals that it states of its own rows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.shown: list[Shown] = []
        self.totals: dict[str, int] = {}
        # To read all tags of a page takes ten times as long as to find these.
        self.feed("".join(tag for tag in TAG.findall(page) if SAYS.search(tag)))

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if named.get("data-figure") and named.get("data-value"):
            value = int(named["data-value"])
            self.shown.append(Shown(named["data-figure"], value, named.get("href") or ""))
        if "data-total" in named and named.get("data-value"):
            self.totals[named["data-total"] or ""] = int(named["data-value"])


def earlier(client, world) -> Iterator[tuple[str, str]]:
    """The pages of money on an earlier day, and makers of a product while they counted."""
    product = reverse("market:product", args=[world.keys["product"]])
    yield f"{product} per {DAY}", client.get(product, {"per": f"{DAY}"}).content.decode()
    for name in ("portal:home", "budget:summary", "budget:lines", "planning:new"):
        answer = client.get(reverse(name), {"per": EARLIER, "year": "2020"})
        if answer.status_code == 200:
            yield f"{name} per {EARLIER}", answer.content.decode()


def file_sum(client, shown: Shown, head: str) -> int:
    """What the file of the same rows adds up to, or how many rows it has."""
    answer = client.get(f"{shown.url}{'&' if '?' in shown.url else '?'}format=csv")
    assert answer.status_code == 200, shown
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(text.splitlines()))
    start = next(at for at, line in enumerate(lines) if len(line) > 1)
    heads, table = lines[start], [line for line in lines[start + 1 :] if len(line) > 1]
    if not head:
        return len(table)
    at = next(at for at, one in enumerate(heads) if one.split(" (")[0] == head)
    return sum(int(line[at] or 0) for line in table)


def api_sum(client, definition, shown: Shown) -> int:
    """What the API's rows add up to, page after page."""
    address = f"/api/v1/{definition.api}?{urlsplit(shown.url).query}"
    answer = client.get(f"{address}&size=1000").json()
    if isinstance(answer, dict):
        return answer["sums"][definition.adds] if definition.adds else answer["total"]
    found = list(answer)
    while len(answer) == 1000:
        answer = client.get(f"{address}&size=1000&after={answer[-1]['id']}").json()
        found += answer
    return sum(row[definition.adds] or 0 for row in found) if definition.adds else len(found)


def one_value(client, shown: Shown) -> int:
    """What the API says when it is asked for the figure itself."""
    query = urlsplit(shown.url).query
    answer = client.get(f"/api/v1/lists/figures/{shown.key}?{query}")
    assert answer.status_code == 200, (shown, answer.content)
    return answer.json()["value"]


def some_of_each(shown: list[Shown]) -> Iterator[Shown]:
    """The first and the last of each figure that a page links, to keep the walk short."""
    linked = [one for one in dict.fromkeys(shown) if one.url]
    for key in dict.fromkeys(one.key for one in linked):
        alike = [one for one in linked if one.key == key]
        yield from {alike[0], alike[-1]}


def disagreements(client, shown: Shown, may_export: bool) -> Iterator[str]:
    definition = figures.find(shown.key)
    assert definition is not None, f"{shown.key} is no known figure"
    answer = client.get(shown.url)
    assert answer.status_code == 200, shown
    totals = FiguresOf(answer.content.decode()).totals
    ways = {"page": totals.get(definition.adds, 0), "figure": one_value(client, shown)}
    if may_export:
        ways["file"] = file_sum(client, shown, definition.head)
    if definition.api:
        ways["api"] = api_sum(client, definition, shown)
    for way, value in ways.items():
        if value != shown.value:
            yield f"{shown.key} is {shown.value}, but its {way} says {value}: {shown.url}"


def odd_money() -> None:
    """Lines that one page counts and another might not: each once was counted two ways."""
    office = budget.unit(areas.country(), "248000", authority="KP")
    budget.line(office, ceiling=5_000_000)
    unit = budget.unit("Jawa Barat", "021111")
    budget.line(unit, "3038.001.051.A.532111", ceiling=7_000_000)
    budget.line(unit, "3038.001.053.A.521211", ceiling=11_000_000, is_protected=True)
    several = [
        budget.line(unit, f"3038.001.05{number}.B.521211", ceiling=13_000_000, committed=3_000_000)
        for number in (4, 5)
    ]
    with speaking_for(cast.planner()):
        ledger.reserved(several[0], 2_000_000)
    actions.post(
        kind="sp2d",
        number="SP2D dua baris",
        unit=unit,
        fiscal_year=2020,
        effective_on=DAY,
        movements=[actions.Movement(one.pk, "realisation", 1_000_000) for one in several],
        by=budget.system(),
    )


class Followed:
    """What came of following the figures of each page that one of them saw."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, Shown]] = set()
        self.wrong: list[str] = []

    def follow(self, name: str, person: User, client: Client, address: str, page: str) -> None:
        for shown in some_of_each(FiguresOf(page).shown):
            if (name, shown) not in self.seen:
                self.seen.add((name, shown))
                found = disagreements(client, shown, holds(person, Permission.EXPORT))
                self.wrong += [f"{name} on {address}: {each}" for each in found]

    def keys(self) -> set[str]:
        return {shown.key for _name, shown in self.seen}
