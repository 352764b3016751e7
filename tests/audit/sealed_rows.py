"""One row and its past in every table that auditors read beside the money itself."""

from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F

from pulih.areas.models import Area
from pulih.delivery.actions import recounts
from pulih.delivery.models import Handover, Item, NumberCorrection, Person, Receiver, Trainer
from pulih.inbox.models import ImportBatch
from pulih.monitoring import models as monitoring
from pulih.people.models import Link, Reach, User
from pulih.references import models as references
from pulih.workflow.models import PostHolder
from pulih.workflow.post_holders import post_of
from tests.make import areas
from tests.make import delivery as make_delivery
from tests.make import grants as make_grants
from tests.make import monitoring as make_monitoring
from tests.make import sampling as make_sampling
from tests.people import cast

DAY = date(2020, 7, 1)
DECREE = {"source": "uji", "valid_from": DAY}
CODED = {**DECREE, "code": "999999", "name_indonesian": "Uji", "name_en": "Test"}


def changed(model, **fields):
    """Change the oldest row, so that it has a past."""
    oldest = model.objects.order_by("pk").first()
    assert model.objects.filter(pk=oldest.pk).update(**fields) == 1


def people_and_posts():
    held = post_of("grants_office", areas.province())
    PostHolder.objects.create(post=held, person=cast.provincial_officer(), since=DAY)
    changed(PostHolder, until=DAY + timedelta(days=9))
    changed(type(held), key=F("key"))
    changed(type(held), key="x")
    changed(User, name="Orang lain")
    changed(Reach, valid_to=date(2050, 1, 1))


def delivered_goods():
    """A BAST with photo and link, its grant with a paper; an item, a receiver, a trainer."""
    handover = make_grants.received()
    recounts.correct_count(
        handover, received=490, came_back=10, reason="Robek", why="Salah hitung", name="Sri",
        post="Staf", by=cast.provincial_officer(), now=make_grants.NOW, today=make_delivery.LAST,
    )  # fmt: skip
    handover.refresh_from_db()
    make_grants.take(make_grants.case(handover), "willingness")
    make_delivery.photo(handover)
    make_delivery.link(make_delivery.cohort())
    changed(Link, holder="Orang lain")
    changed(Item, name="Masker medis")
    changed(Receiver, address="Jalan Baru")
    changed(Handover, number="BAST-2")
    changed(Trainer, name="Orang lain")


def delivered_file():
    ImportBatch.objects.create(
        kind="treasury", office=areas.province(), province=areas.province(), file_name="a.xlsx",
        uploaded_by=cast.provincial_officer(), sha256="0" * 64, size_bytes=1, stored_name="a",
        as_of=DAY,
    )  # fmt: skip
    changed(ImportBatch, reading=2)


def typed_for_reports(unit):
    of_year = {"unit": unit, "province": unit.province, "fiscal_year": 2020}
    make_monitoring.progress(make_monitoring.target(unit, "777"))
    monitoring.GeneralData.objects.create(**of_year)
    monitoring.Heading.objects.create(**of_year, name="Program")
    monitoring.ForeignFund.objects.create(**of_year, activity="3038", fund_source="PLN", number="1")
    monitoring.QuarterNote.objects.create(**of_year, quarter=1, activity="3038")
    monitoring.AccountNote.objects.create(**of_year, quarter=1, about="52", text="Naik")
    make_monitoring.signatories(unit)
    changed(monitoring.GeneralData, location="Bandung")
    changed(monitoring.Heading, name="Program lain")
    changed(monitoring.ForeignFund, number="2")
    changed(monitoring.QuarterNote, quarter=2)
    changed(monitoring.AccountNote, text="Turun")
    changed(monitoring.Signatory, name="Orang lain")
    changed(monitoring.ActivityTarget, volume=Decimal(41))
    changed(monitoring.QuarterProgress, volume=Decimal(5))


def decreed():
    """A row of every list by which money is judged."""
    province = Area.objects.get(pk=areas.province().pk)
    references.Account.objects.create(**CODED, kind="goods")
    references.EconomicActivity.objects.create(**CODED)
    references.OutputCode.objects.create(**CODED, level="output")
    references.DailyAllowance.objects.create(
        **DECREE, province=province, out_of_town=1, in_town_over_8h=1, training=1
    )
    references.UnitCost.objects.create(**CODED, unit="OH", amount=1, nature="ceiling")
    references.Holiday.objects.create(
        day=date(2050, 7, 1), name_indonesian="Uji", name_en="Test", kind="national", source="uji"
    )
    for model in (
        references.Account, references.EconomicActivity, references.OutputCode,
        references.DailyAllowance, references.UnitCost, references.Holiday,
    ):  # fmt: skip
        changed(model, source="lain")


def sampled():
    """A sample with what was found on the spot, a wrong NIK, and the signed sheet of a class."""
    make_sampling.seats()
    check = make_sampling.drawn()
    make_sampling.visit(make_sampling.unit(check), "absent")
    NumberCorrection.objects.create(
        person=Person.objects.first(), key_before="0" * 64, nik_key="1" * 64, why="Salah ketik",
        by=cast.provincial_officer(),
    )  # fmt: skip
    make_delivery.attendance_file(make_delivery.session(make_delivery.cohort()))
