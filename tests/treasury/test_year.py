"""One year of a unit through its pages: DIPA, imprest, contract, revision, closing, next year."""

from datetime import date

import pytest
from django.urls import reverse

from pulih.audit import reconcile as audit
from pulih.budget import actions as budget_actions
from pulih.budget import reconcile as budget
from pulih.budget.models import BudgetLine, Posting
from pulih.people.models import Role
from pulih.people.scope import speaking_for
from pulih.treasury.models import FiledMonth
from pulih.treasury.reads import taxes
from pulih.treasury.reads.books import books_of
from pulih.treasury.reads.supporting import missing_of
from pulih.treasury.rules import checklist
from tests.budget.test_bad_input import said_by
from tests.make import budget as make
from tests.make import inbox
from tests.make import revisions as make_revisions
from tests.people import cast

pytestmark = pytest.mark.django_db
LEVELS = {2020: {"Output": "001"}, 2021: {"KRO": "ABO", "RO": "001"}}  # Below the activity.
UP = 50_000_000
POSTS = ("kpa", "ppk", "ppspm", "treasurer")


def opened(year, *ceilings):
    """Deliver the POK of a year, goods first and professional services second."""
    usual = {
        "Tahun Anggaran": str(year), "Kode Satker": "029999", "Nama Satker": "Disperindag",
        "Kewenangan": "DK", "Sumber Dana": "RM", "Kegiatan": "3038", **LEVELS[year],
        "Komponen": "051", "Subkomponen": "A", "Uraian": "Bahan",
    }  # fmt: skip
    accounts = zip(("521211", "522151"), ceilings, strict=True)
    rows = [usual | {"Akun": account, "Pagu": rupiah} for account, rupiah in accounts]
    heads = tuple(rows[0])
    by = cast.provincial_officer()
    with speaking_for(by):
        batch = inbox.read(
            *(tuple(row.values()) for row in rows), kind="budget", heads=heads, by=by,
            as_of=date(year, 1, 2),
        )  # fmt: skip
    assert batch.effects.get("budget_lines_new") == 2, (batch.problem_en, batch.effects)
    return list(BudgetLine.objects.filter(fiscal_year=year).order_by("account"))


@pytest.fixture
def officers():
    """Four people of one unit, appointed by a fifth."""
    unit = make.unit()
    found = {}
    for post in POSTS:
        person = cast.person(Role.PROVINCIAL_OFFICER, cast.area("Jawa Barat"), f"{post}-satu")
        budget_actions.appoint(
            person, unit=unit, post=post, decree="SK-1", valid_from=date(2020, 1, 2),
            by=make.system(),
        )  # fmt: skip
        found[post] = person
    return found


@pytest.fixture
def press(client, officers):
    """Send a form of a page as who holds a post; it is taken, or the page says why not."""

    def send(who, name, *arguments, refused="", **typed):
        client.force_login(officers.get(who) or cast.planner())
        answer = client.post(reverse(name, args=arguments), typed)
        if refused:
            assert refused in answer.content.decode()
        else:
            assert answer.status_code == 303, (name, said_by(answer))

    return send


def newest(kind):
    return Posting.objects.filter(document_kind=kind).latest("id")


def pay(press, line, document, rupiah, method, day, number, payee="vat_body"):
    """Lead an SPP to its SP2D: papers and taxes by the PPK, SPM by the PPSPM, SP2D paid."""
    ticked = [one.key for one in checklist.items_on(day, method)]
    request = newest("spp")
    rule = taxes.suggested(request, payee, None, has_number=True)
    press("ppk", "treasury:state-taxes", request.pk, payee=payee, has_number="on",
          **{one.tax: one.rupiah for one in rule})  # fmt: skip
    if papers := missing_of(request):
        press("ppk", "treasury:name-papers", request.pk,
              **{f"number_{one.code}": f"BA-{number}" for one in papers},
              **{f"dated_{one.code}": day for one in papers})  # fmt: skip
    press("ppspm", "treasury:examine", request.pk, ticked=ticked, number=f"{number}/SPM",
          effective_on=day, taxes=request.withholdings.get().edition)  # fmt: skip
    press("treasurer", "budget:pay", newest("spm").pk, number=f"{number}/SP2D", effective_on=day,
          party=document, **{f"line_{line.pk}": rupiah})  # fmt: skip


def spent(press, goods, fees):
    """Plan the cash, make a contract, pay and withdraw as half a year does; return the contract."""
    unit = goods.unit
    plan = {f"m_52_{month}": 800_000_000 // 10 if month > 2 else 0 for month in range(1, 13)}
    press("", "revisions:cash-plan", unit.pk, 2020, **plan)
    press("treasurer", "treasury:move-cash", unit.pk, 2020, kind="up_in", rupiah=UP,
          day="2020-01-20", number="200101")  # fmt: skip
    press("ppk", "budget:commit-line", goods.pk, number="SPK-1", rupiah="300.000.000",
          party="CV Sari Mekar", effective_on="2020-02-03")  # fmt: skip
    contract = newest("commitment")
    press("ppk", "budget:request-payment", contract.pk, number="1/SPP", method="LS",
          party="CV Sari Mekar", effective_on="2020-03-02",
          **{f"line_{goods.pk}": "100.000.000"})  # fmt: skip
    pay(press, goods, "CV Sari Mekar", "100.000.000", "LS", date(2020, 3, 4), "1")
    press("treasurer", "treasury:move-cash", unit.pk, 2020, kind="withdrawal", rupiah=10_000_000,
          day="2020-03-05", number="CEK 1")  # fmt: skip
    press("ppk", "budget:request-imprest", fees.pk, number="2/SPP", method="GUP", rupiah=UP // 2,
          party="Bendahara", effective_on="2020-04-01")  # fmt: skip
    pay(press, fees, "Bendahara", UP // 2, "GUP", date(2020, 4, 3), "2", payee="exempt")
    return contract


def revised(press, goods, fees):
    """Move money by a revision, block some, and take a part of a payment back."""
    revision = make_revisions.draft(
        make_revisions.DraftLine(550_000_000, goods.pk),
        make_revisions.DraftLine(250_000_000, fees.pk),
        judged_on=date(2020, 6, 15),
    )  # fmt: skip
    press("kpa", "revisions:propose", revision.pk)
    press("", "revisions:approve", revision.pk, office="KPA", letter_number="S-1",
          letter_date="2020-06-18")  # fmt: skip
    press("", "revisions:force", revision.pk, effective_on="2020-06-22")
    press("", "budget:hold-line", fees.pk, kind="block", office="DJA", rupiah="20.000.000",
          number="S-9/AG", effective_on="2020-07-01", reason="Hemat")  # fmt: skip
    paid = newest("sp2d")
    press("treasurer", "budget:return-payment", paid.pk, number="SSPB-1",
          effective_on="2020-08-03", reason="Sisa",
          **{f"line_{fees.pk}": "1.000.000"})  # fmt: skip
    return revision, paid


def closed(press, client, contract, goods, fees):
    """Account for the imprest, be refused what comes too late, and file the books of the year."""
    unit = goods.unit
    press("ppk", "budget:request-imprest", fees.pk, number="3/SPP", method="NIHIL", rupiah=UP // 5,
          party="Bendahara", effective_on="2020-12-14")  # fmt: skip
    pay(press, fees, "Bendahara", UP // 5, "NIHIL", date(2020, 12, 16), "3", payee="exempt")
    late = {"number": "4/SPP", "method": "LS", "party": "CV Sari Mekar"}
    press("ppk", "budget:request-payment", contract.pk, effective_on="2020-12-22",
          refused="paling lambat 21 Des 2020", **late,
          **{f"line_{goods.pk}": "1.000.000"})  # fmt: skip
    for month in range(1, 12):
        press("treasurer", "treasury:file-month", unit.pk, 2020, month)
    december = reverse("treasury:book", args=[unit.pk, 2020, 12])
    nil = "nihil pada akhir tahun"
    assert nil in client.get(december).content.decode()
    for kind, rupiah, number in (("deposit", 10_000_000, "2"), ("up_out", UP - UP // 5, "3")):
        press("treasurer", "treasury:move-cash", unit.pk, 2020, kind=kind, rupiah=rupiah,
              day="2020-12-30", number=number)  # fmt: skip
    assert nil not in client.get(december).content.decode()
    press("treasurer", "treasury:file-month", unit.pk, 2020, 12)
    assert FiledMonth.objects.count() == 12
    assert {
        name: one.closing for name, one in books_of(unit, 2020)[11].sums.items()
    } == dict.fromkeys(("held", "bank", "cash", "imprest", "tax", "direct"), 0)


def carried_over(press, contract, fees, paid):
    """Open the next year, carry the contract over, pay it, and return nothing into the old one."""
    after, _fees = opened(2021, "400.000.000", "100.000.000")
    press("ppk", "budget:carry-over", contract.pk, to=after.pk, rupiah="200.000.000",
          number="ADD-1", effective_on="2021-01-04")  # fmt: skip
    press("ppk", "budget:request-payment", newest("commitment").pk, number="1/SPP", method="LS",
          party="CV Sari Mekar", effective_on="2021-01-11",
          **{f"line_{after.pk}": "200.000.000"})  # fmt: skip
    pay(press, after, "CV Sari Mekar", "200.000.000", "LS", date(2021, 1, 13), "1")
    press("treasurer", "budget:return-payment", paid.pk, number="SSPB-2",
          effective_on="2021-01-20", reason="Sisa", refused="tidak berlaku pada 20 Jan 2021",
          **{f"line_{fees.pk}": "1.000"})  # fmt: skip
    return after


def test_a_year_from_its_dipa_to_the_next_years(press, client, officers):
    goods, fees = opened(2020, "600.000.000", "200.000.000")
    contract = spent(press, goods, fees)
    revision, paid = revised(press, goods, fees)
    closed(press, client, contract, goods, fees)
    after = carried_over(press, contract, fees, paid)
    goods.refresh_from_db()
    after.refresh_from_db()
    assert (goods.committed, goods.realised) == (100_000_000, 100_000_000)
    assert (after.committed, after.realised) == (200_000_000, 200_000_000)
    budget_actions.seal()
    assert [str(one) for one in (*budget.messages(), *audit.messages())] == []
    papers(client, goods.unit, revision)


def papers(client, unit, revision):
    """Print what the year leaves: every paper and workbook, for both years where there are two."""
    client.force_login(cast.planner())
    of = {"unit": unit.pk}
    wanted = [
        (reverse("revisions:revision", args=[revision.pk]), {"format": form})
        for form in ("pdf", "xlsx")
    ]
    for year in (2020, 2021):
        seen = of | {"year": year, "per": f"{year}-12-31"}
        wanted += [(reverse("revisions:dipa-out"), seen), (reverse("budget:pok-out"), seen)]
        wanted += [
            (reverse("revisions:plans-out"), seen | {"format": form}) for form in ("pdf", "xlsx")
        ]
    for month in (3, 12):
        wanted += [
            (reverse("treasury:book-file", args=[unit.pk, 2020, month, form]), {})
            for form in ("book", "pdf", "xlsx")
        ]
    for address, query in wanted:
        answer = client.get(address, query)
        assert answer.status_code == 200, address
        assert answer["Content-Type"].startswith("application/"), address
