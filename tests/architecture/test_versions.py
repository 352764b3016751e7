"""Every form that changes what is stored, sent from two tabs: the second is told, nothing is lost.

See pulih/web/versions.py. Whether an address edits is known by its name in access.txt; a new one
takes its place in EDITS, or in OTHERWISE with the reason.
"""

import re
from dataclasses import dataclass, field

import pytest
from django.urls import resolve, reverse

from tests.architecture.test_access import PERSONS, rows, visitor
from tests.architecture.world import build
from tests.forms import forms_of
from tests.html import words

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # Needs one of everything.

EDITS = re.compile(
    r":(edit|change|save|rename|amend|pin|tag|protect|correct|state|rhythms|round|details"
    r"|cash-plan)(-|$)"
)
SAVED = 303
ADDS = "adds a row beside those that are there"
COMPARES = "compares field by field itself, see tests/proposals/test_drafts.py"
NOT_THERE = "carries its version; the world has none to edit"
OTHERWISE = {
    "proposals:edit": COMPARES,
    "proposals:save-sections": COMPARES,
    "proposals:save-part": COMPARES,
    "proposals:amend": ADDS,
    "budget:tag-lines": "of whatever a filter finds: no value was read",
    "treasury:state-taxes": ADDS,
    "delivery:correct-mark": ADDS,
    "delivery:correct-count": ADDS,
    "delivery:state-teaching": ADDS,
    "delivery:state-payee": ADDS,
    "market:rename-buyer": ADDS,
    "lists:save-view": ADDS,
    "lists:rename-view": "one's own word, which nobody else sees",
    "market:state-capacity": NOT_THERE,
    "monitoring:save-foreign-fund": NOT_THERE,
    "monitoring:save-signatory": ADDS,
    "monitoring:save-quarter": "one mark for all its forms, see tests/monitoring",
}


@dataclass(frozen=True)
class Edit:
    """A form, by what stands where: its page, who edits, which field becomes what in which tab.

    more: what else must be typed; then: in the second tab, where it is other.
    """

    page: str
    who: str
    field: str
    first: str
    second: str
    more: dict[str, str] = field(default_factory=dict)
    then: dict[str, str] | None = None


WHY = {"reason": "Sesuai berita acara."}
FORMS = (
    Edit("measures:edit measure", "planner", "unit", "orang", "peserta baru",
         {"setup_source": "assumed"}),
    Edit("planning:edit draft", "planner", "title", "Draf pagi", "Draf sore",
         {"ceiling": "400.000.000", "measures": "test_masks"}),
    Edit("delivery:edit activity", "jabar", "title", "Bimtek pagi", "Bimtek sore"),
    Edit("delivery:edit-person trainee", "jabar", "village", "Eretan Kulon", "Eretan Wetan"),
    Edit("delivery:cohort cohort", "jabar", "places", "6", "7"),
    Edit("registry:pin enterprise attribute", "jabar", "value", "Jalan Pagi", "Jalan Sore", WHY),
    Edit("revisions:details movement", "jabar", "text_0", "Honor pagi", "Honor sore",
         {"volume_0": "2", "unit_0": "OJ", "unit_cost_0": "30.000.000"}),
    Edit("revisions:change revision", "jabar", "title", "Revisi pagi", "Revisi sore"),
    Edit("revisions:cash-plan unit year", "jabar", "m_52_1", "26.000.000", "27.000.000",
         {"m_52_2": "24.000.000"}, {"m_52_2": "23.000.000"}),
    Edit("proposals:round round", "planner", "title", "Putaran pagi", "Putaran sore"),
    Edit("portal:rhythms", "steward", "day", "2", "3"),
    Edit("people:person person", "administrator", "role", "planner", "auditor", WHY),
    Edit("budget:line line", "planner", "measure", "", "wash_station_training"),
    Edit("budget:line line", "planner", "is_protected", "on", "", WHY),
    Edit("market:amend-need need", "jabar", "quantity", "110", "120",
         {"due": "2027-03-01"}),
    Edit("monitoring:targets unit year", "jabar", "name", "Bimtek pagi", "Bimtek sore"),
    Edit("monitoring:office unit year", "jabar", "location", "Bandung", "Cirebon"),
    Edit("monitoring:office unit year", "jabar", "function", "Ekonomi", "Industri", {"name": "P"}),
    Edit("monitoring:report unit year quarter lra", "jabar", "about_52", "Pagi", "Sore"),
)  # fmt: skip


def test_who_sends_an_edit_second_is_told_what_stands_now():
    world = build()
    keys = {**world.keys, "lra": "accountability"}
    clients = {who: visitor(PERSONS[who]()) for who in {one.who for one in FORMS}}
    faults, sent = [], set()
    for one in FORMS:
        name, *args = one.page.split()
        address = reverse(name, args=[keys[arg] for arg in args])
        drawn = form_of(clients[one.who].get(address), one)
        if drawn is None:
            faults.append(f"{one.page} {one.field}: no form with this field carries its version")
            continue
        target = drawn.action or address
        sent.add(resolve(target).view_name)
        fault = untold(clients[one.who], target, drawn, one)
        faults += [f"{one.page} {one.field}: {fault}"] if fault else []
    assert not faults, "\n".join(faults)
    edits = {row.name for row in rows() if EDITS.search(row.name)}
    assert edits - sent == OTHERWISE.keys()


def form_of(answer, one):
    forms = forms_of(answer.content.decode())
    return next((f for f in forms if f.version and one.field in f.names), None)


def untold(client, target, drawn, one):
    """Send a form from two tabs that were opened before; return what went wrong, if any."""
    first = client.post(target, {**drawn.values, **one.more, one.field: one.first})
    if first.status_code != SAVED:
        return f"the first was not saved: {problem(first)}"
    more = one.more if one.then is None else one.then
    second = client.post(target, {**drawn.values, **more, one.field: one.second})
    again = form_of(second, one)
    if second.status_code == SAVED or " differing" not in second.content.decode() or not again:
        return f"the second was not told: {problem(second)}"
    third = client.post(target, {**again.values, **more})
    return "" if third.status_code == SAVED else f"nor could it be kept: {problem(third)}"


def problem(answer):
    """Return what the page says against the form."""
    page = answer.content.decode()
    said = re.findall(r'(?s)<ul class="errors".*?</ul>|<div class="note bad".*?</div>', page)
    said += re.findall(r'(?s)<span\s+class="bad s">.*?</span>', page)
    return f"{answer.status_code} {words(' '.join(said))}"
