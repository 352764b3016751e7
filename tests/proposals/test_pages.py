"""The pages of proposals: rounds, the editor that saves itself, the cost plan in and out."""

import io
from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pulih.lists.filters import Asked
from pulih.people.scope import speaking_for
from pulih.proposals.actions import sending
from pulih.proposals.board import board
from pulih.proposals.clocks import OFFICE
from pulih.proposals.lists import PROPOSALS
from pulih.proposals.models import CostRow, Proposal, Round
from pulih.web.as_of import today_only
from pulih.workflow import clock
from pulih.workflow.actions import appoint
from pulih.workflow.models import Step
from pulih.workflow.post_holders import post_of
from tests.make import areas
from tests.make import proposals as make
from tests.people import cast

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def office(client):
    client.force_login(cast.provincial_officer())
    return client


def url(name, *arguments):
    return reverse(f"proposals:{name}", args=arguments)


def posted(client, proposal, kind, key=0, htmx=True, **typed):
    address = (
        url("save-part", proposal.pk, kind, key) if key else url("add-part", proposal.pk, kind)
    )
    return client.post(address, typed, headers=HTMX if htmx else {})


ROW = {"text": "Honor narasumber", "account": "522151", "factors": "32 OJ", "unit_cost": "900.000"}


def test_a_planner_opens_a_round_and_an_office_begins_in_it(client):
    client.force_login(cast.planner())
    typed = {"title": "Putaran II", "fiscal_year": "2026", "opens_on": "2000-01-01"}
    wrong = client.post(url("new-round"), {**typed, "closes_on": "1999-01-01"})
    assert wrong.status_code == 200
    assert client.post(url("new-round"), {**typed, "closes_on": "2100-12-31"}).status_code == 303
    assert "Putaran II" in client.get(url("rounds")).content.decode()
    client.force_login(cast.provincial_officer())
    begun = {"round_": Round.objects.get().pk, "title": "Bimtek"}
    measure = make.Measure.objects.get(code="mask_training").pk
    answer = client.post(url("new"), {**begun, "measure": measure})
    proposal = Proposal.objects.get()
    assert answer.headers["Location"] == url("edit", proposal.pk)
    assert client.get(url("edit", proposal.pk)).status_code == 200
    assert proposal.number in client.get(url("list")).content.decode()


def test_a_row_saves_itself_and_says_what_will_not_pass(office):
    proposal = make.draft()
    page = posted(office, proposal, "rows", **{**ROW, "unit_cost": "950.000"}).content.decode()
    row = CostRow.objects.get()
    assert row.rupiah == 32 * 950_000
    assert "Rp50.000" in page
    assert 'id="verdict"' in page
    page = posted(office, proposal, "rows", row.pk, seen="1", **ROW).content.decode()
    assert "sesuai SBM" in page
    wrong = posted(office, proposal, "rows", row.pk, seen="2", **{**ROW, "factors": "1,5 orang"})
    assert "bukan bilangan bulat" in wrong.content.decode()
    assert "1,5 orang" in wrong.content.decode()
    row.refresh_from_db()
    assert (row.version, row.unit_cost) == (2, 900_000)
    late = posted(office, proposal, "rows", row.pk, seen="1", delete="yes").content.decode()
    assert "Anda ingin menghapusnya" in late
    assert posted(office, proposal, "rows", row.pk, seen="2", delete="yes").status_code == 200
    assert not CostRow.objects.exists()


def test_a_year_that_is_over_is_said_in_the_editor(office):
    proposal = make.complete()
    over = "Tahun anggaran 2020 sudah berakhir"
    assert over in office.get(url("edit", proposal.pk)).content.decode()
    with clock.playing_at(make.SENT):
        assert over not in office.get(url("edit", proposal.pk)).content.decode()


def test_a_slip_in_the_year_hides_no_standard_unit_costs(office):
    proposal = make.complete()
    Proposal.objects.filter(pk=proposal.pk).update(starts_on=date(2019, 8, 3))
    with clock.playing_at(make.SENT):
        page = office.get(url("edit", proposal.pk)).content.decode()
    assert "bukan dalam tahun anggaran putaran ini" in page
    assert "Belum ada SBM" not in page


def test_a_clash_shows_both_and_asks(office):
    proposal = make.draft()
    row = make.row(proposal)
    posted(office, proposal, "rows", row.pk, seen="1", **{**ROW, "unit_cost": "800.000"})
    page = posted(office, proposal, "rows", row.pk, seen="1", **ROW).content.decode()
    assert "Pakai milik saya" in page
    assert "800000" in page
    assert 'name="seen" value="2"' in page
    posted(office, proposal, "rows", row.pk, htmx=False, seen="2", **ROW)
    row.refresh_from_db()
    assert row.unit_cost == 900_000


def test_checking_while_typing_saves_nothing(office):
    proposal = make.draft()
    page = office.get(url("check-row", proposal.pk), {**ROW, "account": "532111"})
    assert "nonfisik" in page.content.decode()
    assert "Baris 1 “" in page.content.decode()  # As it will be numbered.
    assert "tidak dikenal" in office.get(
        url("check-row", proposal.pk), {**ROW, "factors": "3 kambing"}
    ).content.decode()  # fmt: skip
    for cost, agrees in (("900000", True), ("900", False)):
        typed = {**ROW, "unit_cost": cost}
        checked = office.get(url("check-row", proposal.pk), typed).content.decode()
        assert ("sesuai SBM" in checked, "ribuan" in checked) == (agrees, not agrees)
    assert not CostRow.objects.exists()


def test_sections_places_and_goods_are_saved(office):
    proposal = make.draft()
    form = office.get(url("edit", proposal.pk)).context["sections"]
    typed = {bound.name: bound.value() for bound in form if bound.value() not in (None, "")}
    typed |= {"starts_on": "2020-06-22", "ends_on": "2020-06-25", "method": "Luring"}
    saved = office.post(url("save-sections", proposal.pk), typed)
    assert saved.status_code == 303
    assert Proposal.objects.get().method == "Luring"
    clash = office.post(url("save-sections", proposal.pk), {**typed, "method": "Daring"})
    assert "Pakai milik saya" in clash.content.decode()
    wrong = office.post(url("save-sections", proposal.pk), {**typed, "ends_on": "2020-06-01"})
    assert "sebelum hari pertama" in wrong.content.decode()
    place = {"regency": areas.regency().pk, "people": "20", "site": "UPT"}
    posted(office, proposal, "places", **place)
    elsewhere = {**place, "regency": areas.regency("Kab. Badung").pk}
    assert "bukan bagian Jawa Barat" in posted(
        office, proposal, "places", **elsewhere
    ).content.decode()  # fmt: skip
    good = {"text": "Masker", "quantity": "0", "unit": "buah", "receiver": "task_force"}
    assert posted(office, proposal, "goods", **good).context["new_goods"].errors
    posted(office, proposal, "goods", **{**good, "quantity": "100"})
    page = office.get(url("proposal", proposal.pk)).content.decode()
    assert "Masker" in page
    assert "UPT" in page
    assert "style=" not in page


def test_the_sheet_that_was_written_is_read_back(office):
    proposal = make.complete()
    make.row(proposal, "Uang harian diklat peserta", "521219", "20 orang × 4 hari", 110_000)
    sheet = office.get(url("cost-plan-sheet", proposal.pk))
    before = list(proposal.rows.values_list("text", "account", "counts", "units", "rupiah"))
    seen = [f"{row.pk}:{row.version}" for row in proposal.rows.all()]
    file = SimpleUploadedFile("rab.xlsx", sheet.content)
    answer = office.post(url("take-sheet", proposal.pk), {"file": file, "row": seen})
    assert answer.status_code == 303
    fields = ("text", "account", "counts", "units", "rupiah")
    assert list(proposal.rows.values_list(*fields)) == before
    stale = office.post(
        url("take-sheet", proposal.pk),
        {"file": SimpleUploadedFile("rab.xlsx", sheet.content), "row": seen},
    )
    assert "belum ada yang ditimpa" in stale.content.decode()
    paper = office.get(url("cost-plan-paper", proposal.pk))
    assert paper.content.startswith(b"%PDF-")


def test_a_wrong_sheet_names_its_cell_and_changes_nothing(office):
    proposal = make.complete()
    text = "Uraian;Perhitungan;Harga Satuan;Jumlah\nHonor;32 OJ;900.000;1.000\n"
    file = io.BytesIO(text.encode())
    file.name = "rab.csv"
    page = office.post(url("take-sheet", proposal.pk), {"file": file}).content.decode()
    assert "Sel D2" in page
    assert "Rp28.800.000" in page
    assert proposal.rows.count() == 1


def test_a_file_is_attached_and_sent_only_to_those_who_see_the_proposal(office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    proposal = make.draft()
    file = SimpleUploadedFile("survei.pdf", b"%PDF-1.7 survei")
    assert office.post(url("attach", proposal.pk), {"file": file}).status_code == 303
    kept = proposal.attachments.get()
    sent = office.get(url("attachment", proposal.pk, kept.pk))
    assert b"".join(sent.streaming_content) == b"%PDF-1.7 survei"
    assert "attachment" in sent.headers["Content-Disposition"]
    office.force_login(cast.provincial_officer("Bali"))
    assert office.get(url("attachment", proposal.pk, kept.pk)).status_code == 404
    other = make.draft()
    office.force_login(cast.provincial_officer())
    assert office.get(url("attachment", other.pk, kept.pk)).status_code == 404


def test_who_may_not_write_reads(client):
    proposal = make.complete()
    client.force_login(cast.planner())
    assert client.get(url("proposal", proposal.pk)).status_code == 200
    assert client.get(url("edit", proposal.pk)).status_code == 403
    assert posted(client, proposal, "rows", **ROW).status_code == 403
    client.force_login(cast.regency_officer())
    assert client.get(url("proposal", proposal.pk)).status_code == 403


MOST_QUERIES = 12


@pytest.mark.parametrize("person", [cast.planner, cast.provincial_officer, cast.auditor])
def test_list_search_and_board_ask_little_and_no_more_for_more_proposals(client, person):
    client.force_login(person())
    pages = [url("list"), url("list") + "?q=masker&state=draft", url("board") + "?per=2020-07-01"]
    asked = {}
    for more in (1, 2):
        for _each in range(more):
            make.complete()
        for page in pages:
            client.get(page)  # What is kept for a while is asked for now.
            with CaptureQueriesContext(connection) as queries:
                shown = client.get(page)
            assert shown.status_code == 200
            assert len(queries) <= MOST_QUERIES, [one["sql"] for one in queries]
            assert asked.setdefault(page, len(queries)) == len(queries)
    assert client.get(pages[0]).content.decode().count("32-2020-") == 3


def test_a_list_of_every_state_asks_no_more_than_one_of_drafts(client):
    make.complete(), make.sent(), make.assigned(), make.decided()
    for person in (cast.planner(), cast.provincial_officer()):
        client.force_login(person)
        for page in (url("list"), url("list") + "?q=masker", url("by-state")):
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                shown = client.get(page).content.decode()
            assert len(queries) <= MOST_QUERIES, [one["sql"] for one in queries]
            assert "disetujui" in shown
            assert page == url("by-state") or "28.800.000" in shown


def test_rows_are_counted_and_added_up_in_one_statement_or_on_the_page_itself():
    for people in (1, 2, 3):
        make.complete(people=people)
    for size, statements in ((50, 0), (2, 1)):
        listing = replace(PROPOSALS, size=size)
        asked = Asked(cast.planner(), today_only(), {})
        assert asked.person.sight.country  # Read before, as a request has it.
        with CaptureQueriesContext(connection) as queries:
            page, sums = listing.page(asked, listing.rows(asked), listing.order, "", size)
        assert (page.total, sums) == (3, {"asked": 3 * 28_800_000})
        assert sum('SUM("proposals_proposal".' in one["sql"] for one in queries) == statements
        assert len(queries) == 2 + statements  # One for who has each.


def test_a_proposal_is_answered_through_its_pages(client):
    proposal = make.complete()
    planner, second = cast.planner(), make.second_planner()
    client.force_login(proposal.made_by)
    page = client.get(url("proposal", proposal.pk)).content.decode()
    assert "Ajukan" in page
    closed = client.post(url("move", proposal.pk, "submit"), {"seen": "1"})
    assert "sudah ditutup" in closed.content.decode()
    assert proposal.title in closed.content.decode()  # On the page itself, not on one of its own.
    with clock.playing_at(make.SENT):  # As on the day of a loaded scenario.
        sent = client.post(url("move", proposal.pk, "submit"), {"seen": "1"})
    assert sent.status_code == 303
    typed = {"seen": "1", "reason": "Tempatnya < ditutup."}
    stale = client.post(url("move", proposal.pk, "withdraw"), typed).content.decode()
    assert "Tempatnya &lt; ditutup.</textarea>" in stale
    assert Proposal.objects.get(pk=proposal.pk).state == "submitted"
    client.force_login(planner)
    assert "Verifikasi" in client.get(url("proposal", proposal.pk)).content.decode()
    checklist = {
        name: "yes"
        for name in client.get(url("verify", proposal.pk)).context["form"].fields
        if name.startswith("answer_")
    }
    wrong = client.post(url("verify", proposal.pk), {"verify": "yes"})
    assert "belum dijawab" in wrong.content.decode()
    assert client.post(url("verify", proposal.pk), checklist).status_code == 303
    people = [make.reviewer(1).pk, make.reviewer(2).pk]
    assert client.post(url("assign", proposal.pk), {"reviewers": people}).status_code == 303
    for number, points in ((1, 80), (2, 76)):
        client.force_login(make.reviewer(number))
        assert "benturan" in client.get(url("review", proposal.pk)).content.decode()
        client.post(url("review", proposal.pk), {"declare": "none"})
        form = client.get(url("review", proposal.pk)).context["form"]
        weights = {f"points_{one.key}": one.weight for one in form.criteria.criteria}
        typed = {name: weight * points // 100 for name, weight in weights.items()}
        assert client.post(url("review", proposal.pk), typed).status_code == 303
    client.force_login(second)
    answer = {
        "outcome": "partly_approved", "reason": "Tarif setempat.", "cost_1": "800.000",
        "why_1": "Lebih rendah.",
    }  # fmt: skip
    more = client.post(url("decide", proposal.pk), {**answer, "cost_1": "900.001"})
    assert "lebih dari yang diusulkan" in more.content.decode()
    assert client.post(url("decide", proposal.pk), answer).status_code == 303
    client.force_login(proposal.made_by)
    page = client.get(url("proposal", proposal.pk)).content.decode()
    for words in ("Tarif setempat.", "Lebih rendah.", "disetujui sebagian", "Rp25.600.000"):
        assert words in page
    assert make.reviewer(1).name not in page
    assert "style=" not in page


@pytest.mark.parametrize(
    ("made", "who", "step"),
    [
        (make.sent, cast.planner, "proposal"),
        (make.sent, cast.planner, "verify"),
        (make.assigned, make.reviewer, "review"),
        (make.scored, make.second_planner, "decide"),
    ],
)
def test_who_answers_reads_what_was_written_and_attached(client, made, who, step):
    proposal = make.complete(background="Pesanan berhenti.")
    kept = make.survey(proposal)
    made(proposal)
    client.force_login(who())
    page = client.get(url(step, proposal.pk)).content.decode()
    assert "Pesanan berhenti." in page
    assert url("attachment", proposal.pk, kept.pk) in page


def test_whoever_has_not_signed_in_reads_of_the_board_what_a_release_says(client):
    for values in ({}, {"format": "csv"}, {"per": "2020-07-01"}):
        assert client.get(url("board"), values).headers["Location"] == "/asked/"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get(url("board")).headers["Location"] == "/en/asked/"


def test_the_board_is_for_all_officers_in_sums_and_names_nobody(client):
    make.complete()
    proposal = make.decided()
    client.force_login(cast.planner())
    page = client.get(url("board"), {"per": "2020-07-01"}).content.decode()
    assert "Jawa Barat" in page
    assert "28.800.000" in page
    assert proposal.title not in page
    assert proposal.made_by.name not in page
    rows = client.get("/api/v1/proposals/").json()
    assert rows["total"] == 2
    assert client.get("/api/v1/proposals/rounds").json()["total"] == 2


def test_the_board_names_the_newest_step_of_what_counts_in_its_year():
    sent = make.sent()
    other = make.sent(make.complete(people=1))
    earlier = make.round_(fiscal_year=2019, opens_on=date(2019, 5, 1))
    make.draft(round_of=earlier)
    with speaking_for(other.made_by):
        sending.withdraw(other, reason="Batal.", by=other.made_by)
    (row,) = board(2020)
    assert (row.asked_count, row.asked) == (1, sent.asked_rupiah)
    assert row.newest == Step.objects.of("proposal", sent.pk).latest("at").at
    assert board(2019) == []


def test_the_page_says_who_has_it_and_from_whom_that_person_took_it_over(client):
    draft = make.complete()
    post = post_of(OFFICE, draft.province)
    first, second = draft.made_by, cast.person("provincial_officer", draft.province, "budi")
    administrator = cast.administrator()
    with speaking_for(administrator):
        for person, since in ((first, date(2020, 3, 2)), (second, timezone.localdate())):
            appoint(post, person, since=since, until=None, by=administrator)
    client.force_login(first)
    page = client.get(reverse("proposals:proposal", args=[draft.pk])).content.decode()
    assert second.name in page
    assert f"diwarisi dari {first.name}" in page
