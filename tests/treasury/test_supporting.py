"""No SPM before the papers that the accounts of an SPP ask for, or why one is not there."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pulih.common.errors import Refusal
from pulih.people.scope import speaking_for
from pulih.treasury import actions
from pulih.treasury.documents.payment import values
from pulih.treasury.reads.papers import papers_of
from pulih.treasury.reads.supporting import checklist_of, missing_of
from tests.make import budget as make
from tests.make import ledger
from tests.once import made_once

pytestmark = pytest.mark.django_db
DAY = ledger.DAY
TICKED = {"ticked": ledger.TICKED, "number": "00007", "effective_on": DAY.isoformat()}


@made_once
def line():
    return make.line(key="3038.001.051.A.522151", ceiling=100_000_000)


@made_once
def officers(line):
    return {post: ledger.officer(line, post) for post in ("ppk", "ppspm", "treasurer")}


@made_once
def request_(line, officers):
    asked = ledger.asked(line, 2_000_000, by=officers["ppk"], party="Narasumber", method="GUP")
    ledger.taxed(asked, officers["ppk"])
    return asked


def named(request, by, *papers):
    with speaking_for(by):
        return actions.name_papers(request, [actions.NamedPaper(*one) for one in papers], by=by)


def ordered(request, by):
    with speaking_for(by):
        return actions.examine(
            request, ticked=[*ledger.TICKED, "receipts"], number="1",
            effective_on=DAY, by=by,
        )  # fmt: skip


def codes(request):
    return [one.code for one in missing_of(request)]


def test_no_payment_is_ordered_while_a_paper_is_neither_there_nor_excused(request_, officers):
    wanted = codes(request_)
    assert len(wanted) == 7
    with pytest.raises(Refusal, match=r"Supporting papers are missing: .*Tax payment slip"):
        ordered(request_, officers["ppspm"])
    rest = [(code, "1", DAY) for code in wanted if code != "speaker_request"]
    named(request_, officers["ppk"], *rest)
    with pytest.raises(Refusal, match="missing: Decree naming the speakers, or letter"):
        ordered(request_, officers["ppspm"])
    named(request_, officers["ppk"], ("speaker_request", "", None, "Narasumber dari dinas"))
    assert ordered(request_, officers["ppspm"]).is_new


def test_what_was_named_wrong_is_taken_back_and_the_newest_counts(request_, officers):
    ppk = officers["ppk"]
    named(request_, ppk, ("tax_slip", "SSP 1", DAY))
    named(request_, ppk, ("tax_slip", "SSP 2", DAY))
    (slip,) = [one for one in checklist_of(request_) if one.code == "tax_slip"]
    assert (slip.number, slip.is_there) == ("SSP 2", True)
    named(request_, ppk, ("tax_slip",))
    assert "tax_slip" in codes(request_)
    assert named(request_, ppk, ("tax_slip", " ", None, " ")) == []
    assert list(request_.supporting_papers.values_list("edition", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        (("tax_slip", "SSP 1"), "Isi nomor dan tanggal “Bukti setor pajak"),
        (("tax_slip", "", DAY), "Isi nomor dan tanggal"),
        (("tax_slip", "SSP 1", DAY, "Tidak ada"), "sudah bernomor, jadi ada"),
        (("tax_slip", "SSP 1", timezone.localdate() + timedelta(2)), "belum tiba"),
        (("contract", "SPK 1", DAY), "bukan dokumen dalam daftar"),
    ],
)
def test_a_paper_that_does_not_fit_is_refused_whole(request_, officers, paper, said):
    with pytest.raises(Refusal, match=said):
        named(request_, officers["ppk"], ("material_or_minutes", "1", DAY), paper)
    assert not request_.supporting_papers.exists()


def test_only_the_commitment_officer_names_papers_and_only_before_the_order(request_, officers):
    with pytest.raises(Refusal, match="Hanya Pejabat Pembuat Komitmen"):
        named(request_, officers["ppspm"], ("tax_slip", "1", DAY))
    ledger.examined(request_, officers["ppspm"])
    with pytest.raises(Refusal, match="Balik dahulu SPM"):
        named(request_, officers["ppk"], ("tax_slip", "2", DAY))


def test_cash_that_is_handed_out_and_accounts_without_a_checklist_ask_for_nothing(line, officers):
    other = make.line(line.unit, key="3038.001.051.A.521111", ceiling=100_000_000)
    ppk = officers["ppk"]
    assert codes(ledger.asked(line, 1_000, by=ppk, method="UP")) == []
    assert codes(ledger.asked(other, 1_000, by=ppk, method="GUP")) == []


def test_the_page_takes_all_papers_at_once_and_says_what_is_wrong(client, request_, officers):
    page, form = (
        reverse(name, args=[request_.pk]) for name in ("treasury:request", "treasury:name-papers")
    )
    client.force_login(officers["ppspm"])
    assert form not in client.get(page).content.decode()
    assert "Bukti setor pajak" in client.get(page).content.decode()
    examine = reverse("treasury:examine", args=[request_.pk])
    refused = client.post(examine, TICKED | {"ticked": [*ledger.TICKED, "receipts"]})
    assert "Dokumen pendukung belum lengkap" in refused.content.decode()
    client.force_login(officers["ppk"])
    assert form in client.get(page).content.decode()
    typed = {f"number_{code}": "12/2020" for code in codes(request_)}
    typed |= {f"dated_{code}": "15/06/2020" for code in codes(request_)}
    half = client.post(form, typed | {"dated_tax_slip": ""}).content.decode()
    assert "Isi nomor dan tanggal" in half
    assert 'value="12/2020"' in half
    assert client.post(form, typed).status_code == 303
    assert "12/2020" in client.get(page).content.decode()
    assert codes(request_) == []


def test_two_officers_at_the_same_form_hear_of_one_another(client, request_, officers):
    form = reverse("treasury:name-papers", args=[request_.pk])
    client.force_login(officers["ppk"])
    read = client.get(form).context["form"].version
    named(request_, officers["ppk"], ("tax_slip", "SSP 1", DAY))
    stale = client.post(form, {"read_version": read, "number_tax_slip": "SSP 9",
                               "dated_tax_slip": "15/06/2020"}).content.decode()  # fmt: skip
    assert "SSP 1" in stale
    assert request_.supporting_papers.count() == 1


def test_programs_read_and_name_papers(client, request_, officers):
    url = f"/api/v1/budget/requests/{request_.pk}/supporting"
    post = {"content_type": "application/json"}
    client.force_login(officers["ppk"])
    rows = client.get(url).json()
    assert {one["is_missing"] for one in rows} == {True}
    slip = {"code": "tax_slip", "number": "SSP 1", "dated": "2020-06-15"}
    assert client.post(url, {"papers": [slip]}, **post).json()["is_done"]
    (row,) = [one for one in client.get(url).json() if one["code"] == "tax_slip"]
    assert (row["number"], row["dated"], row["is_there"]) == ("SSP 1", "2020-06-15", True)
    unknown = client.post(url, {"papers": [{"code": "apa", "reason": "x"}]}, **post)
    assert unknown.status_code == 409
    long = client.post(url, {"papers": [slip | {"reason": "x" * 301}]}, **post)
    assert long.status_code == 422


def test_the_checklist_is_printed_with_a_code_and_another_where_papers_change(request_, officers):
    ppk = officers["ppk"]
    named(request_, ppk, ("tax_slip", "SSP 1", DAY), ("speaker_request", "", None, "Dari dinas"))
    with speaking_for(ppk):
        first = actions.prepare_paper(request_, "supporting", request_.pk, by=ppk)
    (paper,) = [one for one in papers_of(request_) if one.key == "supporting"]
    assert paper.is_current
    rows = values(paper)["tables"][0]["rows"]
    assert ["7", "Bukti setor pajak (SSP)", "SSP 1", "15 Jun 2020", "ada"] in rows
    assert "tidak ada: Dari dinas" in [row[-1] for row in rows]
    named(request_, ppk, ("tax_slip", "SSP 2", DAY))
    (paper,) = [one for one in papers_of(request_) if one.key == "supporting"]
    assert not paper.is_current
    with speaking_for(ppk):
        second = actions.prepare_paper(request_, "supporting", request_.pk, by=ppk)
    first.refresh_from_db()
    assert (first.state, second.version) == ("replaced", 2)
