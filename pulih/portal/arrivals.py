"""Which office or body received what, by which paper, and which SP2D paid for it.

`goods/handovers.csv` of a release, one row a hand-over (BAST) to a receiver that may be named.
Goods for persons and sole traders are left out, as in all that is published of goods.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.db.models import QuerySet

from pulih.delivery.models import Handover, Move, MoveKind, Side

from .areas import areas_on
from .goods_names import GoodsNames
from .models import Release
from .standards.fiscal import csv_cell
from .standards.giving import body_named
from .standards.reading import signed

FILE = "goods/handovers.csv"
COLUMNS = (
    "province", "number", "receiver", "receiver_kind", "area", "area_name", "good", "unit", "sent",
    "sent_on", "received", "received_on", "programme", "spending_unit", "payments",
)  # fmt: skip
BETWEEN = "; "  # Of several payments in one cell.
Row = dict[str, str]


def write(release: Release, folder: Path) -> None:
    """Write the table, under its headings alone where nothing was handed over."""
    (folder / FILE).parent.mkdir(parents=True, exist_ok=True)
    with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for row in rows(release.as_of, release.known_at):
            table.writerow([csv_cell(row[name]) for name in COLUMNS])


def read(path: Path) -> list[Row]:
    """The rows of a table of a release; none where its program wrote no such table."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows(as_of: date, known_at: datetime) -> list[dict[str, str | int]]:
    """One a hand-over that was sent by a day, as it was known at a moment. Amounts in units."""
    codes = areas_on(as_of).code_of
    answered = set(signed(Side.RECEIVER, known_at).values_list("handover_id", flat=True))
    found = [(one, name) for one in _sent(as_of, known_at) if (name := _name_of(one))]
    paid = _payments({one.activity_id for one, _ in found}, as_of, known_at)
    result: list[dict[str, str | int]] = []
    names = GoodsNames(known_at)
    for one, name in found:
        day = one.received_on if one.pk in answered else None
        day = day if day and day <= as_of else None
        area = one.receiver.regency or one.receiver.province
        unit, numbers = paid.get(one.item_id) or paid.get(-one.activity_id) or ("", [])
        result.append(
            {
                "province": codes[one.province_id],
                "number": one.number,
                "receiver": name,
                "receiver_kind": one.receiver.kind,
                "area": codes.get(area.pk, ""),
                "area_name": area.name,
                "good": names.public(one.province_id, one.item.name),
                "unit": one.item.unit,
                "sent": one.sent,
                "sent_on": one.sent_on.isoformat(),
                "received": (one.received or 0) if day else "",
                "received_on": day.isoformat() if day else "",
                "programme": one.activity.measure.code,
                "spending_unit": unit,
                "payments": BETWEEN.join(numbers),
            }
        )
    return result


def _sent(as_of: date, known_at: datetime) -> QuerySet[Handover]:
    sent = Handover.objects.filter(
        sent_on__lte=as_of, pk__in=signed(Side.GIVER, known_at).values("handover")
    )
    joined = ("activity__measure", "item", "receiver__province", "receiver__regency")
    return sent.select_related(*joined).order_by("province", "sent_on", "pk")


def _name_of(one: Handover) -> str | None:
    return body_named(one.receiver.kind, one.receiver_name)


def _payments(
    activities: Iterable[int], as_of: date, known_at: datetime
) -> dict[int, tuple[str, list[str]]]:
    """The unit that paid and its SP2D, by item; by minus the activity for what was made there."""
    bought = Move.objects.filter(
        kind=MoveKind.BOUGHT,
        item__activity__in=activities,
        day__lte=as_of,
        recorded_at__lte=known_at,
        paid_by__effective_on__lte=as_of,
        paid_by__recorded_at__lte=known_at,
    )
    columns = ("item_id", "item__activity_id", "paid_by__unit__code", "paid_by__document_number")
    numbers: dict[int, list[str]] = defaultdict(list)
    unit_of: dict[int, str] = {}
    for item, activity, unit, number in bought.order_by("pk").values_list(*columns):
        for key in (item, -activity):
            unit_of.setdefault(key, unit)
            if unit == unit_of[key] and number not in numbers[key]:
                numbers[key].append(number)
    return {key: (unit_of[key], found) for key, found in numbers.items()}
