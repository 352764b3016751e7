"""The pages of revisions: what they say, whom they let act, what they refuse."""

import io

import openpyxl
import pytest
from django.urls import reverse

from pulih.budget.models import BudgetLine, LineDetail
from pulih.revisions import actions
from pulih.revisions.actions import DraftLine
from pulih.revisions.models import Revision
from tests.make import budget as make_budget
from tests.make import revisions as make
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
DAY = "2020-06-15"


@made_once
def lines():
    return make.two_lines()


@pytest.fixture
def visit(client):
    def get(name, *arguments, by=None, **query):
        client.force_login(by or cast.provincial_officer())
        return client.get(reverse(name, args=arguments), {"per": DAY, **query})

    return get


@pytest.fixture
def send(client):
    def post(name, *arguments, by=None, **values):
        client.force_login(by or cast.provincial_officer())
        return client.post(reverse(name, args=arguments), values)

    return post


def typed(form_page, **changed):
    fields = form_page.context["form"]
    values = {name: fields[name].value() for name in fields.fields}
    return {name: "" if value is None else value for name, value in {**values, **changed}.items()}


def test_a_revision_is_typed_checked_and_saved(visit, send, lines):
    one, _other = lines
    address = (one.unit_id, 2020)
    values = typed(
        visit("revisions:new", *address),
        **{"title": "Geser", f"after_{one.pk}": "700", "key_0": "3038.001.051.A.521241"},
        amount_0="200",
    )
    checked = send("revisions:sum", *address, **values).content.decode()
    assert "+100" in checked
    assert not Revision.objects.exists()
    again = send("revisions:new", *address, **values, check="1")
    assert again.status_code == 200
    refused = send("revisions:new", *address, **values)
    assert "harus diseimbangkan" in refused.content.decode()
    saved = send("revisions:new", *address, **{**values, "amount_0": "300"})
    assert saved.status_code == 303
    revision = Revision.objects.get()
    page = visit("revisions:revision", revision.pk).content.decode()
    assert "KPA" in page
    assert "521241" in page
    assert "style=" not in page


def test_a_text_that_no_database_keeps_is_a_fault_of_its_field(visit, send, lines):
    one, _other = lines
    address = (one.unit_id, 2020)
    new = {"key_0": "3038.001.051.A.521241", "amount_0": "300", "detail_0": "kain\0masker"}
    values = typed(visit("revisions:new", *address), title="Geser", **new)
    for name in ("revisions:sum", "revisions:new"):
        assert send(name, *address, **values).status_code == 200
    assert not Revision.objects.exists()


def test_the_way_of_a_revision_through_its_page(visit, send, lines):
    planner = cast.planner()
    revision = make.draft(DraftLine(900, lines[0].pk), DraftLine(600, lines[1].pk))
    assert send("revisions:propose", revision.pk).status_code == 303
    decision = {"office": "KPA", "letter_number": "S-9/2020", "letter_date": "2020-06-18"}
    assert send("revisions:approve", revision.pk, by=planner, **decision).status_code == 303
    answer = send("revisions:force", revision.pk, by=planner, effective_on="2020-06-22")
    assert answer.status_code == 303
    assert BudgetLine.objects.get(pk=lines[0].pk).ceiling == 900
    page = visit("revisions:revision", revision.pk).content.decode()
    assert "S-9/2020" in page
    assert "22 Jun 2020" in page


def test_a_refused_step_says_why_on_the_page(visit, send, lines):
    revision = make.draft(DraftLine(250, lines[0].pk), DraftLine(1_250, lines[1].pk))
    assert "Rp100" in visit("revisions:revision", revision.pk).content.decode()
    answer = send("revisions:propose", revision.pk)
    assert answer.status_code == 200
    assert "diblokir" in answer.content.decode()
    bare = send("revisions:withdraw", revision.pk)
    assert bare.status_code == 200
    assert Revision.objects.get().state == "draft"


def test_the_list_says_who_must_act(visit, lines):
    revision = make.draft(DraftLine(900, lines[0].pk), DraftLine(600, lines[1].pk))
    stranger = cast.provincial_officer("Bali")
    assert "satuan kerja" in visit("revisions:list").content.decode()
    actions.propose(revision, by=cast.provincial_officer())
    assert "KPA: " in visit("revisions:list", state="proposed").content.decode()
    assert "Geser untuk" not in visit("revisions:list", state="returned").content.decode()
    exported = visit("revisions:list", format="csv").getvalue().decode()
    assert "diajukan" in exported
    assert (
        "Geser untuk"
        not in visit("revisions:list", state="returned", format="csv").getvalue().decode()
    )
    assert visit("revisions:revision", revision.pk, by=stranger).status_code == 404
    assert "Geser untuk" not in visit("revisions:list", by=stranger).content.decode()


def test_the_matrix_adds_up_in_every_format(visit, lines):
    one, other = lines
    LineDetail.objects.create(
        line=one, province=one.province, position=1, text="=Kain", volume=10, unit="m",
        unit_cost=60, rupiah=600,
    )  # fmt: skip
    revision = make.draft(DraftLine(700, one.pk), DraftLine(800, other.pk))
    auditor = cast.auditor()
    sheet = openpyxl.load_workbook(
        io.BytesIO(visit("revisions:revision", revision.pk, format="xlsx").content), data_only=True
    ).worksheets[1]
    rows = list(sheet.values)
    (total,) = [row for row in rows if row[0] == "Jumlah"]
    assert (total[5], total[9], total[10]) == (1_500, 1_500, 0)
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=Kain"]
    assert [cell.data_type for cell in cells] == ["s"]
    details = [row for row in rows if row[5] in (600, 400) or row[9] in (600, 400, -300)]
    assert sum(row[9] or 0 for row in details) == 700
    assert visit("revisions:revision", revision.pk, format="pdf").content.startswith(b"%PDF-")
    lines_of_csv = visit("revisions:revision", revision.pk, format="csv").getvalue().decode()
    assert "521211" in lines_of_csv
    assert visit("revisions:revision", revision.pk, by=auditor, format="xlsx").status_code == 200


def test_rows_of_a_line_are_typed(visit, send, lines):
    revision = make.draft(DraftLine(900, lines[0].pk), DraftLine(600, lines[1].pk))
    movement = revision.movements.get(line=lines[1])
    assert visit("revisions:details", movement.pk).status_code == 200
    values = {"text_0": "Narasumber", "volume_0": "2", "unit_0": "OJ", "unit_cost_0": "1.000.000"}
    refused = send("revisions:details", movement.pk, **values)
    assert "berjumlah" in refused.content.decode()
    assert (
        send("revisions:details", movement.pk, **{**values, "unit_cost_0": "300"}).status_code
        == 303
    )
    movement.refresh_from_db()
    assert movement.rows_after[0]["rupiah"] == 600


def test_remapping_asks_whom_the_spending_is_for(visit, send, lines):
    one, _other = lines
    page = visit("revisions:remap", one.unit_id, 2020).content.decode()
    assert "keperluan kantor sendiri" in page
    assert "521131" in page
    made = send("revisions:remap", one.unit_id, 2020, on=DAY, **{f"to_{one.pk}": "521241"})
    assert made.status_code == 303
    assert Revision.objects.get().kind == "remap"
    none = send("revisions:remap", one.unit_id, 2020, on=DAY)
    assert none.status_code == 200


def test_a_remapping_sent_twice_is_one_draft(visit, send, lines):
    one, _other = lines
    token = visit("revisions:remap", one.unit_id, 2020).context["token"]
    sent = {"on": DAY, f"to_{one.pk}": "521241", "token": token}
    first, again = (send("revisions:remap", one.unit_id, 2020, **sent) for _ in range(2))
    assert first.url == again.url
    assert Revision.objects.count() == 1
    other = send("revisions:remap", one.unit_id, 2020, **{**sent, "token": "\0 nonsense"})
    assert other.url != first.url


def test_page_three_is_even_until_somebody_states_it(visit, send, lines):
    unit, auditor = lines[0].unit_id, cast.auditor()
    page = visit("revisions:cash-plan", unit, 2020)
    assert "rata" in page.content.decode()
    values = typed(page, **{f"m_52_{month}": "125" for month in range(1, 13)})
    assert send("revisions:cash-plan", unit, 2020, **values).status_code == 303
    assert "diketik" in visit("revisions:cash-plan", unit, 2020).content.decode()
    assert send("revisions:cash-plan", unit, 2020, **{**values, "m_52_1": "1"}).status_code == 200
    assert send("revisions:cash-plan", unit, 2020, by=auditor, **values).status_code == 403


def test_rows_above_their_standard_are_listed(visit, lines):
    line = make_budget.line(key="3038.001.052.A.522151", ceiling=2_000_000)
    stranger = cast.provincial_officer("Bali")
    LineDetail.objects.create(
        line=line, province=line.province, position=1, text="Bicara masker narasumber", volume=2,
        unit="OJ", unit_cost=1_000_000, rupiah=2_000_000,
    )  # fmt: skip
    page = visit("budget:standards").content.decode()
    assert "Bicara masker narasumber: Rp1.000.000 melebihi batas tertinggi" in page
    assert b"".join(visit("budget:standards", format="csv").streaming_content)
    assert "Bicara masker" not in visit("budget:standards", by=stranger).content.decode()


def test_english_is_complete_where_it_is_asked(client, lines):
    revision = make.draft(DraftLine(900, lines[0].pk), DraftLine(600, lines[1].pk))
    client.force_login(cast.provincial_officer())
    client.cookies["pulih_language"] = "en"
    page = client.get(
        reverse("revisions:revision", args=[revision.pk]), {"per": DAY}
    ).content.decode()
    assert "must approve" in page
    assert "An estimate" in page


def test_a_line_shows_the_rows_it_is_made_of(visit, lines):
    one, _other = lines
    LineDetail.objects.create(
        line=one, province=one.province, position=1, text="Kain katun", volume="12.5", unit="m",
        unit_cost=80, rupiah=1_000,
    )  # fmt: skip
    page = visit("budget:line", one.pk).content.decode()
    assert "Kain katun" in page
    assert "12,5" in page
    assert "SBM" not in page.partition("Kain katun")[2]


def test_a_line_says_which_of_its_rows_pass_their_standard(visit):
    line = make_budget.line(key="3038.001.052.A.522151", ceiling=2_000_000)
    LineDetail.objects.create(
        line=line, province=line.province, position=1, text="Narasumber", volume=2, unit="OJ",
        unit_cost=1_000_000, rupiah=2_000_000,
    )  # fmt: skip
    page = visit("budget:line", line.pk).content.decode()
    assert "Narasumber: Rp1.000.000 melebihi batas tertinggi SBM Rp900.000" in page


def test_a_step_that_cannot_be_taken_any_more_says_so(visit, send, lines):
    revision = make.draft(DraftLine(700, lines[0].pk), DraftLine(800, lines[1].pk))
    send("revisions:propose", revision.pk)
    answer = send("revisions:propose", revision.pk)
    assert "sehingga langkah “Ajukan” tidak dapat diambil" in answer.content.decode()


def test_the_office_reads_first_why_its_revision_came_back(visit, lines):
    revision = make.draft(DraftLine(700, lines[0].pk), DraftLine(800, lines[1].pk))
    actions.propose(revision, by=cast.provincial_officer())
    actions.return_(revision, reason="Rincian belum lengkap", by=cast.planner())
    text = visit("revisions:revision", revision.pk).content.decode()
    assert text.index("Rincian belum lengkap") < text.index('class="chip')


def test_a_unit_names_the_revision_in_force_on_the_day_and_the_next_steps(visit, lines):
    make.in_force(make.draft(DraftLine(900, lines[0].pk), DraftLine(600, lines[1].pk)))
    unit = lines[0].unit_id
    later = visit("budget:unit", unit, per="2020-06-30").content.decode()
    assert "Revisi DIPA ke-1, berlaku sejak 22 Jun 2020." in later
    assert (
        "ke-1" not in visit("budget:unit", unit).content.decode()
    )  # On the 15th it was not in force.
    steps = (
        ("revisions:new", unit, 2020), ("treasury:list",), ("treasury:imprest",),
    )  # fmt: skip
    for name, *arguments in steps:
        assert reverse(name, args=arguments) in later
    auditors = visit("budget:unit", unit, by=cast.auditor()).content.decode()
    assert reverse("revisions:new", args=[unit, 2020]) not in auditors


def test_a_year_that_had_not_begun_says_so(visit, lines):
    page = visit("budget:summary", per="2019-06-15", year="2020").content.decode()
    assert "Anggaran 2020 belum berlaku pada 15 Jun 2019." in page


def test_a_line_opened_later_is_not_among_those_of_an_earlier_day(visit, lines):
    key = "3038.001.051.A.521241"
    make.in_force(make.draft(DraftLine(900, lines[0].pk), DraftLine(100, key=key)))
    for name, *arguments in (("budget:unit", lines[0].unit_id), ("budget:lines",)):
        assert key in visit(name, *arguments, per="2020-06-30").content.decode()
        before = visit(name, *arguments, per="2020-06-21").content.decode()
        assert key not in before
        assert lines[1].line_key in before
