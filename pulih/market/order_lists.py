"""Who asks for what, and what came of it, as declared lists."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pulih.lists.columns import NOT_ON_PAGE, Column, Kind, Place
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import by_link, choices, equals, flag, province, words
from pulih.people.permissions import Permission
from pulih.web.words import say, say_later
from pulih.workflow import clock
from pulih.workflow.states import Machine

from .lists import PLACE_COLUMNS, of_product, regency
from .models import Buyer, BuyerKind, BuyerName, Need, Order, Product, Run, RunState
from .rules.turns import SIDE_OF
from .states import NEED, ORDER
from .turns import SIDE_WORDS, waiting_for, waits_for


def _states(machine: Machine) -> Any:
    return choices(
        "state",
        _("State"),
        [(state.key, say_later(state.label)) for state in machine.states],
        equals("state"),
    )


def state_name(machine: Machine, key: str) -> str:
    return say(machine.state(key).label)


def days_left(due: date, today: date) -> int:
    return (due - today).days


def _needs(asked: Asked) -> QuerySet[Need]:
    rows = Need.objects.visible_to(asked.person)
    if not asked["state"] and not asked["filled"] and not asked["buyer"]:
        rows = rows.filter(state__in=("draft", "open", "matched", "ordered"))
    return rows.select_related("buyer", "product", "province", "regency", "terms__standard")


FEW = 1_000  # Buyers whose needs PostgreSQL finds by their keys.


def _of_buyer_or_product(rows: QuerySet[Need], text: str) -> QuerySet[Need]:
    """Keep the needs whose buyer or product bears every word.

    Buyers and products are looked up first: joined, each need would be compared with the words.
    """
    for word in text.split():
        names = (f"{name}__icontains" for name in ("name_indonesian", "name_en", "words"))
        called = reduce(or_, (Q(**{name: word}) for name in names))
        products = list(Product.objects.filter(called).values_list("pk", flat=True))
        buyers = list(
            Buyer.objects.filter(name__icontains=word).values_list("pk", flat=True)[: FEW + 1]
        )
        named = Q(buyer__in=buyers) if len(buyers) <= FEW else Q(buyer__name__icontains=word)
        rows = rows.filter(named | Q(product__in=products))
    return rows


NEEDS = Listing(
    room="market",
    key="needs",
    title=_("Needs"),
    file_name="kebutuhan",
    permission=Permission.SEE_MARKET,
    source=_needs,
    columns=(
        Column("id", _("Record number"), lambda n: n.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("buyer", _("Buyer"), lambda n: n.buyer.name, order="buyer__name",
               link=lambda n: reverse("market:need", args=[n.pk])),
        *PLACE_COLUMNS,
        Column("product_code", _("Product code"), lambda n: n.product.code, Kind.CODE, NOT_ON_PAGE),
        Column("product", _("Product"), lambda n: n.product.name),
        Column("quantity", _("Asked for"), lambda n: n.quantity, Kind.WHOLE, order="quantity"),
        Column("ordered", _("Ordered"), lambda n: n.ordered, Kind.WHOLE, order="ordered"),
        Column("filled", _("Filled"), lambda n: n.filled, Kind.SHARE),
        Column("due", _("Due"), lambda n: n.due, Kind.DAY, order="due",
               template="market/_due.html"),
        Column("standard", _("Standard"),
               lambda n: n.terms.standard.code if n.terms.standard else "", on=NOT_ON_PAGE),
        Column("min_order", _("Smallest consignment"), lambda n: n.terms.min_order, Kind.WHOLE,
               NOT_ON_PAGE),
        Column("state", _("State"), lambda n: state_name(NEED, n.state),
               template="market/_need_state.html"),
    ),
    filters=(
        _states(NEED),
        flag("asking", _("Still asks for makers"), lambda rows, _on: rows.asking()),
        flag("filled", _("Ordered in full or received"), lambda rows, _on: rows.filled()),
        of_product(),
        by_link("buyer", _("Buyer"), Buyer),
        province(equals("province")),
        regency(),
        words(label=_("Buyer or product"), narrow=_of_buyer_or_product),
    ),
    order=("due", "pk"),
    when_empty=_("No need is open. A buyer's office writes one down under Buyers."),
)  # fmt: skip


def _ever_called(rows: QuerySet[Buyer], text: str) -> QuerySet[Buyer]:
    """Keep the buyers that bear every word in their name, or bore it in an earlier one."""
    for word in text.split():
        names = BuyerName.objects.filter(buyer=OuterRef("pk"), name__icontains=word)
        rows = rows.filter(Q(name__icontains=word) | Exists(names))
    return rows


def _buyers(asked: Asked) -> QuerySet[Buyer]:
    return Buyer.objects.select_related("province", "regency")


BUYERS = Listing(
    room="market",
    key="buyers",
    title=_("Buyers"),
    file_name="pemesan",
    permission=Permission.SEE_MARKET,
    source=_buyers,
    columns=(
        Column("id", _("Record number"), lambda b: b.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("name", _("Buyer"), lambda b: b.name, order="name",
               link=lambda b: reverse("market:buyer", args=[b.pk])),
        Column("kind", _("Kind"), lambda b: b.get_kind_display()),
        *PLACE_COLUMNS,
        Column("verified", _("Verified"), lambda b: b.verified_at is not None, Kind.YES_NO),
    ),
    filters=(
        choices("kind", _("Kind"), BuyerKind.choices, equals("kind")),
        flag("unverified", _("Not yet verified"), lambda rows, _on: rows.filter(verified_at=None)),
        province(equals("province")),
        regency(),
        words(narrow=_ever_called),
    ),
    order=("name", "pk"),
    when_empty=_("No buyer fits. Write down who asks for goods."),
)  # fmt: skip


def _runs(asked: Asked) -> QuerySet[Run]:
    rows = Run.objects.visible_to(asked.person)
    return rows.select_related("province", "regency", "product", "asked_by")


def _run_place(run: Run) -> str:
    return str(run.area or _("the whole country"))


RUNS = Listing(
    room="market",
    key="runs",
    title=_("Matches"),
    file_name="pencocokan",
    permission=Permission.SEE_MARKET,
    source=_runs,
    columns=(
        Column("id", _("Record number"), lambda r: r.pk, Kind.WHOLE, NOT_ON_PAGE),
        Column("title", pgettext_lazy("noun", "Match"), lambda r: r.title,
               link=lambda r: reverse("market:run", args=[r.pk])),
        Column("place", _("Area"), _run_place),
        Column("product", _("Product"), lambda r: r.product or _("every product")),
        Column("as_of", _("Work from"), lambda r: r.as_of, Kind.DAY),
        Column("needs", _("Needs"), lambda r: r.needs, Kind.WHOLE),
        Column("makers", _("Makers"), lambda r: r.makers, Kind.WHOLE),
        Column("state", _("State"), lambda r: r.get_state_display()),
    ),
    filters=(choices("state", _("State"), RunState.choices, equals("state")), words(["title"])),
    order=("-pk",),
    when_empty=_("No match yet. Ask for one, and every open need is shared out."),
)  # fmt: skip


def _at_side(rows: Any, side: str) -> Any:
    return rows.filter(state__in=[state for state, one in SIDE_OF.items() if one == side])


def _orders(asked: Asked) -> QuerySet[Order]:
    rows = waiting_for(asked.person) if asked["mine"] else Order.objects.visible_to(asked.person)
    if asked["late"]:
        rows = rows.filter(waits_until__lte=clock.now())
    related = ("need__buyer", "need__product", "group", "enterprise", "province", "regency")
    return rows.select_related(*related)


ORDERS = Listing(
    room="market",
    key="orders",
    title=_("Orders"),
    file_name="pesanan",
    permission=Permission.SEE_MARKET,
    source=_orders,
    columns=(
        Column("id", _("Record number"), lambda o: o.pk, Kind.WHOLE, {Place.FILE, Place.API}),
        Column("supplier", _("Supplier"), lambda o: o.supplier,
               link=lambda o: reverse("market:order", args=[o.pk])),
        *PLACE_COLUMNS,
        Column("buyer", _("Buyer"), lambda o: o.need.buyer.name),
        Column("product", _("Product"), lambda o: o.need.product.name),
        Column("quantity", _("Units"), lambda o: o.quantity, Kind.WHOLE, order="quantity"),
        Column("total", _("Paid by the buyer"), lambda o: o.total, Kind.RUPIAH, unit="Rp"),
        Column("ready_by", _("Ready by"), lambda o: o.ready_by, Kind.DAY, order="ready_by"),
        Column("good", _("Received"), lambda o: o.good, Kind.WHOLE),
        Column("state", _("State"), lambda o: state_name(ORDER, o.state),
               template="market/_order_state.html"),
        Column("waits_for", _("Waits for"), waits_for, on=NOT_ON_PAGE),
        Column("waits_since", _("Waits since"), lambda o: o.waits_since, Kind.MOMENT, NOT_ON_PAGE),
        Column("waits_until", _("Waits until"), lambda o: o.waits_until, Kind.MOMENT,
               order="waits_until", template="market/_order_clock.html"),
    ),
    filters=(
        _states(ORDER),
        flag("mine", _("Waiting for my office")),
        flag("late", _("Late")),
        choices("side", _("Waits for"), list(SIDE_WORDS.items()), _at_side),
        province(equals("province")),
        regency(),
        words(["need__buyer__name", "group__name", "enterprise__name"], _("Buyer or supplier")),
    ),
    order=("-pk",),
    when_empty=_("No order yet. A match that is offered makes them."),
)  # fmt: skip
