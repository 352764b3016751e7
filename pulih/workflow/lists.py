"""What waits for a person, and what a person was told, as declared lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pulih.lists.columns import NOT_ON_PAGE, PAGE_ONLY, Column, Kind
from pulih.lists.filters import Asked
from pulih.lists.listing import Listing
from pulih.lists.usual import flag
from pulih.web.words import say

from . import reads
from .models import Notice


def _tasks(asked: Asked) -> Sequence[reads.Task]:
    tasks = reads.tasks_of(asked.person)
    return [one for one in tasks if one.due.is_late] if asked["late"] else tasks


def _last_day(task: reads.Task) -> date | None:
    return task.due.last_day


TASKS = Listing(
    room="workflow",
    key="tasks",
    title=_("My tasks"),
    file_name="tugas",
    permission=None,
    source=_tasks,
    columns=(
        Column("what", _("What"), lambda t: t.title, link=lambda t: t.url),
        Column("state", _("State"), lambda t: say(t.state.label)),
        Column("who", _("Waits for"), lambda t: t.who, hide=True),
        Column("since", _("Since"), lambda t: t.duty.since, Kind.MOMENT, NOT_ON_PAGE),
        Column("until", _("Until"), _last_day, Kind.DAY, NOT_ON_PAGE),
        Column("due", _("Until"), _last_day, on=PAGE_ONLY, template="workflow/parts/due.html"),
        Column("late_by", _("Working days late"), lambda t: t.due.late_by, Kind.WHOLE, NOT_ON_PAGE),
    ),
    filters=(flag("late", _("Late ones")),),
    when_empty=_("Nothing waits for you."),
)


def _notices(asked: Asked) -> QuerySet[Notice]:
    return Notice.objects.filter(person=asked.person).select_related("mail")


NOTICES = Listing(
    room="workflow",
    key="notices",
    title=_("Notices"),
    file_name="pemberitahuan",
    permission=None,
    source=_notices,
    columns=(
        Column(
            "made_at", _("When"), lambda n: n.made_at, Kind.MOMENT, NOT_ON_PAGE, order="made_at"
        ),
        Column("title", _("Notice"), lambda n: say(n.title), template="workflow/parts/notice.html"),
        Column("text", _("Reason"), lambda n: say(n.text), on=NOT_ON_PAGE),
        Column(
            "mail",
            _("Mail"),
            lambda n: n.mail.get_state_display() if n.mail else "",
            template="workflow/parts/mail.html",
        ),
    ),
    filters=(flag("unread", _("Unread ones"), lambda rows, _on: rows.unread()),),
    order=("-made_at", "pk"),
    when_empty=_("No notice yet. When something comes to you, it stands here with its reason."),
)
