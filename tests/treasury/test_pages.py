"""The pages of reconciliation: what they say in both languages, who comes in, every decision."""

from datetime import date

import pytest
from django.urls import reverse

from pulih import intake
from pulih.budget.actions import commit, give_back, pay
from pulih.budget.models import Posting
from pulih.inbox import actions
from pulih.inbox.models import State
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.treasury.models import Difference, DifferenceState
from tests.make import budget as make
from tests.make import inbox
from tests.make import treasury as lists
from tests.once import made_once
from tests.people import cast
from tests.treasury.delivered import AS_OF, deliver, made, paid

pytestmark = pytest.mark.django_db
DAY = "2020-06-30"


@made_once
def officer():
    return cast.provincial_officer()


@made_once
def batch(officer):
    made(ceiling=100_000_000)
    with speaking_for(officer):
        return deliver(
            paid(), paid("2", 95_000_000), paid("3", key=lists.OTHER_KEY),
            paid("4", 80_000_000, method="UP"), by=officer,
        )  # fmt: skip


@pytest.fixture
def visit(client):
    def get(name, *arguments, by, **query):
        client.force_login(by)
        return client.get(reverse(f"treasury:{name}", args=arguments), {"per": DAY, **query})

    return get


def test_every_page_answers_in_both_languages(client, visit, batch, officer):
    one = Difference.objects.first()
    places = [
        ("list", []), ("reconciliation", [batch.pk]), ("difference", [one.pk]),
        ("imprest", []),
    ]  # fmt: skip
    for language, word in (("id", "Pencocokan"), ("en", "Reconciliation")):
        client.cookies["pulih_language"] = language
        for name, arguments in places:
            answer = visit(name, *arguments, by=officer)
            assert answer.status_code == 200, name
            text = answer.content.decode()
            assert "style=" not in text
            assert word in text, name


def test_the_list_of_differences_says_why_each_cannot_be_posted(visit, batch, officer):
    text = visit("reconciliation", batch.pk, by=officer).content.decode()
    assert "Rp5.000.000" in text
    assert lists.OTHER_KEY in text
    only = visit("reconciliation", batch.pk, by=officer, kind="line_unknown").content.decode()
    assert "200231301000101" not in only
    none = visit("reconciliation", batch.pk, by=officer, state="posted").content.decode()
    assert "200231301000101" not in none


def test_the_file_links_to_its_reconciliation(client, batch, officer):
    client.force_login(officer)
    text = client.get(reverse("inbox:batch", args=[batch.pk])).content.decode()
    assert reverse("treasury:reconciliation", args=[batch.pk]) in text


def test_an_officer_posts_explains_and_opens_again(client, batch, officer):
    client.force_login(officer)
    large = Difference.objects.get(kind="overspend")
    unknown = Difference.objects.get(document_number="3")
    post = reverse("treasury:post-difference", args=[large.pk])
    answer = client.post(reverse("treasury:post-missing", args=[batch.pk]), follow=True)
    assert "1 dokumen dibukukan" in answer.content.decode()
    assert Posting.objects.filter(document_kind="sp2d").count() == 1
    assert "kurang Rp5.000.000" in client.post(post, follow=True).content.decode()
    one = [unknown.pk]
    client.post(reverse("treasury:explain-difference", args=one), {"note": "Menunggu POK"})
    unknown.refresh_from_db()
    assert unknown.state == DifferenceState.EXPLAINED
    client.post(reverse("treasury:reopen-difference", args=one))
    unknown.refresh_from_db()
    assert unknown.state == DifferenceState.OPEN
    again = client.post(reverse("treasury:compare-again", args=[batch.pk]), follow=True)
    assert "Dicocokkan ulang" in again.content.decode()


def test_auditors_read_and_strangers_find_nothing(client, visit, batch):
    one = Difference.objects.first()
    auditor, stranger = cast.auditor(), cast.provincial_officer("Bali")
    assert visit("reconciliation", batch.pk, by=auditor).status_code == 200
    text = visit("difference", one.pk, by=auditor).content.decode()
    assert reverse("treasury:post-difference", args=[one.pk]) not in text
    assert reverse("treasury:explain-difference", args=[one.pk]) not in text
    for name in ("post-difference", "explain-difference", "reopen-difference"):
        assert client.post(reverse(f"treasury:{name}", args=[one.pk])).status_code == 403
    for name, pk in (("reconciliation", batch.pk), ("difference", one.pk)):
        assert visit(name, pk, by=stranger).status_code == 404
    assert client.post(reverse("treasury:post-missing", args=[batch.pk])).status_code == 404
    assert visit("list", by=cast.regency_officer()).status_code == 403
    assert batch.file_name not in visit("list", by=stranger).content.decode()


def test_the_imprest_page_says_what_is_above_the_limit_of_the_ceiling(visit, officer):
    made(ceiling=1)
    rows = [["2020-01-20", "UP awal", "120000000", "", "", "", "", ""]]
    heads = tuple(lists.imprest()[1])
    with speaking_for(officer):
        batch = inbox.read(*rows, heads=heads, kind="treasury", by=officer, as_of=AS_OF)
    assert batch.state == State.DONE, batch.problem_en
    text = visit("imprest", by=officer).content.decode()
    assert "UP Rp120.000.000 melebihi batas Rp100.000.000" in text


def test_the_imprest_page_names_what_is_overdue(visit, officer):
    made(ceiling=1)
    rows = [tuple(str(cell or "") for cell in row) for row in lists.imprest()[2:]]
    heads = tuple(lists.imprest()[1])
    with speaking_for(officer):
        batch = inbox.read(*rows[:3], heads=heads, kind="treasury", by=officer, as_of=AS_OF)
    assert batch.state == State.DONE, batch.problem_en
    text = visit("imprest", by=officer).content.decode()
    assert "Rp150.000.000" in text
    assert "lewat 26 hari" in text
    assert "2020" in text
    page = visit("reconciliation", batch.pk, by=officer).content.decode()
    assert "tidak dicocokkan" in page
    before = visit("imprest", by=officer, diketahui="2020-06-15").content.decode()
    assert "Rp150.000.000" not in before  # The sheet had not been sent then.


def test_a_second_pok_shows_what_it_changed(visit, officer):
    heads = ("Kode Satker", "Kode", "Pagu", "Blokir", "Komitmen", "Realisasi")
    with speaking_for(officer):
        first = ("029999", lists.KEY, "600000000", "0", "0", "0")
        other = ("029999", lists.OTHER_KEY, "100000000", "0", "0", "0")
        inbox.read(first, other, heads=heads, kind="budget", by=officer)
        changed = ("029999", lists.KEY, "550000000", "0", "5000000", "0")
        second = inbox.read(changed, other, heads=heads, kind="budget", by=officer)
    assert second.state == State.DONE, second.problem_en
    text = visit("reconciliation", second.pk, by=officer).content.decode()
    assert "5.000.000" in text
    assert "550.000.000" not in text  # A ceiling waits for its revision.
    assert lists.OTHER_KEY not in text


def round_trip(visit, kind, by, ending="xlsx", **asked):
    answer = visit("list-out", kind, by=by, format=ending, year=2020, **asked)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", ["sp2d", "realisation", "commitment"])
def test_what_is_taken_out_can_be_sent_back_without_a_difference(
    visit, tmp_path, officer, kind, ending
):
    with speaking_as_system() as system:
        line = make.line(ceiling=500_000_000)
        other = make.line(key=lists.OTHER_KEY, ceiling=90_000_000, committed=9, realised=5)
        usual = {"fiscal_year": 2020, "by": system}
        on = date(2020, 3, 2)
        commit(line.unit, {line.pk: 80_000_000}, number="SPK/1", effective_on=on, **usual)
        contract = Posting.objects.get(document_number="SPK/1")
        pay(
            line.unit, {line.pk: 30_000_000}, number="S-1", effective_on=date(2020, 4, 1),
            refers_to=contract, party="CV Contoh", method="LS", reason="Termin 1", **usual,
        )  # fmt: skip
        both = {line.pk: 1_000_000, other.pk: 2_000_000}
        pay(line.unit, both, number="S-2", effective_on=date(2020, 5, 1), method="GUP", **usual)
        paid_before = Posting.objects.get(document_number="S-2")
        give_back(
            paid_before, {other.pk: 500_000}, number="SSPB-1",
            effective_on=date(2020, 5, 20), by=system,
        )  # fmt: skip
    path = tmp_path / f"daftar.{ending}"
    path.write_bytes(round_trip(visit, kind, officer, ending))
    assert intake.read(path).kind == "treasury"
    with speaking_for(officer), path.open("rb") as file:
        delivered = actions.deliver(
            file, kind="auto", office=cast.area("Jawa Barat"), by=officer, as_of=AS_OF
        )
        back = actions.read(delivered.pk)
    assert back.state == State.DONE, back.problem_en
    assert back.effects["treasury_found"] == 0, list(Difference.objects.values())
    assert back.effects["treasury_documents"] == back.effects["treasury_agreeing"] > 0
    assert back.rejected == 0


def test_a_list_of_an_earlier_day_knows_only_what_had_happened(visit, officer, tmp_path):
    with speaking_as_system() as system:
        line = make.line(ceiling=500_000_000)
        for number, day in (("S-1", date(2020, 4, 1)), ("S-2", date(2020, 6, 20))):
            pay(line.unit, {line.pk: 10}, number=number, fiscal_year=2020, effective_on=day,
                by=system)  # fmt: skip
    path = tmp_path / "sp2d.csv"
    path.write_bytes(round_trip(visit, "sp2d", officer, "csv", per="2020-05-01"))
    assert intake.read(path).rows["sp2d_number"].to_list() == ["S-1"]
    early = round_trip(visit, "sp2d", officer, "csv", diketahui="2020-01-01").decode()
    assert "S-1" not in early
    assert visit("list-out", "imprest", by=officer, format="csv").status_code == 404


@pytest.mark.parametrize("odd", ["abc", "9" * 40, "9" * 5_000, "-1"])
def test_a_list_of_no_such_unit_is_empty_and_never_of_all(visit, officer, odd):
    with speaking_as_system() as system:
        line = make.line(ceiling=500_000_000)
        pay(line.unit, {line.pk: 10}, number="S-1", fiscal_year=2020,
            effective_on=date(2020, 4, 1), by=system)  # fmt: skip
    assert b"S-1" in round_trip(visit, "sp2d", officer, "csv", unit=line.unit_id)
    for name in ("unit", "province"):
        assert b"S-1" not in round_trip(visit, "sp2d", officer, "csv", **{name: odd})
    assert visit("imprest", by=officer, unit=odd).status_code == 404


def test_differences_can_be_exported(visit, batch, officer):
    answer = visit("reconciliation", batch.pk, by=officer, format="csv")
    text = b"".join(answer.streaming_content).decode()
    assert "200231301000101" in text
    assert "Jumlah baris: 3" in text


@pytest.mark.parametrize("odd", ["abc<b>", "2020-13-45", "a\0b", "-5", "9" * 40, ""])
def test_an_odd_filter_in_an_address_is_no_fault(visit, batch, officer, odd):
    for name in ("unit", "kind", "state", "q", "page"):
        answer = visit("reconciliation", batch.pk, by=officer, **{name: odd})
        assert answer.status_code in (200, 404), name
