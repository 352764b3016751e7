"""From what a receiver holds to the SP2D that paid for it, and back, in pages and files alone."""

import csv
import re
from datetime import date

import pytest

from pulih.delivery.actions import handovers
from pulih.portal import site
from tests.delivery.paying import bought_material
from tests.make import delivery
from tests.make import portal as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def handed(item, name, kind, number, quantity):
    return delivery.handover(
        item, quantity, number=number, receiver=delivery.receiver(name, kind=kind)
    )


def world():
    """Material that one SP2D paid for: some to a clinic, some on the way, some to a person."""
    activity = delivery.payable()
    bought_material(activity)
    item = delivery.item(activity, "Baju hazmat")
    delivery.bought(item, 100, 1_500_000, payment="2006K")
    sent = handed(item, "RSUD Uji Peragaan", "health", "BAST-1", 60)
    handovers.confirm(
        sent, received=58, received_on=sent.sent_on, came_back=2, reason="Robek", name="Akhmad",
        post="Logistik", place="Gudang", by=cast.provincial_officer(),
        now=delivery.datetime(2020, 6, 25, 5, tzinfo=delivery.UTC), today=sent.sent_on,
    )  # fmt: skip
    handed(item, "Gugus Tugas Uji", "task_force", "BAST-2", 10)
    handed(item, "Made Uji", "person", "BAST-3", 1)


def links_of(page, text):
    row = next(one for one in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if text in one)
    return re.findall(r'href="(/[^"]+)"', row)


def opened(root, url):
    """The page of a link, which holds the place that the link names."""
    path, _, anchor = url.partition("#")
    page = (root / path.strip("/") / "index.html").read_text()
    assert f'id="{anchor}"' in page, url
    return page


def test_a_suit_leads_to_its_sp2d_and_from_there_back(publish):
    world()
    release = publish(make.published, date(2020, 7, 31))
    root = site.current() / "site"
    goods = (root / "en/goods/index.html").read_text()
    assert 'href="/en/goods/32/"' in goods
    receivers = (root / "en/goods/32/index.html").read_text()
    assert "Hazmat suit (piece)" in receivers
    (to_payment,) = links_of(receivers, "RSUD Uji Peragaan")
    documents = opened(root, to_payment)
    to_line, to_clinic, to_task_force = links_of(documents, "2006K")
    assert "521211" in opened(root, to_line)
    assert "58" in opened(root, to_clinic)
    assert opened(root, to_task_force) == receivers
    assert "not answered yet" in receivers
    assert "Made Uji" not in receivers
    file = root / "data/r" / release.number / "goods/handovers.csv"
    rows = {row["number"]: row for row in csv.DictReader(file.open(encoding="utf-8"))}
    assert set(rows) == {"BAST-1", "BAST-2"}
    clinic = rows["BAST-1"]
    assert (clinic["sent"], clinic["received"], clinic["payments"]) == ("60", "58", "2006K")
    assert (rows["BAST-2"]["received"], rows["BAST-2"]["received_on"]) == ("", "")
    payments = csv.DictReader((file.parents[1] / "fiscal/payments.csv").open(encoding="utf-8"))
    paid = [row for row in payments if row["document"] == clinic["payments"]]
    assert {row["unit"] for row in paid} == {clinic["spending_unit"]}
    assert sum(int(row["rupiah"]) for row in paid) == 2_000_000


def test_a_release_without_hand_overs_has_the_table_and_no_page(publish):
    make.country()
    release = publish(make.published)
    root = site.current() / "site"
    table = root / "data/r" / release.number / "goods/handovers.csv"
    assert table.read_text().count("\n") == 1
    assert not (root / "goods/32").exists()
