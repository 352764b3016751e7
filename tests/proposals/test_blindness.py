"""Nobody sees a score before all are in, by whatever address; reviewers never read who applied."""

import re
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from pulih.people.models import User
from pulih.people.scope import speaking_as_system, speaking_for
from pulih.proposals import presenters
from pulih.proposals.actions import amending
from pulih.proposals.models import Amendment, DecidedPlace, DecidedRow, Proposal, Score
from pulih.proposals.rules.machine import STATES
from tests.make import proposals as make
from tests.people import cast
from tests.proposals.test_amendments import act, reserved, with_hours

pytestmark = pytest.mark.django_db

MARKER, WRITER = "RAHASIA-7F3A", "Wati Penulis-4C1D"
PEOPLE = {
    "office": lambda: cast.provincial_officer(),
    "planner": cast.planner,
    "second planner": make.second_planner,
    "auditor": cast.auditor,
    "other reviewer": lambda: make.reviewer(2),
    "regency": cast.regency_officer,
    "other office": lambda: cast.provincial_officer("Bali"),
}
WHO_WALK = ("office", "planner", "auditor")  # The other reviewer walks in a test of her own.
# Where something of a proposal may be read: its pages and files, lists, tasks, notices, programs.
PLACES = re.compile(r"(api/v1/)?(proposals|tasks|workflow)\b|administration/record")
ENDS = re.compile(r"\\Z|[\^$]")
KEY = re.compile(r"<int:\w+>")
ASKED = ("/proposals/?q=RAHASIA", "/proposals/?format=csv", "/proposals/ranking/?format=csv",
         "/proposals/1/versions/1-1/")  # fmt: skip


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + ENDS.sub("", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route


def addresses(proposal: Proposal) -> list[str]:
    """Return every address of those places, each key that of the proposal."""
    found = {KEY.sub(str(proposal.pk), one) for one in routes(get_resolver()) if PLACES.match(one)}
    fixed = (one.replace("/1/", f"/{proposal.pk}/") for one in ASKED)
    return [f"/{one}" for one in sorted(found) if "<" not in one and "(" not in one] + [*fixed]


def sightings(person: User, where: list[str], hidden: list[str], method: str = "get") -> set[str]:
    """Return the addresses at which something hidden is seen, and whether SQL gives a score."""
    client = Client(raise_request_exception=False)
    client.force_login(person)
    seen = set()
    for address in where:
        answer = getattr(client, method)(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code < 500, address
        seen |= {f"{address}: {one}" for one in hidden if one.encode() in body}
    with speaking_for(person):
        if Score.objects.exclude(assignment__reviewer=person).exists():
            seen.add("SQL")
    return seen


def half_scored() -> Proposal:
    """Let one of two reviewers score a proposal of an office whose writer has a name of her own."""
    proposal = make.assigned()
    with speaking_as_system():
        User.objects.filter(pk=proposal.made_by_id).update(name=WRITER)
    make.score(proposal, "a", note=MARKER)
    return proposal


@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_sees_a_score_before_both_are_in(name):
    proposal, person = half_scored(), PEOPLE[name]()
    where = addresses(proposal) if name in WHO_WALK else [f"/proposals/{proposal.pk}/"]
    assert sightings(person, where, [MARKER]) == set()
    with speaking_for(make.reviewer(1)):
        assert Score.objects.count() == 1
    make.score(proposal, "b")
    with speaking_for(cast.provincial_officer()):
        assert Score.objects.count() == 2
        assert not proposal.assignments.exists()  # The office never learns who it was.


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_reviewer_reads_neither_scores_nor_names_of_who_applied(method):
    proposal = half_scored()
    assert sightings(make.reviewer(2), addresses(proposal), [MARKER, WRITER], method) == set()
    assert make.again(proposal).state == "under_review"


def test_a_reviewer_reads_what_was_scored_and_nothing_of_its_amendments(client):
    proposal = make.decided(make.complete(people=1))
    amendment = make.amendment(proposal, reason=MARKER)
    client.force_login(make.reviewer(1))
    where = [f"/proposals/{proposal.pk}/", f"/api/v1/proposals/{proposal.pk}"]
    pages = [client.get(one) for one in where]
    assert [page.status_code for page in pages] == [200, 200]
    assert [MARKER in page.content.decode() for page in pages] == [False, False]
    kept = [
        f"/proposals/amendments/{amendment.pk}/",
        f"/api/v1/proposals/amendments/{amendment.pk}",
    ]
    assert [client.get(one).status_code for one in kept] == [404, 404]
    client.force_login(cast.planner())
    assert [client.get(one).status_code for one in where + kept] == [200] * 4


def amended() -> Proposal:
    """Cut the money of what is approved, by an amendment in force; ask for another of the words."""
    proposal = make.decided(make.complete(people=1))
    cut = make.amendment(proposal, with_hours(proposal, 20), reason=MARKER)
    act(amending.check, cut, cast.planner())
    act(amending.grant, cut, make.second_planner(), now=make.SENT)
    make.amendment(make.again(proposal), reason=MARKER)
    return make.again(proposal)


@pytest.mark.parametrize(
    ("make_person", "read"),
    [(cast.planner, 2), (cast.provincial_officer, 2), (cast.auditor, 2), (make.reviewer, 0)],
)
def test_postgresql_keeps_amendments_from_who_reviewed(make_person, read):
    """Asked without any condition, as a slip of the program would."""
    amended()
    with speaking_for(make_person()):
        assert Amendment.objects.count() == read
        assert Amendment.pgh_event_model.objects.exists() is bool(read)
        for decided in (DecidedRow, DecidedPlace):
            assert decided.objects.filter(amendment=None).count() == 1
            assert decided.objects.exclude(amendment=None).exists() is bool(read)


def test_postgresql_lets_no_reviewer_ask_for_an_amendment():
    proposal, reviewer = amended(), make.reviewer(1)
    copied = Amendment.objects.values("before", "after", "topics", "rupiah_before", "rupiah_after",
                                      "people_before", "people_after").earliest("pk")  # fmt: skip
    with speaking_for(reviewer), pytest.raises(DatabaseError), transaction.atomic():
        Amendment.objects.create(
            **copied, proposal=proposal, number=9, reason="x", is_open=False, made_by=reviewer
        )


@pytest.mark.parametrize(("make_person", "drawn"), [(cast.planner, True), (make.reviewer, False)])
def test_what_became_of_it_is_offered_to_who_may_see_activities(client, make_person, drawn):
    proposal, _line = reserved()
    client.force_login(make_person())
    page = client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert (f"/delivery/of-proposal/{proposal.pk}/" in page) is drawn


def test_a_walk_sees_what_is_shown():
    proposal = half_scored()
    asked = {f"/proposals/{proposal.pk}/", f"/api/v1/proposals/{proposal.pk}", "/proposals/"}
    assert asked <= set(addresses(proposal))
    found = sightings(cast.planner(), sorted(asked), [proposal.number])
    assert found == {f"{one}: {proposal.number}" for one in asked}


@pytest.mark.parametrize("name", ["office", "planner", "auditor"])
def test_postgresql_keeps_scores_back_where_the_page_forgets_to(client, name, monkeypatch):
    """The page asks for scores in every state, as a slip of the program would let it."""
    monkeypatch.setattr(presenters, "SCORED", [one.key for one in STATES])
    proposal, person = make.assigned(), PEOPLE[name]()
    client.force_login(person)
    for slot, shown in (("a", 0), ("b", 2)):
        make.score(proposal, slot)
        page = client.get(f"/proposals/{proposal.pk}/")
        assert len(page.context["answer"].scores) == shown


def test_a_reviewer_reads_what_was_assigned_and_writes_nothing_else():
    proposal, other = make.assigned(), make.complete()
    reviewer = make.reviewer(1)
    with speaking_for(reviewer):
        assert list(Proposal.objects.values_list("pk", flat=True)) == [proposal.pk]
        assert list(Proposal.objects.visible_to(reviewer)) == [proposal]
        with pytest.raises(DatabaseError), transaction.atomic():
            proposal.versions.create(number=9, fingerprint="x", content={}, by=reviewer)
        assert not Proposal.objects.filter(pk=other.pk).exists()
        assert proposal.assignments.count() == 1
        assert proposal.assignments.filter(slot="b").count() == 0
