"""Activities with defaults, as tests want them: a class of five in Kab. Indramayu, June 2020."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from pulih.areas.models import Area
from pulih.budget import actions as budget
from pulih.delivery import acts as acts_of_phones
from pulih.delivery.actions import (
    activities,
    attendance,
    attendance_files,
    checks,
    comparisons,
    followups,
    goods,
    handovers,
    payments,
    photos,
    rosters,
    seats,
    selections,
)
from pulih.delivery.actions import applicants as applying
from pulih.delivery.actions import (
    mentoring as mentoring_actions,
)
from pulih.delivery.models import (
    Activity,
    Applicant,
    AttendanceFile,
    CheckResult,
    CheckRun,
    Cohort,
    ComparisonList,
    FollowUp,
    Handover,
    HandoverPhoto,
    Item,
    ListKind,
    MentoringVisit,
    Objection,
    PaymentList,
    Receiver,
    Selection,
    Session,
    SessionPhoto,
    Site,
)
from pulih.delivery.purposes import ATTENDANCE
from pulih.inbox.uploads import store
from pulih.people.links import actions as links
from pulih.people.links.models import Link
from pulih.people.links.purposes import LinkPurpose
from pulih.people.models import User
from pulih.people.scope import speaking_for
from tests.make import areas
from tests.make import budget as make_budget
from tests.make import measures as make_measures
from tests.make import proposals as make_proposals
from tests.people import cast

FIRST, LAST = date(2020, 6, 22), date(2020, 6, 25)


def activity(by: User | None = None, area: Area | None = None, **values: Any) -> Activity:
    """Make a four-day training of a province, of Jawa Barat unless `area` says otherwise."""
    usual: dict[str, Any] = {
        "title": "Bimtek masker kain",
        "measure": make_measures.measure(),
        "mode": "classroom",
        "starts_on": FIRST,
        "ends_on": LAST,
    }
    by, area = by or cast.provincial_officer(), area or areas.province()
    return activities.save_activity(Activity(), area=area, by=by, **{**usual, **values})


def site(of: Activity, regency: str = "Kab. Indramayu", by: User | None = None) -> Site:
    return activities.add_site(
        of, regency=areas.regency(regency), name="Balai latihan", address="",
        by=by or cast.provincial_officer(),
    )  # fmt: skip


def cohort(
    places: int = 5, regency: str = "Kab. Indramayu", of: Activity | None = None,
    by: User | None = None, name: str = "",
) -> Cohort:  # fmt: skip
    """Make an empty class at a site of its own."""
    by = by or cast.provincial_officer()
    found = site(of or activity(by), regency, by)
    return activities.add_cohort(found, name=name or f"Angkatan {regency}", places=places, by=by)


def link(to: Cohort) -> Link:
    """Give a trainer a link to a class, open for a day."""
    return given_link(ATTENDANCE, to.pk, to.regency)[0]


def given_link(purpose: LinkPurpose, subject: int, area: Area) -> tuple[Link, str]:
    """Give a link to a row, open for a day; return it with its address."""
    moment, by = timezone.now(), cast.provincial_officer()
    with speaking_for(by):
        return links.give(
            purpose, holder="Rahmat", subjects=[subject], area=area,
            valid_from=moment - timedelta(minutes=1), valid_to=moment + timedelta(days=1),
            by=by, now=moment,
        )  # fmt: skip


def jpeg(shade: int = 120) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (32, 24), (shade, 90, 60)).save(drawn, "JPEG")
    return drawn.getvalue()


def photo(of: Handover) -> HandoverPhoto:
    stored = store(io.BytesIO(jpeg()), "foto.jpg", ".photo")
    return HandoverPhoto.objects.create(
        handover=of, sha256=stored.sha256, size_bytes=stored.size_bytes,
        stored_name=stored.name, taken_at=timezone.now(),
    )  # fmt: skip


def session_photo(of: Session, shade: int = 90, by: User | None = None) -> SessionPhoto:
    return photos.keep(
        of, file=SimpleUploadedFile("foto.jpg", jpeg(shade)), shows="",
        by=by or cast.provincial_officer(), now=datetime(2020, 6, 22, 8, tzinfo=UTC),
    )  # fmt: skip


def item(of: Activity, name: str = "Masker kain", by: User | None = None) -> Item:
    return goods.add_item(
        of, name=name, unit="potong", standard="", by=by or cast.provincial_officer()
    )


def bought(
    what: Item, quantity: int = 500, value: int = 1_000_000, day: date = FIRST,
    payment: str = "200631304000871",
) -> None:  # fmt: skip
    goods.move(
        what, kind="bought", quantity=quantity, value=value, payment=payment, day=day,
        by=cast.provincial_officer(), today=LAST,
    )  # fmt: skip


def stocked(of: Activity, quantity: int = 500, value: int = 1_000_000) -> Item:
    """Make an item of which so many were bought."""
    made = item(of)
    bought(made, quantity, value)
    return made


def receiver(name: str = "Gugus Tugas Jawa Barat", **values: Any) -> Receiver:
    usual: dict[str, Any] = {
        "kind": "task_force", "area": areas.province(), "address": "",
        "valid_from": date(2020, 3, 23), "valid_to": date(2020, 8, 12),
    }  # fmt: skip
    by = cast.provincial_officer()
    return handovers.add_receiver(name=name, by=by, **{**usual, **values})


def handover(what: Item, quantity: int = 500, **values: Any) -> Handover:
    """Send goods on the last day of the training."""
    usual: dict[str, Any] = {
        "number": "BAST-1", "sent_on": LAST, "name": "Nur", "post": "Penelaah", "place": "Gudang",
        "by": cast.provincial_officer(), "now": datetime(2020, 6, 25, 4, tzinfo=UTC),
        "today": LAST,
    }  # fmt: skip
    given = {"receiver": None, **usual, **values}
    given["receiver"] = given["receiver"] or receiver()
    return handovers.send(what, quantity=quantity, **given)


def session(
    of: Cohort, day: date = FIRST, hours: int = 8, by: User | None = None, at: int = 8
) -> Session:
    return activities.add_session(
        of, day=day, starts_at=time(at), lesson_hours=hours, subject="Pola", video="",
        by=by or cast.provincial_officer(),
    )  # fmt: skip


def nik(number: int, regency_code: str = "3212", woman: bool = True) -> str:
    """Return a NIK that could be somebody's; nobody has these invented ones."""
    return f"{regency_code}15{51 if woman else 11}0187{number:04}"


def roster(number: int, first: int = 1) -> str:
    """Return a list of so many women, one a line, with NIK."""
    return "\n".join(f"Peserta {n}\t{nik(n)}\tP\tEretan" for n in range(first, first + number))


def seated(of: Cohort, number: int = 5, first: int = 1, by: User | None = None) -> list[Any]:
    return rosters.seat_list(
        of, roster(number, first), by=by or cast.provincial_officer(), today=FIRST
    )


def applicants(
    of: Activity, number: int = 3, first: int = 1, regency: str = "Kab. Indramayu",
    by: User | None = None,
) -> list[Applicant]:  # fmt: skip
    """Let so many women of a regency apply, by a pasted list."""
    applying.add_list(
        of, regency=areas.regency(regency), people=roster(number, first),
        by=by or cast.provincial_officer(), today=FIRST,
    )  # fmt: skip
    return list(Applicant.objects.filter(activity=of).order_by("pk"))


def listed(
    kind: str, numbers: Iterable[str] = (), day: date = FIRST, covers: Sequence[str] = (),
    by: User | None = None, is_part: bool = False, **row: str,
) -> ComparisonList:  # fmt: skip
    """Deliver a list of numbers to compare people with; of the country unless `covers` is said."""
    return comparisons.take_in(
        kind=kind, source="Contoh", as_of=day, covers=[areas.province(one) for one in covers],
        rows=[{"nik": one, **row} for one in numbers], content=b"", by=by or cast.planner(),
        now=datetime(2020, 6, 22, 4, tzinfo=UTC), today=LAST, is_part=is_part,
    )  # fmt: skip


def all_lists(numbers: Iterable[str] = (), day: date = FIRST) -> None:
    """Deliver every kind of list: empty ones, and a registry that knows these numbers."""
    for kind in ListKind.values:
        is_registry = kind == ListKind.CIVIL_REGISTRY
        listed(kind, numbers if is_registry else (), day, status="match" if is_registry else "")


def checked(of: Activity, stage: str = "selection", by: User | None = None) -> CheckRun:
    return checks.run(
        of, stage=stage, by=by or cast.provincial_officer(),
        now=datetime(2020, 6, 22, 4, tzinfo=UTC), today=FIRST,
    )  # fmt: skip


def objection(to: CheckResult, check: str = "deceased", by: User | None = None) -> Objection:
    return checks.object_to(
        to, check=check, said="Saya masih hidup", by=by or cast.provincial_officer(),
        now=datetime(2020, 6, 22, 4, tzinfo=UTC), today=FIRST,
    )  # fmt: skip


def drawn(of: Activity, by: User | None = None) -> Selection:
    """Publish criteria, freeze a list of nobody, and draw its seed."""
    by, moment = by or cast.provincial_officer(), datetime(2020, 6, 22, 4, tzinfo=UTC)
    made = selections.publish(
        of, severity_percent=100, laid_off_points=0, disability_points=0, office_percent=100,
        by=by, now=moment,
    )  # fmt: skip
    Selection.objects.filter(pk=made.pk).update(
        digest="0" * 64, frozen_at=moment, frozen_by=by, seed="46-13", witness="Camat",
        other_witness="Kepala Desa", drawn_at=moment + timedelta(minutes=1), drawn_by=by,
    )  # fmt: skip
    return made


ALLOWANCE = ("Uang harian diklat peserta", "521219", "5 orang × 2 hari", 110_000)
MATERIAL = ("Paket bahan", "521211", "5 paket", 400_000)
TEACHING = ("Honor narasumber", "522151", "2 orang × 8 jam", 900_000)
HELPING = ("Instruktur pendamping", "522151", "1 orang × 2 hari", 150_000)


def funded(
    by: User | None = None, *, more: Sequence[Any] = (), surveyed: Sequence[Any] = (), **values: Any
) -> Activity:
    """Make an activity whose proposal was approved and has its money set aside on its lines.

    more: further rows of its cost plan; surveyed: those of which a survey tells three prices.
    """
    by = by or cast.provincial_officer()
    proposal = make_proposals.draft(class_size=1, measure=values.pop("measure", "mask_training"))
    make_proposals.row(proposal, *ALLOWANCE)
    prices = {"prices": [390_000, 400_000, 410_000], "survey": make_proposals.survey(proposal)}
    for row in (MATERIAL, *surveyed):
        make_proposals.row(proposal, *row, **prices)
    for row in more:
        make_proposals.row(proposal, *row)
    make_proposals.place(proposal, people=1)
    proposal = make_proposals.decided(make_proposals.again(proposal))
    component = 51 + next(make_budget.numbers) % 900
    rows = list(proposal.decision.rows.all())
    lines = {
        account: make_budget.line(key=f"3038.001.{component:03}.P.{account}", ceiling=50_000_000)
        for account in {one.account: None for one in rows}
    }
    amounts = {
        line.pk: sum(one.rupiah for one in rows if one.account == account)
        for account, line in lines.items()
    }
    unit = lines[ALLOWANCE[1]].unit
    budget.reserve(
        unit, amounts, number=f"CAD-{proposal.number}", fiscal_year=2020, by=make_budget.system(),
        subject=budget.Subject("proposals", proposal.number, proposal.title),
        effective_on=date(2020, 6, 15),
    )  # fmt: skip
    usual = {"decree_number": "SK-1", "decree_on": FIRST, "measure": proposal.measure}
    return activity(by, proposal=proposal, unit=unit, **{**usual, **values})


def attended(of: Cohort, absent: Sequence[tuple[int, int]] = ()) -> None:
    """Mark everybody present in every session, but `absent`: (number of the list, nth session)."""
    sessions = list(of.sessions.order_by("day"))
    acts = [
        {
            "number": place + 1 + n * 1_000, "session": one.pk, "participant": who.pk,
            "presence": "absent" if (who.number, n) in absent else "present",
            "pressed_at": datetime(2020, 6, 25, 10, tzinfo=UTC).isoformat(),
        }
        for n, one in enumerate(sessions)
        for place, who in enumerate(of.participants.seated().order_by("number"))
    ]  # fmt: skip
    moment = datetime(2020, 6, 25, 10, tzinfo=UTC)
    sent = acts_of_phones.ActsIn(device=f"phone-{of.pk:06}", sent_at=moment, acts=acts)
    attendance.take(of, sent, by=cast.provincial_officer(), now=moment)


def attendance_file(
    of: Session, text: str = "Nama,Hadir\nPeserta 1,ya\n", name: str = "hadir.csv",
    least_minutes: int = 60,
) -> AttendanceFile:  # fmt: skip
    """Take in a file about a session, on its evening."""
    return attendance_files.take_in(
        of, file=SimpleUploadedFile(name, text.encode()), least_minutes=least_minutes,
        by=cast.provincial_officer(), now=datetime(2020, 6, 25, 10, tzinfo=UTC),
    )  # fmt: skip


def payable(people: int = 5, absent: Sequence[tuple[int, int]] = (), **values: Any) -> Activity:
    """Make a funded activity whose class came, has its seats, and passed every check."""
    found = seated_class(people, **values)
    came(found, absent)
    return found


def seated_class(people: int = 5, **values: Any) -> Activity:
    """Make a funded activity whose class has its seats, before its two days."""
    found = funded(**values)
    of = cohort(people, of=found)
    session(of)
    session(of, LAST)
    seated(of, people)
    seats.claim(found, by=cast.provincial_officer(), today=FIRST)
    return found


def came(to: Activity, absent: Sequence[tuple[int, int]] = ()) -> None:
    """Let the class of `seated_class` come, but `absent`, and pass every check."""
    of = to.cohorts.get()
    attended(of, absent)
    all_lists([nik(one.number) for one in of.participants.order_by("number")])
    checked(to, "payment")
    waived(to)


def waived(of: Activity, check: str = "size", stage: str = "payment") -> None:
    """Let a planner waive what a check could not tell about anybody."""
    checks.waive_all(
        of, stage=stage, check=check, reason="bukan pemilik IKM", by=cast.planner(),
        now=datetime(2020, 6, 22, 5, tzinfo=UTC),
    )  # fmt: skip


def payment_list(of: Activity, **values: Any) -> PaymentList:
    row = of.proposal.decision.rows.get(text=ALLOWANCE[0])
    usual = {"number": f"DN-{next(make_budget.numbers)}", "by": cast.provincial_officer(),
             "today": LAST}  # fmt: skip
    return payments.make_list(of, row, **{**usual, **values})


def followed_up(of: Activity, today: date = date(2020, 9, 28)) -> FollowUp:
    """Ask those who completed a training after three months; return the first one."""
    moment = datetime(2020, 9, 28, 3, tzinfo=UTC)
    followups.open_rounds([of], by=cast.provincial_officer(), now=moment, today=today)
    return FollowUp.objects.filter(round__cohort__activity=of).earliest("pk")


def mentoring(of: Cohort, planned_on: date = date(2020, 7, 6), **values: Any) -> MentoringVisit:
    """Plan a visit to a class in the week after its training."""
    usual: dict[str, Any] = {
        "participant": None, "mentor": "Yuni, penyuluh", "purpose": "Melihat jahitan di rumah",
        "by": cast.provincial_officer(), "now": datetime(2020, 6, 26, 4, tzinfo=UTC),
        "today": date(2020, 6, 26),
    }  # fmt: skip
    return mentoring_actions.plan(of, planned_on=planned_on, **{**usual, **values})
