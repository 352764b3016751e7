"""SPM, receipt, SPTJB and list of taxes: one code each, another version where taxes changed."""

import pytest
from django.urls import reverse

from pulih.budget.models import AmountKind
from pulih.common.errors import Refusal
from pulih.documents.kinds import page_of
from pulih.documents.models import PaperCode
from pulih.people.scope import speaking_for
from pulih.treasury import actions
from pulih.treasury.documents.payment import values
from pulih.treasury.reads.papers import papers_of
from tests.make import budget as make
from tests.make import ledger
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
GROSS, TAXES = 11_000_000, 1_150_000


@made_once
def line():
    return make.line(ceiling=100_000_000)


@made_once
def officers(line):
    return {post: ledger.officer(line, post) for post in ("ppk", "ppspm", "treasurer")}


@made_once
def request_(line, officers):
    contract = ledger.contract(line, GROSS, by=officers["ppk"], party="CV Sagu")
    asked = ledger.asked(
        line, GROSS, by=officers["ppk"], commitment=contract, party="CV Sagu", method="LS"
    )
    ledger.taxed(asked, officers["ppk"])
    return asked


def prepared(request, key, by, of=None):
    with speaking_for(by):
        return actions.prepare_paper(request, key, of or request.pk, by=by)


def kinds(request):
    return [one.key for one in papers_of(request)]


def test_each_paper_comes_when_it_can_and_goes_with_what_is_reversed(request_, officers):
    ppspm = officers["ppspm"]
    assert kinds(request_) == ["receipt", "statement", "taxes", "supporting"]
    with pytest.raises(Refusal, match="tidak punya dokumen itu"):
        prepared(request_, "order", ppspm)
    order = ledger.examined(request_, ppspm)
    assert kinds(request_) == ["order", "receipt", "statement", "taxes", "supporting"]
    paper = prepared(request_, "order", ppspm, order.pk)
    assert page_of(paper) == reverse("treasury:request", args=[request_.pk])
    assert prepared(request_, "order", ppspm, order.pk) == paper
    receipt = prepared(request_, "receipt", officers["ppk"])
    ledger.reversed_by(order, by=cast.planner())
    ledger.reversed_by(request_, by=cast.planner())
    states = PaperCode.objects.filter(pk__in=[paper.pk, receipt.pk]).values_list("state", flat=True)
    assert list(states) == ["withdrawn", "withdrawn"]
    assert kinds(type(request_).objects.get(pk=request_.pk)) == []


def test_taxes_stated_anew_are_another_version(request_, officers):
    ppk = officers["ppk"]
    first = prepared(request_, "statement", ppk)
    ledger.taxed(request_, ppk, amounts={}, reason="Surat keterangan bebas")
    second = prepared(request_, "statement", ppk)
    first.refresh_from_db()
    assert (first.state, second.version) == ("replaced", 2)
    assert kinds(request_) == ["receipt", "statement", "supporting"]


def test_nobody_prints_new_taxes_under_the_code_of_the_old_ones(client, request_, officers):
    prepared(request_, "receipt", officers["ppk"])
    ledger.taxed(request_, officers["ppk"], amounts={}, reason="Surat keterangan bebas")
    address = reverse("treasury:paper", args=[request_.pk, "receipt", request_.pk])
    client.force_login(cast.auditor())
    page = client.get(reverse("treasury:request", args=[request_.pk])).content.decode()
    assert address not in page
    assert client.get(address).status_code == 404


def test_a_paper_says_gross_taxes_and_net_in_figures_and_words(request_, officers):
    order = ledger.examined(request_, officers["ppspm"])
    for one in papers_of(request_):
        said = values(one)
        sums = dict(said["sums"])
        if one.key == "taxes":
            assert [row[2] for row in said["tables"][0]["rows"]] == ["150.000", "1.000.000"]
            continue
        if one.key == "supporting":
            assert sums == {}
            continue
        assert (sums["Bruto"], sums["Potongan"], sums["Dibayarkan"]) == (
            "Rp11.000.000", "Rp1.150.000", "Rp9.850.000",
        )  # fmt: skip
        assert sums["Terbilang"] == "sembilan juta delapan ratus lima puluh ribu rupiah"
        assert said["tables"][0]["foot"][-1] == "11.000.000"
        assert said["tables"][1]["foot"][-1] == "1.150.000"
    assert order.entries.filter(amount_kind=AmountKind.ORDER).get().rupiah == GROSS


def test_an_order_of_a_part_is_not_printed_with_the_taxes_of_the_whole(request_, officers):
    order = ledger.ordered(request_, amounts={request_.entries.get().line_id: 1_000})
    with pytest.raises(Refusal, match="sebagian"):
        prepared(request_, "order", officers["ppspm"], order.pk)


def test_the_page_prepares_and_prints_and_others_print_what_is_there(client, request_, officers):
    page = reverse("treasury:request", args=[request_.pk])
    address = reverse("treasury:paper", args=[request_.pk, "receipt", request_.pk])
    prepare = reverse("treasury:prepare-paper", args=[request_.pk, "receipt", request_.pk])
    client.force_login(cast.auditor())
    assert client.get(address).status_code == 404
    assert address not in client.get(page).content.decode()
    client.force_login(officers["ppk"])
    assert f'action="{prepare}"' in client.get(page).content.decode()
    assert client.post(prepare).url == address
    wrong = reverse("treasury:prepare-paper", args=[request_.pk, "order", request_.pk])
    assert client.post(wrong).url == page
    client.force_login(cast.auditor())
    assert address in client.get(page).content.decode()
    answer = client.get(address)
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith('inline; filename="receipt-')


def test_programs_prepare_a_paper_and_are_told_its_address(client, request_, officers):
    papers = f"/api/v1/budget/requests/{request_.pk}/papers"
    client.force_login(officers["ppk"])
    assert {one["address"] for one in client.get(papers).json()} == {""}
    made = client.post(f"{papers}/receipt/{request_.pk}").json()
    assert made["code"]
    assert client.get(made["address"]).content.startswith(b"%PDF-")
    assert client.post(f"{papers}/order/{request_.pk}").status_code == 409
