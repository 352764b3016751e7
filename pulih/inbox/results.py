"""What came of a file, gathered for its page."""

import re
from dataclasses import dataclass

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pulih.intake import KINDS
from pulih.web import numbers
from pulih.web.figures import Progress

from . import pieces
from .models import CellProblem, ImportBatch, Treatment

LEFT_OUT = ("row_left_out", "table_not_read", "sheet_left_out")
# `Kab. Banjar` and `No. 5` go on, and what a cell holds stands in quotation marks.
SENTENCE = re.compile(
    r'(?s)(?:"[^"]*"|“[^”]*”|'
    r"(?!(?<!\bKab)(?<!\bKec)(?<!\bKel)(?<!\bProv)(?<!\bNo)(?<!\bJl)(?<!\bRp)\. [A-Z]).)*"
)
TONES = {Treatment.REJECTED: "bad", Treatment.CORRECTED: "warn", Treatment.WARNING: ""}


@dataclass(frozen=True)
class Trouble:
    """Problems of one rule in one column, with the first as the example."""

    example: CellProblem
    sentence: str
    value: str
    tone: str
    number: int


def troubles(batch: ImportBatch, language: str) -> list[Trouble]:
    """Return all problems of a batch by kind, the gravest and most frequent first.

    There are no more of them than rules for each column.
    """
    found = (
        CellProblem.objects.filter(batch=batch)
        .values("rule", "kind", "column")
        .annotate(number=Count("id"), first=Min("id"))
        .order_by("-number")
    )
    groups = list(found)
    examples = CellProblem.objects.in_bulk([each["first"] for each in groups])
    order = list(TONES)
    groups.sort(key=lambda each: (order.index(each["kind"]), -each["number"]))
    return [_trouble(examples[one["first"]], one["number"], language) for one in groups]


def _trouble(example: CellProblem, number: int, language: str) -> Trouble:
    return Trouble(
        example=example,
        sentence=first_sentence(sentence(example, language)),
        value=pieces.cut(example.value),
        tone=TONES[Treatment(example.kind)],
        number=number,
    )


def first_sentence(said: str) -> str:
    """Return what is wrong, without what to do about it."""
    found = SENTENCE.match(said)
    return (found[0] if found else said).rstrip(".")


def sentence(problem: CellProblem, language: str) -> str:
    """Return what is wrong and what to do, without the cell, which stands beside it."""
    full = problem.message_en if language.startswith("en") else problem.message_indonesian
    said = pieces.cut(full.removeprefix(f"{problem.cell}: "))
    return said[:1].upper() + said[1:]


def meanings(batch: ImportBatch, language: str) -> list[tuple[str, str]]:
    """Return every column that a heading of this kind of file can mean, by title."""
    if batch.kind not in KINDS:
        return []
    found = [(one.name, one.title.in_language(language)) for one in KINDS[batch.kind].columns]
    return sorted(found, key=lambda each: each[1])


def left_out(batch: ImportBatch) -> dict[str, int]:
    """Return what was not read though it may be part of the list: how many, by rule."""
    found = CellProblem.objects.filter(batch=batch, rule__in=LEFT_OUT)
    counted = dict(found.values_list("rule").annotate(number=Count("id")))
    return {rule: counted[rule] for rule in LEFT_OUT if rule in counted}


def made_of_it(batch: ImportBatch) -> str:
    """Return what the rooms made of the rows, in one line; empty when nothing."""
    new, known = batch.effects.get("enterprises_new"), batch.effects.get("enterprises_known")
    if new is not None:
        said = _("%(n)s known by number") % {"n": numbers.whole(known or 0)}
        more = _("%(n)s compared with the register") % {"n": numbers.whole(new)}
        return " · ".join([said, more, *_of_makers(batch.effects)])
    documents = batch.effects.get("treasury_documents")
    if documents is not None:
        differ = batch.effects.get("treasury_found", 0)
        said = ngettext("%(n)s difference", "%(n)s differences", differ)
        same = _("%(n)s as in the ledger") % {
            "n": numbers.whole(batch.effects.get("treasury_agreeing", 0))
        }
        return f"{same} · {said % {'n': numbers.whole(differ)}}"
    lines = batch.effects.get("budget_lines")
    if lines is not None:
        said = ngettext("%(n)s budget line", "%(n)s budget lines", lines)
        return said % {"n": numbers.whole(lines)}
    return ""


def _of_makers(effects: dict[str, int]) -> list[str]:
    """Return what became of capacities, certificates and members, as far as the list has any."""
    told = {
        "capacities": ngettext("%(n)s capacity", "%(n)s capacities", effects.get("capacities", 0)),
        "certificates": ngettext(
            "%(n)s certificate", "%(n)s certificates", effects.get("certificates", 0)
        ),
        "members": ngettext("%(n)s member", "%(n)s members", effects.get("members", 0)),
        "groups_unknown": ngettext(
            "%(n)s group that Pulih does not know yet: make it, and its members join",
            "%(n)s groups that Pulih does not know yet: make them, and their members join",
            effects.get("groups_unknown", 0),
        ),
    }
    return [
        said % {"n": numbers.whole(effects[name])}
        for name, said in told.items()
        if effects.get(name)
    ]


def progress(batch: ImportBatch, next_url: str) -> Progress:
    """Return how far the reading is, with the time left as its pace so far tells."""
    told = getattr(batch, "progress", None)
    done, total = (told.rows_done, told.rows_total) if told else (0, 0)
    total = max(total, done, _expected(batch))
    left = None
    if told and told.started_at and done and total > done:
        spent = (timezone.now() - told.started_at).total_seconds()
        left = spent / done * (total - done)
    return Progress(
        done=done,
        total=total,
        unit=_("rows"),
        seconds_left=left,
        is_done=not batch.is_unfinished,
        next_url=next_url,
    )


def _expected(batch: ImportBatch) -> int:
    """Return how many rows a file of this size usually holds, while nobody has counted them."""
    return batch.size_bytes // (60 if batch.stored_name.endswith(".xlsx") else 150)
