"""What is approved now, beside what was asked for: money on page, list and API."""

import re

import pytest
from django.urls import reverse

from pulih.people.scope import speaking_for
from pulih.proposals import promised
from pulih.proposals.actions import amending
from pulih.proposals.amended import row_content
from pulih.proposals.models import Amendment
from pulih.proposals.rules.factors import Factor
from tests.make import proposals as make
from tests.people import cast

pytestmark = pytest.mark.django_db


def test_what_was_asked_for_stays_and_the_amended_sum_is_what_is_approved(client):
    decided = make.decided(make.complete(people=1))
    asked = decided.asked_rupiah
    content = make.content(decided)
    content["rows"] = [row_content(content["rows"][0], (Factor(20, "OJ"),), 900_000)]
    amendment, by = make.amendment(decided, content), make.second_planner()
    with speaking_for(cast.planner()):
        amending.check(amendment, by=cast.planner())
    with speaking_for(by):
        amending.grant(Amendment.objects.get(pk=amendment.pk), by=by)
    proposal = make.again(decided)
    assert (proposal.asked_rupiah, promised.approved([proposal])) == (
        asked, {proposal.pk: 18_000_000},
    )  # fmt: skip
    client.force_login(cast.planner())
    page = client.get(reverse("proposals:proposal", args=[proposal.pk])).content.decode()
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "diusulkan Rp28.800.000 · disetujui Rp18.000.000 kurang Rp18.000.000" in said
    assert re.search(r"Disetujui 18\.000\.000 −10\.800\.000", said)
    assert re.search(r"Diusulkan 28\.800\.000", said)
    (row,) = client.get("/api/v1/proposals/").json()["rows"]
    assert (row["asked"], row["approved"], row["missing"]) == (asked, 18_000_000, 18_000_000)
    whole = client.get(f"/api/v1/proposals/{proposal.pk}").json()
    assert (whole["asked_rupiah"], whole["approved_rupiah"]) == (asked, 18_000_000)
    assert whole["missing_rupiah"] == 18_000_000
    listed = client.get(reverse("proposals:list")).content.decode()
    heads = listed.partition("<thead>")[2].partition("</thead>")[0]
    assert heads.index("Menunggu") < heads.index("Diusulkan"), "the last ones are cut on a tablet"
    assert "28.800.000" in listed
    assert "18.000.000" in listed
