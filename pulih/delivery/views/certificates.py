"""The certificates of a class: who holds one, issuing and withdrawing, and the papers."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission, may
from pulih.web.answers import carried_out
from pulih.web.forms import FormBesideOthers
from pulih.web.kept_files import made_file
from pulih.web.page import go_to, render_page

from .. import lookups
from ..actions import certificates as actions
from ..clock import day_in, now
from ..documents.certificate import pdf
from ..forms import day_field
from ..models import Cohort, Participant
from ..reads.attendance import of_cohort
from ..reads.certificates import holders


class IssueForm(FormBesideOthers):
    number = forms.CharField(
        max_length=100, label=_("Numbers begin with"),
        help_text=_("Such as SERT-012/2020; the place in the list follows."),
    )  # fmt: skip
    dated = day_field(label=_("Dated"))


class WithdrawForm(FormBesideOthers):
    participant = forms.ModelChoiceField(Participant.objects.none(), label=_("Participant"))
    reason = forms.CharField(max_length=200, label=_("Why"))

    def __init__(self, people: Any, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["participant"]
        field.queryset = people
        field.label_from_instance = lambda one: f"{one.number}. {one.person}"


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def show_certificates(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Show who completed the training, and whose certificate is in force."""
    return _page(request, lookups.cohort_of(request.user, pk))


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def issue(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give certificates to those who completed the training."""
    cohort = lookups.cohort_of(request.user, pk)
    form = IssueForm(request.POST)
    act = partial(actions.issue_all, cohort, by=request.user, today=_today(request, cohort))
    if issued := carried_out(form, act):
        said = ngettext("%(n)s certificate issued.", "%(n)s certificates issued.", issued)
        messages.success(request, said % {"n": issued})
        return go_to(request, reverse("delivery:certificates", args=[pk]))
    return _page(request, cohort, issue_form=form)


@require_POST
@permission_required(Permission.RUN_ACTIVITIES)
def withdraw(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Withdraw one certificate."""
    cohort = lookups.cohort_of(request.user, pk)
    form = WithdrawForm(_people(cohort), request.POST)

    def act(participant: Participant, reason: str) -> bool:
        today = _today(request, cohort)
        actions.withdraw(participant, reason=reason, by=request.user, today=today)
        return True

    if carried_out(form, act):
        return go_to(request, reverse("delivery:certificates", args=[pk]))
    return _page(request, cohort, withdraw_form=form)


@require_safe
@permission_required(Permission.SEE_ACTIVITIES)
def paper(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Answer every certificate in force of a class as one PDF."""
    cohort = lookups.cohort_of(request.user, pk)
    held = [one for one in holders(cohort, of_cohort(cohort)) if one.paper]
    if not held:
        raise Http404
    return made_file(pdf(cohort, held), f"sertifikat-{pk}.pdf", shown=True)


def _people(cohort: Cohort) -> Any:
    return cohort.participants.select_related("person", "regency", "cohort").order_by("number")


def _today(request: PersonRequest, cohort: Cohort) -> Any:
    return day_in(cohort.province_id, now(request))


def _page(request: PersonRequest, cohort: Cohort, **more: Any) -> HttpResponseBase:
    found = holders(cohort, of_cohort(cohort))
    context = {
        "cohort": cohort,
        "holders": found,
        "held": sum(one.paper is not None for one in found),
        "may_run": may(request.user, Permission.RUN_ACTIVITIES, cohort.regency),
        "issue_form": IssueForm(initial={"dated": _today(request, cohort)}),
        "withdraw_form": WithdrawForm(
            _people(cohort).filter(pk__in=[one.participant.pk for one in found if one.paper])
        ),
        **more,
    }
    return render_page(
        request, "delivery/certificates.html", "delivery/_certificates.html", context
    )
