"""A form that is sent twice is carried out once, whatever sends it again."""

import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.messages import get_messages
from django.db import ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pulih.delivery.models import Move
from pulih.market.models import Buyer
from pulih.people.links.models import Link
from pulih.people.scope import speaking_for
from pulih.planning.models import Scenario
from pulih.workflow.sending import FIELD, OncePerForm, forget_old
from tests.architecture.test_access import visitor
from tests.forms import forms_of
from tests.make import areas, market, planning
from tests.make import delivery as make
from tests.meanwhile import begun
from tests.people import cast
from tests.planning.test_pages import FORM

pytestmark = pytest.mark.django_db(transaction=True)
KEY = re.compile(rf'<input type="hidden" name="{FIELD}" value="([^"]+)">')
ISSUED = {"kind": "issued", "quantity": "4", "day": "2020-06-22"}


class Desk:
    """An officer's browser and the item whose goods move; a form is drawn before it is sent."""

    def __init__(self):
        self.item = make.stocked(make.activity(), 10, 1_000)
        self.client = Client()
        self.client.force_login(cast.provincial_officer())
        self.page = reverse("delivery:goods", args=[self.item.activity_id])
        self.address = reverse("delivery:move", args=[self.item.activity_id])

    def draw(self):
        """Return the key of the form as it is drawn now."""
        return KEY.findall(self.client.get(self.page).content.decode())[0]

    def send(self, key, *, client=None, **typed):
        typed = {"item": self.item.pk, **ISSUED, **typed, FIELD: key}
        return (client or self.client).post(self.address, typed)

    def issued(self):
        return Move.objects.filter(item=self.item, kind="issued").count()


@pytest.fixture
def desk():
    return Desk()


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_the_same_form_twice_is_one_move_and_two_equal_answers(desk):
    key = desk.draw()
    first, second = desk.send(key), desk.send(key)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    assert desk.issued() == 1
    assert [text for text in said(second) if "twice" in text or "dua kali" in text]


def test_a_form_drawn_anew_is_another_entry_with_the_same_words(desk):
    assert desk.send(desk.draw()).status_code == 303
    assert desk.send(desk.draw()).status_code == 303
    assert desk.issued() == 2


def test_the_same_drawing_with_other_words_is_another_entry(desk):
    key = desk.draw()
    assert desk.send(key).status_code == 303
    assert desk.send(key, quantity="3").status_code == 303
    assert desk.issued() == 2


def test_what_was_refused_may_be_sent_again(desk):
    key = desk.draw()
    assert "11" in desk.send(key, quantity="11").content.decode()
    make.bought(desk.item, 5, 500)
    assert desk.send(key, quantity="11").status_code == 303
    assert desk.issued() == 1


def test_the_second_sending_answers_as_the_first_though_nothing_is_left(desk):
    key = desk.draw()
    assert desk.send(key, quantity="10").status_code == 303
    assert desk.send(key, quantity="10").status_code == 303
    assert desk.issued() == 1


def test_a_key_of_somebody_else_hides_nothing(desk):
    key = desk.draw()
    other = Client()
    other.force_login(cast.planner())
    assert desk.send(key).status_code == 303
    assert desk.send(key, client=other).status_code in (303, 403)
    mine = desk.issued()
    assert desk.send(key).status_code == 303
    assert desk.issued() == mine


def test_eight_sendings_at_the_same_moment_are_one(desk):
    key, answers = desk.draw(), []
    cookies = desk.client.cookies

    def send():
        client = Client()
        client.cookies = cookies
        try:
            answers.append(desk.send(key, client=client).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303] * 8
    assert desk.issued() == 1


def test_who_writes_a_name_that_another_writes_now_is_told_as_who_comes_later():
    officer, address = visitor(cast.planner()), reverse("market:new-buyer")
    page = officer.get(address).content.decode()
    (drawn,) = (form for form in forms_of(page) if "phone" in form.names)
    typed = {**drawn.values, "regency": areas.regency().pk, "kind": "shop", "name": "Toko Laris"}

    def add():
        try:
            return officer.post(address, typed)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        market.buyer(name="Toko Laris")
        answer = begun(pool, add)
    assert answer.result().status_code == 200
    assert "sudah ada di kabupaten/kota ini" in answer.result().content.decode()
    assert Buyer.objects.count() == 1


def test_a_program_names_a_key_of_its_own_and_gets_the_first_answer_again():
    planning.country()
    client = Client()
    client.force_login(cast.planner())
    headers = {"Idempotency-Key": "monthly-1"}
    first, second = (
        client.post("/api/v1/planning/scenarios", FORM, headers=headers) for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Scenario.objects.count() == 1


def test_a_sending_with_a_key_costs_one_statement_and_a_transaction(desk):
    def statements(key):
        with CaptureQueriesContext(connection) as asked:
            assert desk.send(key, quantity="1").status_code == 303
        return Counter(query["sql"].split()[0] for query in asked.captured_queries)

    desk.send("", quantity="1")
    bare, keyed = statements(""), statements(desk.draw())
    opened, ended = ("BEGIN", "SAVEPOINT"), ("RELEASE", "COMMIT")  # A move alone is one statement.
    assert keyed - bare == Counter(["SELECT", *opened, *ended])


def test_a_document_that_its_number_names_goes_outside_a_transaction_of_its_page(desk):
    """Else documents of several people could no longer go to the ledger together."""

    def is_inside(url):
        seen = []

        def answer(_request):
            seen.append(connection.in_atomic_block)
            return HttpResponse("", "image/png")

        request = RequestFactory().post(url, {FIELD: "k"})
        request.user = cast.planner()
        OncePerForm(answer)(request)
        return seen == [True]

    assert is_inside(desk.address)
    assert is_inside("/no/such/page/")
    assert not is_inside(reverse("budget:commit-line", args=[1]))
    for step in ("request-payment", "pay", "return-payment"):
        assert not is_inside(reverse(f"budget:{step}", args=[1]))


def test_what_is_shown_once_is_shown_again_to_who_sent_it_again(desk):
    """The address of a link is kept nowhere in the clear, yet a lost answer must not lose it."""
    handover = make.handover(desk.item, 3)
    url = reverse("delivery:give-count-link", args=[handover.pk])
    typed = {"holder": "Siti", FIELD: "k" * 16}
    pages = [desk.client.post(url, typed).content.decode() for _ in range(2)]
    address, again = (re.findall(r"/l/[\w-]+", page)[0] for page in pages)
    assert address == again
    assert Link.objects.count() == 1


def test_what_was_sent_is_closed_to_who_serves_and_forgotten_in_time(desk):
    desk.send(desk.draw())
    for statement in ("SELECT * FROM workflow_sentform", "DELETE FROM workflow_sentform"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
    assert forget_old() == 0
    with (
        speaking_for(cast.planner()),
        pytest.raises(ProgrammingError, match="insufficient_privilege"),
        transaction.atomic(),
    ):
        forget_old()


def test_of_two_who_save_an_edit_at_once_one_is_told():
    cohort = make.cohort()
    page = reverse("delivery:cohort", args=[cohort.pk])
    officers = [visitor(cast.provincial_officer()) for _ in range(2)]
    drawn = [
        next(form for form in forms_of(one.get(page).content.decode()) if form.version)
        for one in officers
    ]
    answers, barrier = [], threading.Barrier(2)

    def save(one, form, name):
        barrier.wait()
        answers.append(one.post(form.action, {**form.values, "name": name}).status_code)
        connection.close()

    threads = [
        threading.Thread(target=save, args=(one, form, f"Kelas {number}"))
        for number, (one, form) in enumerate(zip(officers, drawn, strict=True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 303]
