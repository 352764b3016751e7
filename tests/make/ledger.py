"""Ledgers with documents in chains, officers in their posts, and the owner of the tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from typing import Any

from django.conf import settings
from django.db import connections

from pulih.budget import actions
from pulih.budget.models import BudgetLine, Posting, Promise
from pulih.config.databases import OWNER_ROLE, database_of_url
from pulih.people.models import Role, User
from pulih.people.scope import speaking_for
from pulih.treasury import actions as treasury
from pulih.treasury.models import Withholding
from pulih.treasury.reads import taxes
from pulih.treasury.reads.supporting import missing_of
from pulih.treasury.rules import checklist
from tests.make import budget as make
from tests.people import cast

DAY = date(2020, 6, 15)
TICKED = [one.key for one in checklist.items_on(DAY, "LS")]
numbers = count(1)


def document(number: str) -> Posting:
    """Return the newest edition of a document."""
    return Posting.objects.filter(document_number=number).latest("edition")


def contract(line: BudgetLine, rupiah: int, **values: Any) -> Posting:
    """Commit `rupiah` of a line by a contract."""
    return _made(actions.commit, line.unit, {line.pk: rupiah}, "K", line, values)


def asked(line: BudgetLine, rupiah: int, **values: Any) -> Posting:
    return _made(actions.request_payment, line.unit, {line.pk: rupiah}, "SPP", line, values)


def paid(line: BudgetLine, rupiah: int, **values: Any) -> Posting:
    return _made(actions.pay, line.unit, {line.pk: rupiah}, "SP2D", line, values)


def reserved(line: BudgetLine, rupiah: int, proposal: str = "P-1", **values: Any) -> Promise:
    """Set `rupiah` of a line aside for a proposal; return the promise."""
    usual = {
        "amounts": {line.pk: rupiah},
        "subject": actions.Subject("proposals", proposal, "Bimtek masker"),
        "number": f"SK-{next(numbers)}",
        "fiscal_year": line.fiscal_year,
        "effective_on": DAY,
        "by": make.system(),
    }
    posted = actions.reserve(line.unit, **{**usual, **values})
    return Promise.objects.select_related("unit__province").get(postings=posted.posting_id)


def ordered(request: Posting, **values: Any) -> Posting:
    usual = {"number": f"SPM-{next(numbers)}", "effective_on": DAY, "by": make.system()}
    posted = actions.order_payment(request, **{**usual, **values})
    return Posting.objects.select_related("unit__province").get(pk=posted.posting_id)


def examined(request: Posting, by: User, **values: Any) -> Posting:
    """Let an officer examine a request whose papers are there, and order its payment."""
    papers_named(request)
    ticked = [one.key for one in checklist.items_on(DAY, request.method)]
    usual = {"ticked": ticked, "number": f"SPM-{next(numbers)}", "effective_on": DAY}
    with speaking_for(by):
        posted = treasury.examine(request, by=by, **{**usual, **values})
    return Posting.objects.select_related("unit__province").get(pk=posted.posting_id)


def papers_named(request: Posting) -> None:
    """Name every supporting paper that the request still lacks."""
    if papers := [treasury.NamedPaper(one.code, "BA-1", DAY) for one in missing_of(request)]:
        treasury.name_papers(request, papers, by=make.system())


def taxed(request: Posting, by: User, **values: Any) -> Withholding:
    """State what the rule withholds from a request, or other `amounts`."""
    payee, has_number = values.pop("payee", "vat_body"), values.pop("has_number", True)
    rule = taxes.suggested(request, payee, values.get("withheld_on"), has_number=has_number)
    usual = {"amounts": {one.tax: one.rupiah for one in rule}}
    with speaking_for(by):
        return treasury.state_taxes(
            request, payee=payee, has_number=has_number, by=by, **{**usual, **values}
        )


def returned(payment: Posting, **values: Any) -> Posting:
    usual = {"number": f"SSBP-{next(numbers)}", "effective_on": DAY, "by": make.system()}
    posted = actions.give_back(payment, **{**usual, **values})
    return Posting.objects.select_related("unit__province").get(pk=posted.posting_id)


def reversed_by(posting: Posting, **values: Any) -> Posting:
    usual = {
        "number": f"KOR-{next(numbers)}",
        "effective_on": DAY,
        "reason": "Salah ketik",
        "by": make.system(),
    }
    posted = actions.reverse(posting, **{**usual, **values})
    return Posting.objects.select_related("unit__province").get(pk=posted.posting_id)


def officer(line: BudgetLine, post: str, name: str = "", **values: Any) -> User:
    """Return an officer of the line's province who holds `post` in its unit."""
    person = cast.person(Role.PROVINCIAL_OFFICER, line.province, name or f"{post}-{line.unit_id}")
    appointed(line, person, post, **values)
    return person


def appointed(line: BudgetLine, person: User, post: str, **values: Any) -> None:
    usual = {"decree": f"SK {next(numbers)}", "valid_from": date(2020, 1, 2)}
    actions.appoint(person, unit=line.unit, post=post, by=make.system(), **{**usual, **values})


def history(lines: int = 3, months: int = 4) -> list[BudgetLine]:
    """Make a small ledger with every kind of document, and two seals on it."""
    made = []
    for n in range(lines):
        line = make.line(key=f"3038.001.{n + 51:03d}.A.521211", ceiling=50_000)
        made.append(line)
        for month in range(1, months + 1):
            on = date(2020, month + 1, 5)
            signed = contract(line, 1_000, effective_on=on, party="CV Sagu")
            order = ordered(asked(line, 700, commitment=signed, effective_on=on), effective_on=on)
            payment = paid(line, 700, refers_to=order, effective_on=on)
            returned(payment, amounts={line.pk: 100}, effective_on=on)
            reversed_by(paid(line, 300, method="UP", effective_on=on), effective_on=on)
            actions.block(
                line, rupiah=10, number=f"B-{next(numbers)}", effective_on=on, reason="telaah",
                by=make.system(), office="DJA",
            )  # fmt: skip
        actions.seal()
    return made


def owner_database(name: str | None = None) -> dict[str, Any]:
    """Return the settings with which the owner of the tables reaches the tests' database."""
    now = connections["default"].settings_dict
    if settings.DATABASE_URL:
        return {**database_of_url(settings.DATABASE_URL), "NAME": name or now["NAME"]}
    options = {key: value for key, value in now["OPTIONS"].items() if key != "options"}
    return {**now, "USER": OWNER_ROLE, "NAME": name or now["NAME"], "OPTIONS": options}


@contextmanager
def as_owner() -> Iterator[None]:
    """Let Django speak as the owner, whom no policy and no guard stops."""
    before = dict(connections["default"].settings_dict)
    connections.close_all()
    connections["default"].settings_dict.update(owner_database())
    yield
    connections.close_all()
    connections["default"].settings_dict.update(before)


def _made(
    action: Any, unit: Any, amounts: dict[int, int], kind: str, line: BudgetLine, values: Any
) -> Posting:
    usual = {
        "number": f"{kind}-{next(numbers)}",
        "fiscal_year": line.fiscal_year,
        "effective_on": DAY,
        "by": make.system(),
    }
    posted = action(unit, amounts, **{**usual, **values})
    return Posting.objects.select_related("unit__province").get(pk=posted.posting_id)
