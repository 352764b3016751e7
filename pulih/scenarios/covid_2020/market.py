"""A small market in Jawa Barat: makers among its firms, three buyers, one match to be read.

Names of buyers are kinds of offices, not persons; all figures are generated.
"""

from datetime import date, timedelta
from random import Random

from pulih.areas.models import Area
from pulih.market.actions import capacities, groups, needs, runs
from pulih.market.actions.needs import GivenTerms
from pulih.market.actions.runs import GivenRun
from pulih.market.models import Buyer, Group, Product
from pulih.matching import Case, solve
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.registry.models import Enterprise

PROVINCE = "Jawa Barat"
MOST_MAKERS = 48
SEWN = ("13", "14")
# Buyer, kind, product, units, days until due, smallest consignment.
ASKED = (
    ("Gugus Tugas", "task_force", "cloth_mask", 40_000, 21, 500),
    ("RSUD", "health_facility", "hazmat_suit", 600, 21, 50),
    ("Dinas Pendidikan", "public_office", "cloth_mask", 15_000, 35, 200),
)


def fill(day: date, seed: int, *, by: User) -> None:
    """Let makers state capacities, buyers their needs, and match them, once."""
    with speaking_for(by):
        if Buyer.objects.exists():
            return
        area = Area.objects.get(level="province", name=PROVINCE)
        makers = list(_makers(area))
        if not makers:
            return
        _state(makers, day, Random(f"{seed} market"), by)
        _group(makers, day, by)
        for number, asked in enumerate(ASKED):
            _ask(asked, makers[number % len(makers)].regency, day, by)
        _match(area, day, by)


def _makers(area: Area) -> list[Enterprise]:
    rows = Enterprise.objects.listed().filter(province=area, regency__isnull=False)
    sewn = [row for row in rows.select_related("regency").order_by("pk") if _sews(row)]
    return sewn[:MOST_MAKERS]


def _sews(firm: Enterprise) -> bool:
    return bool(firm.kbli) and str(firm.kbli).startswith(SEWN)


def _state(makers: list[Enterprise], day: date, random: Random, by: User) -> None:
    products = {code: Product.objects.get(code=code) for code in ("cloth_mask", "hazmat_suit")}
    for place, firm in enumerate(makers):
        is_suits = place % 4 == 3
        code = "hazmat_suit" if is_suits else "cloth_mask"
        each = random.randint(2, 10) if is_suits else random.randint(50, 250)
        price = (
            random.randrange(140_000, 180_000, 5_000) if is_suits else 100 * random.randint(38, 55)
        )
        capacities.state_capacity(
            firm,
            products[code],
            words=f"{each} {products[code].unit_id}/hari",
            price=price,
            lot=1 if is_suits else 10,
            min_order=1,
            free_from=None,
            today=day,
            by=by,
        )


def _group(makers: list[Enterprise], day: date, by: User) -> None:
    """Let the makers of the regency with most of them send together."""
    of_regency: dict[int, list[Enterprise]] = {}
    for firm in makers:
        of_regency.setdefault(firm.regency_id or 0, []).append(firm)
    largest = max(of_regency.values(), key=len)
    regency = largest[0].regency
    assert regency is not None
    hub = groups.save_group(
        Group(),
        regency=regency,
        name="Koperasi Konveksi (rekaan)",
        kind="cooperative",
        fee=150,
        min_order=200,
        valid_from=day,
        by=by,
    )
    for firm in largest:
        groups.add_member(hub, firm, since=day, by=by)


def _ask(
    asked: tuple[str, str, str, int, int, int], regency: Area | None, day: date, by: User
) -> None:
    name, kind, code, units, days, least = asked
    assert regency is not None
    buyer = needs.add_buyer(
        name=f"{name} {regency}", kind=kind, regency=regency, person="", phone="", today=day, by=by
    )
    needs.verify_buyer(buyer, by=by)
    terms = GivenTerms(units, day + timedelta(days), min_order=least)
    need = needs.state_need(
        buyer, Product.objects.get(code=code), terms, regency=regency, today=day, by=by
    )
    needs.publish_need(need, today=day, by=by)


def _match(area: Area, day: date, by: User) -> None:
    given = GivenRun(f"Putaran {PROVINCE}", day, firm_share=30, regency_share=50)
    asked = runs.ask_run(given, area=area, by=by)
    run = runs.begin(asked.pk, by=by)
    if run is None:
        return
    material = runs.case_of(run, list(runs.needs_of(run, by)), by)
    case = material.case()
    if isinstance(case, Case):
        runs.keep_answer(run, solve(case, time_limit=run.time_limit), material, by=by)
