"""One of everything, in Jawa Barat and Kab. Indramayu, for the access table."""

from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile

from pulih.budget.models import BudgetLine, Posting
from pulih.common.errors import Message
from pulih.delivery.models import Activity
from pulih.delivery.purposes import COUNT, GIVE
from pulih.documents.models import PaperCode
from pulih.lists import downloads
from pulih.market.actions import capacities
from pulih.market.actions import runs as market_runs
from pulih.people.models import User
from pulih.people.scope import speaking_for
from pulih.planning import actions as planning_actions
from pulih.planning.models import Scenario
from pulih.proposals.actions import attaching
from pulih.registry import actions as registry_actions
from pulih.registry.models import Enterprise
from pulih.revisions.models import Revision, RevisionMovement
from pulih.treasury.models import Difference
from tests.make import budget as make_budget
from tests.make import delivery as make_delivery
from tests.make import grants as make_grants
from tests.make import inbox as make_inbox
from tests.make import ledger
from tests.make import market as make_market
from tests.make import monitoring as make_monitoring
from tests.make import planning as make_planning
from tests.make import portal as make_portal
from tests.make import privacy as make_privacy
from tests.make import proposals as make_proposals
from tests.make import registry as make_registry
from tests.make import sampling as make_sampling
from tests.make import scans as make_scans
from tests.make import teaching as make_teaching
from tests.make import workflow as make_workflow
from tests.make.administration import job as make_job
from tests.make.list_files import list_file
from tests.make.saved_views import saved_view as make_saved_view
from tests.people import cast


@dataclass
class World:
    """Keys of things that exist, by the word that the table uses for them."""

    keys: dict[str, object] = field(default_factory=dict)


def build() -> World:
    """Build one of everything, room by room; return the keys of what came of it."""
    planner, officer = cast.planner(), cast.regency_officer()
    make_planning.country()
    line = BudgetLine.objects.filter(province=cast.area("Jawa Barat")).earliest("pk")
    firms = make_registry.firms(5, by=officer, office=cast.area("Kab. Indramayu"))
    return World(
        {
            **_files(officer),
            **_scans(officer),
            **_plans(planner),
            **_firms(firms, officer),
            **_budget(line, planner),
            **_reports(line, planner),
            **_delivery(),
            **_proposals(),  # After what funds others: the ranking shows the newest round.
            **_market(firms[0]),
            **_sampled(),
            **_people(),
            **_downloads(officer),
            **WORDS,
        }
    )


# What an address asks that is no object.
WORDS = {
    "attribute": "address",
    "list_kind": "sp2d",
    "paper_key": "receipt",
    "book_form": "pdf",
    "list": "accounts",
    "year": 2020,
    "quarter": 1,
    "form": "C",
    "measure": "test_masks",
    "one": 1,
    "rule": 1,
    "move": "submit",
    "part": "rows",
    "address": "x" * 32,
    "document": "index.html",
}


def _files(officer: User) -> dict[str, object]:
    """Let an office deliver a list."""
    with speaking_for(officer):
        return {"batch": make_inbox.read(by=officer, office=cast.area("Kab. Indramayu")).pk}


def _downloads(officer: User) -> dict[str, object]:
    """Let an office have a large file made."""
    address = "/enterprises/?format=csv"
    with speaking_for(officer):
        asked = downloads.ask(officer, address, Message("IKM", "Enterprises"), "ikm.csv")
        downloads.make(asked.pk, by=officer)
        view = make_saved_view(officer, "/enterprises/", sort="name")
    return {"download": asked.pk, "savedview": view.pk}


def _scans(officer: User) -> dict[str, object]:
    """Let an office bring a page without a code, and issue a paper."""
    sheet = make_scans.photo(make_scans.printed(""))
    file = make_scans.read(make_scans.jpeg(sheet), by=officer)
    paper = make_scans.paper(regency=cast.area("Kab. Indramayu"))
    return {"scanfile": file.pk, "scanpage": file.pages.get().pk, "signedpaper": paper.code}


def _plans(planner: User) -> dict[str, object]:
    """Solve a scenario, adopt another, begin a third."""
    with speaking_for(planner):
        solved = make_planning.solved(planner)
        adopted = make_planning.solved(planner, title="Ditetapkan")
        adoption = planning_actions.adopt(adopted, by=planner)
    draft = Scenario.objects.create(
        title="Draf", fiscal_year=2020, as_of=make_planning.DAY, ceiling=1, made_by=planner
    )
    with speaking_for(planner):
        variant = make_planning.variant(solved, planner)
    return {
        "scenario": solved.pk,
        "adoption": adoption.pk,
        "draft": draft.pk,
        "variant": variant.pk,
        "study": variant.study_id,
        "studykind": "rivals",
        "solutionline": solved.solution.line_rows.first().pk,
    }


def _firms(firms: list[Enterprise], officer: User) -> dict[str, object]:
    """Ask about two firms, merge two, keep two apart."""
    with speaking_for(officer):
        merge = registry_actions.merge(firms[2], firms[3], reason="Satu alamat", by=officer)
        apart = registry_actions.separate(firms[2], firms[4], reason="Saudara", by=officer)
    return {
        "enterprise": firms[0].pk,
        "review": make_registry.review(firms[0], firms[1]).pk,
        "merge": merge.pk,
        "apart": apart.pk,
    }


def _proposals() -> dict[str, object]:
    """Write a proposal with an attachment, send, have scored and decide on others."""
    proposal = make_proposals.complete()
    survey = SimpleUploadedFile("survei.pdf", b"%PDF-1.7")
    with speaking_for(proposal.made_by):
        kept = attaching.attach(proposal, survey, by=proposal.made_by)
    amendment = make_proposals.amendment()
    return {
        "idea": make_proposals.idea().pk,
        "amendment": amendment.pk,
        "amended": amendment.proposal_id,
        "proposal": proposal.pk,
        "round": proposal.round_id,
        "row": proposal.rows.get().pk,
        "attachment": kept.pk,
        "unscored": make_proposals.assigned(make_proposals.complete(people=1)).pk,
        "sent": make_proposals.sent(make_proposals.complete(people=1)).pk,
        "approved": make_proposals.decided(make_proposals.complete(people=1)).pk,
    }


def _budget(line: BudgetLine, planner: User) -> dict[str, object]:
    """Reserve money of a line, and find a difference in a list of the treasury."""
    with speaking_for(planner):
        treasury = make_inbox.sp2d_list(
            line.unit.code, line.line_key, by=planner, office=line.province
        )
    movements = RevisionMovement.objects.filter(revision__unit=line.unit_id)
    make_budget.loan_letter(line)
    make_budget.years_letter(line)
    return {
        "line": line.pk,
        "unit": line.unit_id,
        "province": line.province_id,
        "appointment": make_budget.appointment(line.unit).pk,
        "posting": Posting.objects.filter(unit=line.unit_id).earliest("pk").pk,
        "promise": ledger.reserved(line, 1).pk,
        **_taxed(ledger.asked(line, 1, method="GUP")),
        "movement": movements.earliest("pk").pk,
        "revision": Revision.objects.filter(unit=line.unit_id).earliest("pk").pk,
        "treasury": treasury.pk,
        "difference": Difference.objects.get(last_seen__batch=treasury).pk,
    }


def _taxed(request: Posting) -> dict[str, object]:
    fine = {"amounts": {"fine": 1}, "reason": "Terlambat"}
    stated = ledger.taxed(request, make_budget.system(), **fine)
    return {"request": request.pk, "deduction": stated.deductions.get().pk}


def _reports(line: BudgetLine, planner: User) -> dict[str, object]:
    """File a report with its code, and ask for a release."""
    filing = make_monitoring.filed(line.unit, planner)
    return {
        "filing": filing.pk,
        "dispatch": filing.dispatches.earliest("pk").pk,
        "papercode": PaperCode.objects.latest("pk").code,
        "release": make_portal.drafted().pk,
    }


def _delivery() -> dict[str, object]:
    """Hold a class and hand its goods over; pay another class and ask what became of it."""
    with speaking_for(cast.provincial_officer()):
        cohort = make_delivery.cohort()
        make_delivery.session(cohort)
        seat = make_delivery.seated(cohort, 1)[0]
        handover = make_delivery.handover(make_delivery.stocked(cohort.activity))
    applying = _applying(cohort.activity)
    funded = make_delivery.payable(2, more=[make_delivery.TEACHING])
    make_teaching.taught(funded)
    paid, honoraria = make_delivery.payment_list(funded), make_teaching.honoraria_list(funded)
    follow_up = make_delivery.followed_up(paid.activity)
    return {
        "activity": cohort.activity_id,
        "cohort": cohort.pk,
        "sheetkind": "receipts",
        "grantstep": "team",
        "trainee": seat.person_id,
        "personrequest": make_privacy.asked(seat.person, kind="copy").pk,
        "handover": handover.pk,
        "listfile": list_file("nik\n", by=cast.provincial_officer()).pk,
        "fieldlink": make_delivery.link(cohort).pk,
        "attendancefile": make_delivery.attendance_file(cohort.sessions.earliest("pk")).pk,
        "countlink": make_delivery.given_link(COUNT, handover.pk, handover.province)[0].pk,
        "givelink": make_delivery.given_link(GIVE, handover.pk, handover.province)[0].pk,
        "photo": make_delivery.photo(handover).pk,
        "sessionphoto": make_delivery.session_photo(cohort.sessions.earliest("pk")).pk,
        "funded": paid.activity_id,
        "planrow": paid.row_id,
        "teachrow": honoraria.row_id,
        "honoraria": honoraria.pk,
        "paymentlist": paid.pk,
        "mentoring": make_delivery.mentoring(cohort).pk,
        "followup": follow_up.pk,
        "followupround": follow_up.round_id,
        "grant": make_grants.case(make_grants.received(number="BAST-9")).pk,
        **applying,
    }


def _people() -> dict[str, object]:
    """Another officer with a reach and a post, a mail that may not have gone, a waiting job."""
    other = cast.regency_officer("Kota Bandung")
    return {
        "person": other.pk,
        "reach": other.reaches.get().pk,
        "job": make_job().pk,
        "mail": make_workflow.unsure_mail(cast.provincial_officer()).pk,
        "holder": make_workflow.holder(cast.provincial_officer()).pk,
    }


def _applying(activity: Activity) -> dict[str, object]:
    """Let somebody apply, fail a check and object."""
    planner = cast.planner()
    with speaking_for(planner):
        (applicant,) = make_delivery.applicants(activity, 1, first=50, by=planner)
        make_delivery.listed("deceased", [make_delivery.nik(50)], by=planner)
        run = make_delivery.checked(activity, by=planner)
        objection = make_delivery.objection(run.results.get(applicant=applicant), by=planner)
        draw = make_delivery.drawn(activity, by=planner)
    return {
        "draw": draw.pk,
        "applicant": applicant.pk,
        "result": objection.result_id,
        "objection": objection.pk,
    }


def _sampled() -> dict[str, object]:
    """Let a visit of a drawn seat find nobody."""
    officer = cast.provincial_officer()
    with speaking_for(officer):
        sample = make_sampling.drawn()
        finding = make_sampling.visit(make_sampling.unit(sample), "not_found").finding
        link, _address = make_sampling.link(sample)
    return {
        "sample": sample.pk,
        "samplelink": link.pk,
        "sampleunit": finding.unit_id,
        "finding": finding.pk,
    }


def _market(firm: Enterprise) -> dict[str, object]:
    """Let a firm have a capacity and be in a group."""
    group = make_market.group("Kab. Indramayu", firm)
    return {
        "product": "cloth_mask",
        "capacity": make_market.capacity(firm).pk,
        "maker": firm.pk,
        "certificate": _certificate(firm),
        "group": group.pk,
        "member": group.members.get().pk,
        **_order(),
    }


def _certificate(firm: Enterprise) -> int:
    """Keep a certificate with its scan."""
    kept = capacities.add_certificate(
        firm, kind="halal", standard=None, number="1", valid_from=None, valid_to=None,
        file=SimpleUploadedFile("halal.pdf", b"%PDF-1.7 halal"), by=cast.planner(),
    )  # fmt: skip
    return int(kept.pk)


def _order() -> dict[str, object]:
    """Let a need of Indramayu be matched in its province, and offered."""
    planner, area = cast.planner(), cast.area("Jawa Barat")
    with speaking_for(planner):
        need = make_market.need(100, by=planner)
        match = market_runs.adopt(make_market.run(area=area, by=planner), by=planner)
        link = make_market.buyer_link(need.buyer, by=planner)
    return {
        "need": need.pk,
        "buyerlink": link.pk,
        "gate": "able",
        "buyer": need.buyer_id,
        "match": match.pk,
        "order": match.orders.earliest("pk").pk,
    }
