"""The deed of grant (naskah hibah) on paper.

Its articles follow deeds in use elsewhere; the layout is drawn from memory, and the paper says so.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pulih.common import periods
from pulih.common.money import grouped
from pulih.delivery.actions.activities import place_of
from pulih.documents.lookups import code_in_force
from pulih.documents.seals import seal
from pulih.documents.signing import Signature, values_of
from pulih.documents.typesetting import typeset

from ..models import GrantCase
from ..papers import DEED
from ..rules.steps import MANAGER, steps

TEMPLATE = Path(__file__).with_name("deed.typ")
ARTICLES = (
    (
        "Pasal 1. Tujuan",
        "Barang sejak semula dimaksudkan untuk diserahkan, guna mendukung penanganan dampak "
        "Covid-19.",
    ),
    ("Pasal 2. Barang", "Barang yang dihibahkan tercantum dalam tabel."),
    (
        "Pasal 3. Status",
        "Sejak BAST hibah ditandatangani, barang bukan lagi Barang Milik Negara dan menjadi milik "
        "Pihak Kedua.",
    ),
    (
        "Pasal 4. Kewajiban",
        "Pihak Kesatu menyerahkan barang dan menghapusnya dari daftar barang. Pihak Kedua "
        "menerima, mencatat, menggunakan, memelihara, dan mengamankannya.",
    ),
)


def pdf(case: GrantCase) -> bytes:
    return typeset(TEMPLATE, values(case))


def values(case: GrantCase) -> dict[str, Any]:
    """Texts for the template; what is not recorded yet leaves room for ink."""
    handover, papers = case.handover, {one.step: one for one in case.papers.order_by("pk")}
    deed = papers.get("deed")
    approver = "pengelola barang (Kementerian Keuangan, KPKNL)"
    return {
        "number": deed.number if deed else "",
        "dated": periods.day(deed.dated) if deed else "",
        "giver": str(place_of(handover.activity)),
        "receiver": handover.receiver_name,
        "address": handover.receiver.address,
        "item": handover.item.name,
        "unit": handover.item.unit,
        "quantity": grouped(handover.received or 0),
        "each": grouped(case.unit_value),
        "value": grouped(case.value),
        "bast": handover.number,
        "bast_day": periods.day(handover.sent_on),
        "approver": approver if case.approver == MANAGER else "pengguna barang (kementerian)",
        "articles": ARTICLES,
        "papers": [
            [rule.id, *([papers[rule.key].number, periods.day(papers[rule.key].dated)]
                        if rule.key in papers else ["", ""])]
            for rule in steps()
        ],
        "signs": values_of([Signature("Pihak Kesatu"), Signature("Pihak Kedua")]),
        "seal": seal(code_in_force(DEED, case.pk)),
    }  # fmt: skip
