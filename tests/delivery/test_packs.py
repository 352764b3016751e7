"""The papers of an account must be together before its payment is requested."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from pulih.budget.models import Post, Posting
from pulih.common.errors import Refusal
from pulih.delivery.actions import packs, payments
from pulih.delivery.reads.packs import pack_lines
from pulih.delivery.rules.packs import missing, pack_of
from pulih.treasury.reads.supporting import checklist_of
from tests.delivery.paying import DAY, committed, hand, source
from tests.make import delivery as make
from tests.people import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_no_payment_is_requested_before_its_papers_are_together(client):
    activity = make.payable(5)
    given = make.payment_list(activity)
    committed(activity)
    by = hand(activity, Post.COMMITMENT_OFFICER)
    asked = {"source": source(given), "number": "SPP-9", "effective_on": DAY, "method": "LS",
             "by": by, "today": DAY}  # fmt: skip
    with pytest.raises(Refusal, match="Invitation and agenda, Assignment letter"):
        payments.request_payment(given, **asked)
    name(given, "invitation", by)
    with pytest.raises(Refusal, match="missing: Assignment letter of the organisers"):
        payments.request_payment(given, **asked)
    name(given, "assignment", by)
    posted = payments.request_payment(given, **asked)
    papers = checklist_of(Posting.objects.get(pk=posted.posting_id))
    assert [one.is_missing for one in papers] == [False] * 5
    assert [one.number for one in papers][-2:] == ["ST-1", "ST-1"]
    client.force_login(by)
    page = client.get(reverse("treasury:request", args=[posted.posting_id])).content.decode()
    assert "ST-1" in page
    assert reverse("treasury:name-papers", args=[posted.posting_id]) not in page


def name(given, key, by, **values):
    usual = {"number": "ST-1", "dated": DAY, "today": DAY}
    return packs.name_paper(given, key=key, by=by, **{**usual, **values})


def test_only_papers_of_the_pack_that_the_office_holds_are_named():
    given = make.payment_list(make.payable(2))
    by = cast.provincial_officer()
    for key in ("nominative", "song"):
        with pytest.raises(Refusal, match="no part of the list's pack"):
            name(given, key, by)
    with pytest.raises(Refusal, match="lies ahead"):
        name(given, "invitation", by, dated=DAY + timedelta(1))
    with pytest.raises(PermissionDenied):
        name(given, "invitation", cast.auditor())
    name(given, "invitation", by)
    name(given, "invitation", by, number="ST-2")
    assert [one.named.number for one in pack_lines(given) if one.named] == ["ST-2"]
    with pytest.raises(DatabaseError), transaction.atomic():
        given.papers.all().delete()


accounts = st.sampled_from(["521219", "524119", "511111"])
keys = st.frozensets(st.sampled_from(["nominative", "attendance", "decree", "invitation"]))


@hypothesis_given(accounts, keys)
def test_a_pack_lacks_exactly_what_is_not_held(account, held):
    pack = pack_of(account)
    lacking = {one.key for one in missing(pack, held)}
    every = {one.key for one in pack.papers} if pack else set()
    assert lacking == every - held
    assert (pack is None) == (account == "511111")


def test_a_list_of_a_known_account_asks_for_each_key_once_and_says_who_holds_it():
    """Papers are stored by these keys: one that goes leaves what an office named without a name."""
    participants = ["nominative", "attendance", "decree", "invitation", "assignment"]
    honoraria = ["nominative", "attendance", "assignment", "speakers", "invitation", "material",
                 "receipt", "tax_slip"]  # fmt: skip
    for account, keys_of in {"521219": participants, "521241": participants,
                             "522151": honoraria, "521213": honoraria}.items():  # fmt: skip
        papers = pack_of(account).papers
        assert [one.key for one in papers] == keys_of, account
        held = {one.key: one.held_by for one in papers if one.held_by != "office"}
        assert held == {key: key.replace("nominative", "list") for key in held}
