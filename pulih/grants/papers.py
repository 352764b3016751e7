"""Which papers of this room carry a code that anybody can verify: one of each step of a grant."""

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pulih.documents.kinds import PaperKind, at
from pulih.people.permissions import Permission

from .rules.steps import DEED as DEED_STEP
from .rules.steps import StepRule, step_of, steps


def step_words(rule: StepRule) -> str:
    """Name a step in the reader's language."""
    return rule.en if get_language() == "en" else rule.id


def _words_of(key: str) -> str:
    return step_words(step_of(key))


def _kind(key: str, name: str | Promise) -> PaperKind:
    return PaperKind(f"grants.{key}", name, Permission.SEE_ACTIVITIES, at("grants:case"))


DEED = _kind(DEED_STEP, _("Deed of grant"))
_words = lazy(_words_of, str)
KIND_OF_STEP = {
    one.key: DEED if one.key == DEED_STEP else _kind(one.key, _words(one.key)) for one in steps()
}
KINDS = tuple(KIND_OF_STEP.values())
