"""Documents of several people posted as one lot: each is answered as if it were posted alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.audit.models import Event
from pulih.budget import actions, reconcile
from pulih.budget.actions import Movement, lots
from pulih.budget.actions.calls import Paper, Posted
from pulih.budget.models import BudgetLine, Posting
from pulih.common.errors import Refusal
from pulih.people.scope import speaking_as_system, speaking_for, spoken
from tests.examples import examples
from tests.make import budget as make
from tests.people import cast

KEYS = ("3038.001.051.A.521211", "3038.001.051.A.522151")
WAYS = {"commitment": ("commitment",), "spp": ("request",), "sp2d": ("commitment", "realisation")}


class Office:
    """A unit with two lines, its officers, and a colleague who holds no post."""

    def __init__(self, province, code):
        self.unit = make.unit(province, code)
        self.lines = [make.line(self.unit, key, ceiling=1_000) for key in KEYS]
        ppk, treasurer = (make.appointment(self.unit, post) for post in ("ppk", "treasurer"))
        colleague = cast.person("provincial_officer", self.unit.province, f"colleague-{code}")
        stranger = cast.provincial_officer("Papua")
        self.people = [ppk.person, treasurer.person, colleague, stranger]

    def asked(self, person, kind, number, moves, day, party="", year=2020):
        """One document asked for by a person. moves: rupiah by place of the line."""
        movements = [
            Movement(self.lines[at].pk, amount, rupiah)
            for at, rupiah in sorted(moves.items()) for amount in WAYS[kind]
        ]  # fmt: skip
        paper = Paper(
            kind,
            number,
            self.unit.pk,
            year,
            date(2020, *day),
            "",
            party.format(code=self.unit.code),
            "",
            movements,
        )
        with speaking_for(self.people[person]):
            return lots.DocumentRequest(paper, *spoken()[:2])

    def alone(self, one):
        """The answer to one document as its person posts it."""
        who = next(person for person in self.people if str(person.pk) == one.person)
        with speaking_for(who):
            try:
                return actions.calls.post_alone(one.paper).is_new
            except Refusal as refusal:
                return refusal.message.en.replace(self.unit.code, "")
            except DatabaseError:
                return "not here"

    def together(self, asked):
        """The answers to a lot; who is to ask again is asked alone."""
        with speaking_as_system(), transaction.atomic():  # Spoken again once the lot has ended.
            rows = lots.ask(asked, connection)
        answers = [lots.answer_of(one.paper, *row) for one, row in zip(asked, rows, strict=True)]
        return [self.said(one, answer) for one, answer in zip(asked, answers, strict=True)]

    def said(self, one, answer):
        match answer:
            case Posted():
                return answer.is_new
            case Refusal():
                return answer.message.en.replace(self.unit.code, "")
            case _:
                return self.alone(one)

    def amounts(self):
        return [BudgetLine.objects.get(pk=line.pk).amounts for line in self.lines]


days = st.sampled_from([(6, 15), (6, 15), (5, 1), (7, 1), (12, 31)])
documents = st.tuples(
    st.integers(0, 3), st.sampled_from(sorted(WAYS)), st.sampled_from(["7", "007", "8", "x 9"]),
    st.dictionaries(st.integers(0, 1), st.integers(1, 700), min_size=1), days,
    st.sampled_from(["", "CV Sagu", "Treasurer-{code}"]),
)  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=examples(20), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(documents, max_size=4), st.lists(documents, min_size=1, max_size=8))
def test_any_lot_is_answered_as_if_each_document_had_been_posted_alone(before, listed):
    with transaction.atomic():
        one, other = Office("Aceh", "060001"), Office("Bali", "220001")
        for office in (one, other):
            for document in before:
                office.alone(office.asked(*document))
        alone = [one.alone(one.asked(*document)) for document in listed]
        together = other.together([other.asked(*document) for document in listed])
        assert alone == together
        assert one.amounts() == other.amounts()
        assert list(reconcile.messages()) == []
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_each_document_of_a_lot_is_recorded_under_its_person():
    office = Office("Aceh", "060001")
    asked = [
        office.asked(0, "commitment", "K-1", {0: 100}, (6, 15)),
        office.asked(1, "sp2d", "S-1", {1: 50}, (6, 15)),
        office.asked(2, "sp2d", "S-2", {1: 50}, (6, 15)),
    ]
    answers = office.together(asked)
    assert answers[:2] == [True, True]
    assert "not recorded as treasurer" in answers[2]
    for one, number, entries in ((asked[0], "K-1", 1), (asked[1], "S-1", 2)):
        posting = Posting.objects.get(document_number=number)
        event = Event.objects.get(verb="budget.post", subject_id=posting.pk)
        assert str(posting.posted_by_id) == str(event.person_id) == one.person
        assert event.detail["entries"] == entries
    assert not Posting.objects.filter(document_number="S-2").exists()


@pytest.mark.django_db
def test_nobody_posts_for_a_person_without_the_proof():
    office = Office("Aceh", "060001")
    true = office.asked(1, "sp2d", "S-1", {0: 10}, (6, 15))
    another = true._replace(paper=true.paper._replace(number="T"))
    for false in (true._replace(proof="1" * 75), true._replace(person=str(make.system().pk))):
        with transaction.atomic():
            rows = lots.ask([false, another], connection)
            assert rows[0][2] == "PU004"
            assert rows[1][1]
            transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["dipa", "block", "spm", "correction", "revision", "return"])
def test_no_document_that_needs_a_paper_comes_in_a_lot(kind):
    office = Office("Aceh", "060001")
    asked = office.asked(1, "sp2d", "S-1", {0: 10}, (6, 15))
    with pytest.raises(DatabaseError, match="need no paper"), transaction.atomic():
        lots.ask([asked._replace(paper=asked.paper._replace(kind=kind))], connection)


@pytest.mark.django_db
def test_within_a_transaction_a_document_stays_in_it():
    office = Office("Aceh", "060001")
    one = office.asked(1, "sp2d", "S-1", {0: 10}, (6, 15))
    treasurer = office.people[1]
    assert not lots.may_join(one.paper, treasurer, str(treasurer.pk))


@given(st.lists(st.sampled_from(["well", "refused", "lot fails", "alone fails"]), max_size=24))
@settings(max_examples=examples(30), deadline=None)
def test_every_thread_gets_its_own_answer_whatever_happens_to_the_others(asked):
    barrier = Barrier(len(asked) + 1)

    def one(number):
        if asked[number] == "alone fails":
            raise ConnectionError(number)
        return Refusal(str(number)) if asked[number] == "refused" else Posted(number, True)

    def many(numbers):
        if any(asked[number] == "lot fails" for number in numbers):
            raise ConnectionError(numbers[0])
        return [lots.Unanswered() if asked[n] == "alone fails" else one(n) for n in numbers]

    queue = lots.Lots(one, many)

    def thread(number):
        barrier.wait()
        try:
            return queue.answer(number)
        except ConnectionError:
            return lots.Unanswered()

    with ThreadPoolExecutor(max(1, len(asked))) as pool:
        answers = [pool.submit(thread, number) for number in range(len(asked))]
        barrier.wait()
        for number, answer in enumerate(answers):
            match answer.result(10):
                case Posted(posting_id=posting):
                    assert (posting, asked[number]) in ((number, "well"), (number, "lot fails"))
                case Refusal() as refusal:
                    assert str(refusal.message.en) == str(number)
                case _:
                    assert {"alone fails", "lot fails"} & set(asked)
