"""The papers of each room carry a code that holds as long as they do."""

import hashlib
from datetime import timedelta

import pytest
from django.urls import reverse

from pulih.delivery.actions import handovers
from pulih.delivery.documents.bast import pdf
from pulih.delivery.papers import HANDOVER
from pulih.documents.codes import new_code, written
from pulih.documents.lookups import code_in_force, verify
from pulih.documents.models import PaperCode
from pulih.documents.seals import seal
from pulih.monitoring import actions as monitoring_actions
from pulih.monitoring.models import QuarterProgress
from pulih.monitoring.papers import REPORT
from pulih.revisions import actions as revision_actions
from pulih.revisions.actions import DraftLine
from pulih.revisions.assessing import assess
from pulih.revisions.documents.paper import paper as matrix_paper
from pulih.revisions.documents.revised import book_of_revision
from pulih.revisions.papers import MATRIX
from tests.make import delivery as make_delivery
from tests.make import monitoring as make_monitoring
from tests.make import revisions as make_revisions
from tests.people import cast

pytestmark = pytest.mark.django_db


def states(kind):
    return list(
        PaperCode.objects.filter(kind=kind.key).order_by("pk").values_list("version", "state")
    )


def test_a_seal_draws_the_address_where_the_installation_knows_its_own(settings):
    code = new_code()
    settings.SITE_ADDRESS = "https://pulih.example"
    assert seal(code)["place"] == "https://pulih.example/verify/"
    assert seal(code)["drawing"].startswith("<svg")
    settings.SITE_ADDRESS = ""
    assert seal(code)["place"] == "/verify/"
    assert seal("") is None


def test_a_filed_report_carries_its_code_and_the_fingerprints_of_both_files():
    planner = cast.planner()
    unit = make_monitoring.ready()
    filing = monitoring_actions.file(
        unit, make_monitoring.YEAR, make_monitoring.QUARTER, "C", by=planner,
        now=make_monitoring.IN_TIME,
    )  # fmt: skip
    kept = PaperCode.objects.get(kind="monitoring.report")
    hashes = [hashlib.sha256(bytes(one.content)).hexdigest() for one in filing.papers.all()]
    assert sorted(kept.fingerprints) == sorted(hashes)
    assert (kept.version, kept.office, kept.state) == (1, unit.name, "valid")
    assert unit.code in kept.number


def test_the_same_figures_again_are_no_new_paper_and_a_correction_replaces():
    planner, unit = cast.planner(), make_monitoring.ready()

    def file(**values):
        return monitoring_actions.file(
            unit, make_monitoring.YEAR, make_monitoring.QUARTER, "C", by=planner,
            now=make_monitoring.IN_TIME, **values,
        )  # fmt: skip

    first = file()
    assert file() == first
    progress = QuarterProgress.objects.get()
    progress.remark = "dikoreksi"
    progress.save()
    file(reason="Salah ketik")
    assert states(REPORT) == [(1, "replaced"), (2, "valid")]


def test_hand_over_minutes_get_a_new_code_when_the_receiver_signs():
    sent = make_delivery.handover(make_delivery.stocked(make_delivery.activity()))
    first = code_in_force(HANDOVER, sent.pk)
    assert verify(first).number == sent.number
    assert pdf(sent).startswith(b"%PDF")
    handovers.confirm(
        sent, received=500, received_on=sent.sent_on, came_back=0, reason="", name="Made Wira",
        post="Ketua", place="Bandung", by=cast.provincial_officer(),
        now=sent.signatures.get().signed_at + timedelta(hours=1), today=sent.sent_on,
    )  # fmt: skip
    assert states(HANDOVER) == [(1, "replaced"), (2, "valid")]
    assert verify(code_in_force(HANDOVER, sent.pk)).initials == "M. W."
    assert verify(first).state == "replaced"


def test_officers_find_the_code_on_the_page_of_its_paper(client):
    sent = make_delivery.handover(make_delivery.stocked(make_delivery.activity()))
    client.force_login(cast.provincial_officer())
    page = client.get(reverse("delivery:handover", args=[sent.pk])).content.decode()
    assert reverse("documents:code", args=[code_in_force(HANDOVER, sent.pk)]) in page


def test_a_replaced_filing_keeps_its_own_code_on_its_page(client):
    planner, unit = cast.planner(), make_monitoring.ready()
    filing = monitoring_actions.file(
        unit, make_monitoring.YEAR, make_monitoring.QUARTER, "C", by=planner,
        now=make_monitoring.IN_TIME,
    )  # fmt: skip
    client.force_login(planner)
    page = client.get(reverse("monitoring:filing", args=[filing.pk])).content.decode()
    assert PaperCode.objects.get(kind=REPORT.key).written in page


def book(revision):
    return book_of_revision(revision, assess(revision), cast.planner())


def test_a_matrix_carries_a_code_from_its_proposal_on():
    one, other = make_revisions.two_lines()
    draft = make_revisions.draft(DraftLine(900, one.pk), DraftLine(600, other.pk))
    assert book(draft).code == ""
    revision_actions.propose(draft, by=cast.provincial_officer())
    draft.refresh_from_db()
    shown = book(draft)
    assert f"Kode dokumen: {written(shown.code)}" in shown.about
    assert matrix_paper(shown).startswith(b"%PDF")
    assert draft.title not in verify(shown.code).number


def test_a_returned_matrix_is_withdrawn_and_proposed_again_is_a_new_version():
    one, other = make_revisions.two_lines()
    draft = make_revisions.draft(DraftLine(900, one.pk), DraftLine(600, other.pk))
    revision_actions.propose(draft, by=cast.provincial_officer())
    revision_actions.return_(draft, reason="Kurang", by=cast.planner())
    assert states(MATRIX) == [(1, "withdrawn")]
    revision_actions.propose(draft, by=cast.provincial_officer())
    assert states(MATRIX) == [(1, "withdrawn"), (2, "valid")]
    revision_actions.withdraw(draft, reason="Batal", by=cast.provincial_officer())
    assert states(MATRIX) == [(1, "withdrawn"), (2, "withdrawn")]


def test_a_later_revision_in_force_replaces_the_matrix_of_the_earlier():
    one, other = make_revisions.two_lines()
    first = make_revisions.in_force(
        make_revisions.draft(DraftLine(900, one.pk), DraftLine(600, other.pk))
    )
    code = code_in_force(MATRIX, first.pk)
    assert verify(code).dated == first.effective_on
    make_revisions.in_force(make_revisions.draft(DraftLine(800, one.pk), DraftLine(700, other.pk)))
    assert verify(code).state == "replaced"
