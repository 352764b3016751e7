"""Who of a selection sits and who waits, whose places are free, and why nobody moves up to them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.web import numbers

from ..models import Participant, Selection, SelectionEntry
from .places import open_cohorts


class Waiting:
    """Who of a selection sits and who waits, by group and place, as the classes stand now.

    free: places of a group that nobody has. Whoever left or withdrew does not come again, and
    nobody of a household that sits moves up where one is the most.
    """

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        rows = selection.entries.select_related("decision", "applicant__person", "regency")
        self.entries = sorted(rows, key=lambda one: (one.decision.place or 0, one.code))
        people = Participant.objects.filter(activity=selection.activity_id)
        here = set(people.seated().values_list("person", flat=True))
        gone = set(people.exclude(left_on=None).values_list("person", flat=True)) - here
        self.is_exclusive = selection.criteria["one_a_household"]
        self.sitting = [one for one in self.entries if one.applicant.person_id in here]
        self.waiting = [
            one
            for one in self.entries
            if one.applicant.person_id not in here | gone and not one.applicant.withdrawn_on
        ]
        self.free = Counter(one.decision.group for one in self.entries if one.decision.is_chosen)
        others = people.seated().exclude(selection=None).exclude(selection=selection)
        elsewhere = set(others.values_list("person", flat=True))  # By another selection.
        self.free.subtract(
            one.decision.group for one in self.sitting if one.applicant.person_id not in elsewhere
        )
        self.free = +self.free  # A group in which more sit than were chosen has none.

    def next_ones(self) -> list[SelectionEntry]:
        free, taken = Counter(self.free), self._households()
        up = []
        for one in self.waiting:
            group = one.decision.group
            is_beside = self.is_exclusive and one.household in taken
            if free[group] > 0 and not is_beside:
                free[group] -= 1
                taken |= {one.household} - {""}
                up.append(one)
        return up

    def why_nobody(self) -> str:
        """Say why nobody moves up: no place is free, or whose places are, and who waits."""
        if not self.free:
            return " ".join(
                filter(None, [_("Every place of this selection is taken."), self._more()])
            )
        free, others = self.free_in_words(), self._others_in_words()
        if any(self.free[one.decision.group] for one in self.waiting):
            said = _(
                "Free are places for %(free)s. Who waits for them lives with somebody who has a "
                "place, and one person a household may come. Choose again to fill them."
            )
        elif others:
            said = _(
                "Free are places for %(free)s, and nobody waits for them. Those who wait are "
                "%(others)s. Choose again to fill the places."
            )
        else:
            said = _(
                "Free are places for %(free)s, and nobody waits any more. Choose again to fill "
                "them."
            )
        return said % {"free": free, "others": others}

    def free_in_words(self) -> str:
        """Say whose places are free, and how many."""
        return self._in_words(self.free)

    def _others_in_words(self) -> str:
        return self._in_words(Counter(one.decision.group for one in self.waiting))

    def _households(self) -> set[str]:
        return {one.household for one in self.sitting if one.household}

    def _more(self) -> str:
        """Say that classes have places that this selection did not count."""
        more = sum(free for _cohort, free in open_cohorts(self.selection.activity))
        if not more:
            return ""
        said = ngettext(
            "The classes have %(n)s more place: choose again to fill it.",
            "The classes have %(n)s more places: choose again to fill them.",
            more,
        )
        return said % {"n": numbers.counted(more)}

    def _in_words(self, counts: Counter[int]) -> str:
        sample = {one.decision.group: one for one in self.entries}
        return "; ".join(
            f"{kind_in_words(self.selection, sample[group])} ({numbers.counted(n)})"
            for group, n in sorted(counts.items())
        )


def kind_in_words(selection: Selection, one: SelectionEntry) -> str:
    """Say who is judged alike: of one regency and, where the criteria ask, of one kind."""
    asked: list[tuple[str, Any]] = [
        ("least_women", _("women") if one.sex == "P" else _("men")),
        (
            "least_disability",
            _("with a disability") if one.has_disability else _("without a disability"),
        ),
        ("least_laid_off", _("laid off") if one.is_laid_off else _("not laid off")),
    ]
    kinds = [said for name, said in asked if selection.criteria.get(name)]
    return ", ".join([str(one.regency), *kinds])
