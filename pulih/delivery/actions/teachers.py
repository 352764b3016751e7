"""The NIK of who teaches: one person in all classes, however the name is written."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pulih.common.errors import Refusal
from pulih.common.identity_numbers import whole_of
from pulih.people.scope import speaking_as_system
from pulih.web.words import say

from ..models import Trainer
from ..nik_keys import key_of
from ..rules import nik as numbers
from ..rules.matching_names import guess


def give_nik(trainer: Trainer, nik: str) -> None:
    """Set the NIK of a trainer who is about to be saved. May refuse.

    The same number under a name that is not alike is somebody else's, or typed wrongly.
    """
    wrong = numbers.faults([nik], [""], numbers.regency_codes())[0]
    if wrong:
        raise Refusal(
            _("This NIK cannot be right: %(why)s. Correct it, or leave it blank until it is known.")
            % {"why": say(wrong)}
        )
    trainer.nik, trainer.nik_key = nik, key_of(nik)
    if not nik:
        return
    same_class = Trainer.objects.filter(cohort=trainer.cohort, nik_key=trainer.nik_key)
    if other := same_class.exclude(pk=trainer.pk).first():
        raise Refusal(
            _("%(name)s of this class has this NIK. One person teaches a class under one name.")
            % {"name": other.name}
        )
    _refuse_other_name(trainer)


def _refuse_other_name(trainer: Trainer) -> None:
    with speaking_as_system():  # The same person may teach where the office sees nothing.
        rows = Trainer.objects.filter(nik_key=trainer.nik_key).exclude(pk=trainer.pk)
        others = dict(rows.values_list("pk", "name"))
    if others and guess(trainer.name, others).key is None:
        raise Refusal(
            _("This NIK belongs to somebody who teaches under another name. Correct one of them.")
        )


def same_person(trainer: Trainer, other: Trainer) -> str:
    """Return the NIK that a trainer takes over from another one, matched by hand. May refuse."""
    if guess(trainer.name, {other.pk: other.name}).key is None:
        raise Refusal(
            _("“%(name)s” and “%(other)s” are not alike enough to be one person. Enter the NIK.")
            % {"name": trainer.name, "other": other.name}
        )
    return whole_of(other.nik)
