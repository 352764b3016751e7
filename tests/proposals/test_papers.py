"""The papers that leave the house: what is asked (KAK) and what was answered (surat jawaban)."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from pulih.documents.codes import written
from pulih.documents.lookups import code_in_force, verify
from pulih.people.scope import speaking_for
from pulih.proposals.actions import amending, deciding, sending, verifying
from pulih.proposals.actions.deciding import Cut
from pulih.proposals.documents import answer, cost_plan, scoring, terms, verification
from pulih.proposals.models import Outcome, Proposal, ProposalDecision
from pulih.proposals.papers import ANSWER, COST_PLAN, SCORING, TERMS, VERIFICATION, code_of
from pulih.proposals.presenters import shown_plan
from tests.make import proposals as make
from tests.people import cast

pytestmark = pytest.mark.django_db
NASTY = "#let x = 1 $ \\ *tebal* 李 \u200b" + "panjang " * 60


def letter(proposal):
    decision = ProposalDecision.objects.get(proposal=proposal)
    return answer.values(decision), answer.answer_letter(decision)


def test_the_sheet_of_a_cost_plan_has_the_block_that_officers_sign_and_its_code():
    proposal = make.sent()
    book = cost_plan.cost_plan_workbook(proposal, shown_plan(proposal, "id"))
    sheet = load_workbook(BytesIO(book)).active
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value}
    assert cells["Kuasa Pengguna Anggaran,"].row == cells["Pejabat Pembuat Komitmen,"].row
    assert cells["Kuasa Pengguna Anggaran,"].row > cells["Jumlah"].row
    assert any(one.startswith("Jawa Barat, ....") for one in cells)
    assert f"Kode verifikasi {written(code_of(COST_PLAN, proposal))}" in cells
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    draft = make.complete(people=1)
    book = cost_plan.cost_plan_workbook(draft, shown_plan(draft, "id"))
    found = load_workbook(BytesIO(book)).active
    assert not [c for r in found.iter_rows() for c in r if "Kode" in str(c.value)]


def test_a_cut_stands_in_the_letter_with_its_reason_and_both_sums():
    proposal = make.decided(
        outcome=Outcome.PARTLY, reason="Honor diturunkan.",
        cuts={1: Cut(unit_cost=800_000, reason="Sesuai SBM.")},
    )  # fmt: skip
    said, paper = letter(proposal)
    assert (said["outcome"], said["reason"]) == ("disetujui sebagian", "Honor diturunkan.")
    assert (said["asked"], said["approved"]) == ("Rp28.800.000", "Rp25.600.000")
    (row,) = said["rows"]
    assert (row["asked"], row["approved"]) == ("28.800.000", "25.600.000")
    assert row["reason"] == "Sesuai SBM."
    assert said["fingerprint"] == proposal.versions.get().fingerprint
    assert paper.startswith(b"%PDF")


def test_anybody_can_verify_the_letter_of_a_decision_and_of_no_other():
    sent = make.sent()
    assert code_in_force(ANSWER, sent.pk) == ""
    decided = make.decided(make.complete(people=1))
    found = verify(code_in_force(ANSWER, decided.pk))
    assert (found.number, found.state) == (f"Usulan {decided.number}", "valid")
    assert letter(decided)[0]["seal"]["code"]


def test_terms_hold_every_section_place_and_good():
    proposal = make.complete()
    make.good(proposal, quantity=1_250)
    proposal = make.again(proposal)
    said = terms.values(proposal, shown_plan(proposal, "id"))
    assert ["Gambaran umum", "IKM konveksi kehilangan pesanan."] in said["sections"]
    assert said["places"] == [["Kab. Indramayu", "–", "20"]]
    assert said["goods"] == [["Masker kain", "1.250 buah", "tiga lapis", "gugus tugas"]]
    assert said["total"] == "Rp28.800.000"


def test_no_text_of_an_office_breaks_a_paper():
    proposal = make.complete(background=NASTY, method=NASTY)
    Proposal.objects.filter(pk=proposal.pk).update(title=NASTY[:200])
    proposal = make.again(proposal)
    assert terms.terms_paper(proposal, shown_plan(proposal, "id")).startswith(b"%PDF")
    decided = make.decided(proposal, reason=NASTY)
    assert letter(decided)[1].startswith(b"%PDF")


def test_the_letter_is_offered_from_the_decision_on(client):
    proposal = make.scored()
    client.force_login(proposal.made_by)
    page = f"/proposals/{proposal.pk}/"
    assert client.get(f"{page}answer.pdf").status_code == 404
    assert "answer.pdf" not in client.get(page).content.decode()
    by = make.second_planner()
    with speaking_for(by):
        deciding.decide(proposal, Outcome.APPROVED, reason="Sesuai.", by=by)
    assert "answer.pdf" in client.get(page).content.decode()
    paper = client.get(f"{page}answer.pdf")
    assert paper["Content-Disposition"] == f'attachment; filename="jawaban-{proposal.number}.pdf"'
    assert client.get(f"{page}kak.pdf")["Content-Type"] == "application/pdf"


def test_terms_and_cost_plan_carry_the_code_of_the_version_that_was_sent():
    draft = make.complete()
    said = terms.values(draft, shown_plan(draft, "id"))
    assert said["seal"] is None
    sent = make.sent(draft)
    codes = {kind: code_in_force(kind, sent.pk) for kind in (TERMS, COST_PLAN)}
    assert (
        terms.values(sent, shown_plan(sent, "id"))["seal"]["code"].replace("-", "") == codes[TERMS]
    )
    assert cost_plan.cost_plan_paper(sent, shown_plan(sent, "id")).startswith(b"%PDF")
    found = verify(codes[COST_PLAN])
    assert (found.number, found.state) == (f"Usulan {sent.number}, versi 1", "valid")
    with speaking_for(sent.made_by):
        sending.withdraw(sent, reason="Batal.", by=sent.made_by)
    assert {verify(code).state for code in codes.values()} == {"withdrawn"}


def test_an_amendment_replaces_the_codes_of_the_version_before():
    amendment = make.amendment()
    old = code_in_force(TERMS, amendment.proposal_id)
    planner = cast.planner()
    with speaking_for(planner):
        amending.accept(amendment, by=planner)
    assert verify(old).state == "replaced"
    new = verify(code_in_force(TERMS, amendment.proposal_id))
    assert new.number.endswith("versi 2")


def test_the_checklist_stands_on_its_sheet_with_what_is_to_be_repaired():
    proposal, planner = make.sent(), cast.planner()
    answers = {**make.yes(), "non_physical": ("no", "Mesin jahit adalah belanja modal.")}
    with speaking_for(planner):
        verifying.give_back(proposal, answers, reason="Hapus mesin.", working_days=3, by=planner)
    first = code_in_force(VERIFICATION, proposal.pk)
    said = verification.values(proposal.verifications.get())
    assert said["outcome"] == "dikembalikan untuk diperbaiki"
    assert said["reason"] == "Hapus mesin."
    assert ["Seluruhnya kegiatan nonfisik", "tidak", "Mesin jahit adalah belanja modal."] in [
        one[:3] for one in said["items"]
    ]
    proposal = make.verified(make.again(proposal))
    last = proposal.verifications.last()
    assert verification.values(last)["outcome"] == "terverifikasi"
    assert (verify(first).state, verify(code_in_force(VERIFICATION, proposal.pk)).state) == (
        "replaced", "valid",
    )  # fmt: skip
    assert verification.verification_sheet(last).startswith(b"%PDF")


def test_minutes_of_scoring_hold_every_point_and_no_reviewer(client):
    proposal = make.assigned()
    make.score(proposal, "a", 1, note="#Kuat $ *sekali*")
    client.force_login(proposal.made_by)
    address = reverse("proposals:scoring-paper", args=[proposal.pk])
    assert client.get(address).status_code == 404
    assert code_in_force(SCORING, proposal.pk) == ""
    make.score(proposal, "b", 0.8)
    proposal = make.again(proposal)
    scores = list(proposal.scores.order_by("slot"))
    said = scoring.values(proposal, proposal.versions.get(), scores)
    assert (said["totals"], said["mean"]) == (["100", "80"], "90")
    assert said["rows"][0][2:] == ["40", "40", "32"]
    names = [one.reviewer.name for one in proposal.assignments.all()]
    assert not any(name in str(said) for name in names)
    answer = client.get(address)
    assert answer.content.startswith(b"%PDF")
    assert verify(code_in_force(SCORING, proposal.pk)).state == "valid"
    page = client.get(reverse("proposals:proposal", args=[proposal.pk])).content.decode()
    assert address in page
    assert reverse("proposals:verification-paper", args=[proposal.pk]) in page
