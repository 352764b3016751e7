"""What a run decided is carried out: merges, questions, and what follows from them."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

import polars as pl

from pulih.inbox import bulk
from pulih.people.models import User
from pulih.registry import comparing, merge_hooks
from pulih.registry.actions.joining_many import join_all
from pulih.registry.actions.one_at_a_time import hold, settle
from pulih.registry.actions.open_reviews import Doubt, ask_all
from pulih.registry.deciding import MOST_QUESTIONS, Decided, Question, decide
from pulih.registry.forest import Forest
from pulih.registry.models import Enterprise, LinkRun, Separation

NAMED = """
    SELECT member.id, coalesce(member.merged_into_id, member.id)
    FROM registry_enterprise AS asked
    JOIN registry_enterprise AS top
        ON top.id = coalesce(asked.merged_into_id, asked.id) AND top.is_listed
    JOIN registry_enterprise AS member
        ON member.id = top.id OR member.merged_into_id = top.id
    WHERE asked.id IN (SELECT id FROM pg_temp.registry_named)
"""


def carry_out(
    run: LinkRun,
    runs: Sequence[LinkRun],
    brought: pl.DataFrame,
    known: pl.DataFrame,
    answer: comparing.Compared,
    *,
    by: User,
) -> list[dict[str, Any]]:
    """Join and ask what the comparison says; return what else the run should tell people.

    runs: those that the brought belong to.
    """
    hold()
    judges = merge_hooks.judges()
    forest = _forest(answer, {one for judge in judges for one in judge.concerned})
    clusters = ((one, other) for one, other in answer.clusters.iter_rows() if one != other)
    decided = decide(answer.worded(), clusters, forest, partial(_refuse, judges))
    keys = {one.batch_id: one.pk for one in runs}
    came_with = {one: keys[batch] for one, batch in brought.iter_rows()}
    concerned = _join(decided, came_with, run, by)
    _ask(decided.questions, known, answer, came_with, run)
    asked = {one for question in decided.questions for one in (question.first, question.second)}
    settle([*concerned, *asked])
    return [_unasked(decided.unasked)] if decided.unasked else []


def _unasked(number: int) -> dict[str, Any]:
    return {
        "what": "unasked",
        "number": number,
        "example": "",
        "says_id": f"{number} pasangan meragukan tidak ditanyakan: tentang satu IKM ditanyakan "
        f"paling banyak {MOST_QUESTIONS} pasangan sekali padan. Periksa apakah satu nomor atau "
        "nama terulang di banyak baris.",
        "says_en": f"{number} doubtful pairs are not asked: about one firm at most "
        f"{MOST_QUESTIONS} are asked in one run. Look whether one number or name is repeated in "
        "many rows.",
    }


def _forest(answer: comparing.Compared, watched: Collection[int]) -> Forest:
    """Return the groups that the pairs name, as the register has them now.

    watched: those about whom any room may object.
    """
    pairs, clusters = answer.pairs, answer.clusters
    named = pl.concat(
        [pairs["record_a"], pairs["record_b"], clusters["record_id"], clusters["enterprise_id"]]
    )
    bulk.copy_in("registry_named", named.unique().to_frame("id"), {"id": "bigint"}, is_joined=True)
    tops = bulk.fetch(NAMED, {"id": pl.Int64, "top": pl.Int64})
    apart = Separation.objects.in_force().values_list("first_id", "second_id")
    return Forest(dict(tops.iter_rows()), list(apart), watched)


def _refuse(
    judges: Sequence[merge_hooks.Judge], ours: Collection[int], theirs: Collection[int]
) -> bool:
    return any(said.refuses for judge in judges if (said := judge.says(ours, theirs)))


def _join(decided: Decided, came_with: dict[int, int], run: LinkRun, by: User) -> list[int]:
    if not decided.joins:
        return []
    merged = [join.edge.merged for join in decided.joins]
    run_of = {one: came_with.get(one, run.pk) for one in merged}
    return join_all(decided.joins, run_of, by=by)


def _ask(
    questions: list[Question],
    known: pl.DataFrame,
    answer: comparing.Compared,
    came_with: dict[int, int],
    run: LinkRun,
) -> None:
    if not questions:
        return
    seen = comparing.with_missing(known, questions)
    terms = comparing.terms(questions, seen, answer.linked.weights)
    keys = {one for question in questions for one in (question.first, question.second)}
    firms = Enterprise.objects.in_bulk(keys)
    ask_all(
        Doubt(
            firms[question.first],
            firms[question.second],
            question.pair.weight,
            said,
            came_with.get(question.second, run.pk),
        )
        for question, said in zip(questions, terms, strict=True)
    )
