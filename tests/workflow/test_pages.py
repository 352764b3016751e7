"""The board, its notices and the posts, as people see and press them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from pulih.people.scope import speaking_for
from pulih.web.keyset import SIZE
from pulih.workflow import reads, tasks
from pulih.workflow.actions import NewDuty, appoint, start, take_step
from pulih.workflow.models import Mail, MailChoice, Notice, Post, PostHolder
from pulih.workflow.post_holders import post_of
from pulih.workflow.templatetags.workflow import hari_terakhir, waktu_di
from tests.html import squeezed
from tests.make import areas
from tests.make import workflow as make
from tests.make.workflow import DECIDER, OFFICE, PAPER
from tests.once import made_once
from tests.people import cast

pytestmark = pytest.mark.django_db
BEGUN = datetime(2020, 6, 15, 2, tzinfo=UTC)


@made_once
def officer():
    return cast.provincial_officer()


def ask(person, name="workflow:tasks", *arguments, post=None, language="en", **query):
    client = Client()
    client.force_login(person)
    client.cookies["pulih_language"] = language
    address = reverse(name, args=arguments)
    answer = client.get(address, query) if post is None else client.post(address, post)
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer, text.decode("utf-8-sig")


def waiting(officer, subject=1):
    start(PAPER, subject, area=officer.home, by=officer, duty=NewDuty(person=officer), now=BEGUN)
    duty = NewDuty(post=post_of(DECIDER.key, None), working_days=5)
    return take_step(PAPER, subject, "send", by=officer, duty=duty, now=BEGUN)


def test_badge_board_file_and_programs_show_the_same(officer):
    planner = cast.planner()
    for subject in (1, 2, 3):
        waiting(officer, subject)
    assert tasks.total(planner) == 3
    _answer, page = ask(planner)
    assert '</span>3<span class="visually-hidden">waiting for you' in squeezed(page)
    assert "<b>3</b> tasks wait for you" in page
    assert page.count('href="/test/') == 3 + 3  # In the list, and the notice of each.
    assert "late by" in page
    _answer, file = ask(planner, format="csv")
    assert file.count("Surat ") == 3
    client = Client()
    client.force_login(planner)
    rows = client.get("/api/v1/workflow/tasks").json()["rows"]
    assert [row["until"] for row in rows] == ["2020-06-22"] * 3
    assert tasks.total(officer) == 0
    assert "Tidak ada yang menunggu Anda." in ask(officer, language="id")[1]


def test_work_of_other_rooms_counts_too(officer):
    tasks.register(tasks.Tasks("test", "Lists to mend", lambda person: 7, "inbox:list"))
    try:
        assert tasks.total(officer) == 7
        assert "Lists to mend" in ask(officer)[1]
    finally:
        del tasks._rooms["test"]


def test_the_board_asks_no_more_for_many_tasks_than_for_one(officer, django_assert_max_num_queries):
    planner = cast.planner()
    for subject in range(12):
        waiting(officer, subject)
    client = Client()
    client.force_login(planner)
    with django_assert_max_num_queries(30):
        client.get(reverse("workflow:tasks"))


def test_notices_are_read_and_mail_is_chosen(officer):
    planner = cast.planner()
    waiting(officer)
    assert "Waiting for you: Surat 1" in ask(planner)[1]
    ask(planner, "workflow:read", post={})
    assert Notice.objects.unread().count() == 0
    assert "No unread notice." in ask(planner)[1]
    assert "Waiting for you: Surat 1" in ask(planner, "workflow:notices")[1]
    ask(planner, "workflow:mail", post={"mail": "at_once", "language": "en"})
    assert MailChoice.objects.get(person=planner).mail == "at_once"
    ask(planner, "workflow:mail", post={"mail": "hourly", "language": "en"})
    assert MailChoice.objects.get(person=planner).mail == "at_once"


def test_a_doubted_mail_can_be_sent_again_from_the_page(officer):
    mail = make.unsure_mail(officer)
    answer, _page = ask(officer, "workflow:again", mail.pk, post={})
    assert (answer.status_code, Mail.objects.get().state) == (303, "waiting")
    assert ask(officer, "workflow:again", mail.pk, post={})[0].status_code == 409


def test_an_administrator_appoints_and_ends(officer):
    administrator = cast.administrator()
    given = {
        "post": OFFICE.key, "area": officer.home.pk, "person": officer.pk, "since": "2020-03-02",
    }  # fmt: skip
    assert ask(administrator, "workflow:posts", post=given)[0].status_code == 303
    held = PostHolder.objects.get()
    page = ask(administrator, "workflow:posts")[1]
    assert ("1 row" in squeezed(page), page.count(f"/posts/holders/{held.pk}/end/")) == (True, 1)
    _answer, page = ask(administrator, "workflow:posts", post=given)
    assert "holds this post from 2 Mar 2020" in page
    _answer, page = ask(administrator, "workflow:posts", post={**given, "since": "9999-12-31"})
    assert "31 December 2100 or earlier" in page
    ask(administrator, "workflow:end-holding", held.pk, post={"until": "0001-01-01"})
    assert PostHolder.objects.get().until is None
    ask(administrator, "workflow:end-holding", held.pk, post={"until": "2020-04-01"})
    assert str(PostHolder.objects.get().until) == "2020-04-01"


def test_posts_are_found_by_kind_province_and_vacancy_and_go_into_a_file(officer):
    administrator, today = cast.administrator(), timezone.localdate()
    held = post_of(OFFICE.key, officer.home)
    for post in (post_of(OFFICE.key, areas.province("Bali")), post_of(DECIDER.key, None)):
        assert post.pk != held.pk
    with speaking_for(administrator):
        appoint(held, officer, since=today - timedelta(days=30), by=administrator)

    def found(**query):
        lines = ask(administrator, "workflow:posts", format="csv", **query)[1].splitlines()
        return [tuple(line.split(",")[1:4]) for line in lines[5:-1]]

    mine = ("dinas", "Jawa Barat", officer.name)
    assert mine in found()
    assert found(province=officer.home.pk) == [mine]
    assert found(kind=DECIDER.key) == [("penguji", "Indonesia", "")]
    assert set(found(vacant="on")) == {("dinas", "Bali", ""), ("penguji", "Indonesia", "")}
    _answer, page = ask(administrator, "workflow:posts", vacant="on", kind=OFFICE.key)
    assert ("vacant" in page, "Jawa Barat</td>" in squeezed(page)) == (True, False)
    _answer, page = ask(administrator, "workflow:posts", kind="emperor")
    assert "The filter “Post” was left out: “emperor” does not fit." in page


def test_more_posts_than_a_page_holds_are_cut_into_pages(officer):
    administrator = cast.administrator()
    every = areas.Area.objects.filter(level="regency").order_by("pk")[:SIZE]
    Post.objects.bulk_create(Post(key=OFFICE.key, area=area) for area in every)
    post_of(DECIDER.key, None)
    _answer, page = ask(administrator, "workflow:posts")
    assert (f"{SIZE + 1} rows" in squeezed(page), page.count("<tr>")) == (True, SIZE + 1)


def drawn(text, **context):
    return engines["django"].from_string("{% load workflow %}" + text).render(context)


def test_a_page_of_a_room_shows_clock_steps_and_what_can_be_done(officer):
    planner = cast.planner()
    waiting(officer)
    held = reads.clock_of(reads.open_duty(PAPER, 1), datetime(2020, 6, 24, 2, tzinfo=UTC))
    text = drawn("{% clock held %}", held=held)
    assert "terlambat 2 hari kerja" in text
    assert "kosong" in text
    assert "sudah selesai" in drawn("{% clock held %}", held=None)
    shown = drawn("{% steps steps %}", steps=reads.history(PAPER, 1))
    assert "Ajukan" in shown
    assert shown.count("·") == 1  # Nothing stands before the name at the first step.
    with speaking_for(planner):
        moves = reads.moves_of(PAPER, 1, planner)
    assert [move.key for move in moves.moves] == ["return", "accept"]
    text = drawn("{% moves moves '/x/' %}", moves=moves)
    assert 'name="seen" value="2"' in text
    assert re.findall(r'btn-(\w+)"\s+name="move" value="(\w+)"', text) == [
        ("quiet", "return"), ("primary", "accept"),
    ]  # fmt: skip
    assert "Wajib untuk: Kembalikan" in text
    refused = RequestFactory().post("/x/", {"reason": "Rekening belum benar"})
    text = drawn("{% moves moves '/x/' 'Ditolak' %}", moves=moves, request=refused)
    assert "Rekening belum benar</textarea>" in text
    assert reads.moves_of(PAPER, 1, officer).moves == ()


def test_a_moment_is_written_on_the_clock_of_its_place():
    moment = datetime(2020, 7, 10, 1, 0, tzinfo=UTC)
    makassar, jayapura = areas.province("Kalimantan Selatan"), areas.province("Papua")
    said = [waktu_di(moment, area) for area in (None, makassar.pk, jayapura.pk)]
    assert said == ["10 Jul 2020 08.00 WIB", "10 Jul 2020 09.00 WITA", "10 Jul 2020 10.00 WIT"]
    assert waktu_di(None, makassar.pk) == "–"


def test_a_clock_that_runs_to_midnight_names_the_day_that_ends_then():
    midnight = datetime(2020, 6, 17, 17, tzinfo=UTC)  # In West Java; in Papua it is 2 o'clock.
    jayapura = areas.province("Papua")
    assert hari_terakhir(midnight, None) == "17 Jun 2020"
    assert hari_terakhir(midnight, jayapura.pk) == "18 Jun 2020"
    assert hari_terakhir(None, None) == "–"
