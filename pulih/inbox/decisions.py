"""Withdrawing a file whose rows count takes two persons: figures fall when it is gone."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from pulih.common.errors import Message, Refusal
from pulih.common.money import grouped
from pulih.people.models import User
from pulih.people.permissions import Permission
from pulih.workflow.decisions import Consequence, DecisionKind
from pulih.workflow.models import Decision
from pulih.workflow.post_kinds import PostKind
from pulih.workflow.registry import Described

from .actions import withdraw
from .models import ImportBatch, State


def consequences(batch_id: int, by: User) -> list[Consequence]:
    """Say what withdrawing would do. May refuse: it does not count, or a correction does."""
    batch = ImportBatch.objects.visible_to(by).select_related("supersedes").get(pk=batch_id)
    if batch.state != State.DONE or not batch.is_newest:
        raise Refusal(
            Message(
                "Hanya berkas yang sedang dihitung yang impornya dapat dibatalkan.",
                "Only a file that counts can be withdrawn.",
            )
        )
    earlier = (
        batch.supersedes if batch.supersedes and batch.supersedes.state == State.DONE else None
    )
    return [
        _number(Message("Baris yang tidak lagi dihitung", "Rows that no longer count"), batch.rows),
        Consequence(
            Message("Berkas yang dihitung lagi", "File that counts again"),
            Message(*(2 * [earlier.file_name] if earlier else ["tidak ada", "none"])),
        ),
        _number(
            Message("Baris yang dihitung lagi", "Rows that count again"),
            earlier.rows if earlier else 0,
        ),
    ]


def _number(label: Message, number: int) -> Consequence:
    return Consequence(label, Message(grouped(number, "id"), grouped(number, "en")))


def apply(decision: Decision, by: User) -> None:
    withdraw(ImportBatch.objects.get(pk=decision.subject_id), by=by)


def describe(person: User, ids: Collection[int]) -> Mapping[int, Described]:
    return {
        one.pk: Described(one.file_name, reverse("inbox:batch", args=[one.pk]))
        for one in ImportBatch.objects.visible_to(person).filter(pk__in=ids)
    }


WITHDRAWING = DecisionKind(
    "file_withdrawal",
    Message("membatalkan impor berkas", "withdrawing the file"),
    Permission.DELIVER_FILES,
    Permission.DELIVER_FILES,
    PostKind(
        "file_withdrawer", Message("pemutus pembatalan impor", "who decides on withdrawn files"),
        Permission.DELIVER_FILES,
    ),
    consequences,
    apply,
    describe,
)  # fmt: skip
