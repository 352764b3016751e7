"""What people type about payment requests. The same forms serve the pages and the API."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from pulih.budget.forms import DAY
from pulih.web.bounds import DayField, KeyField
from pulih.web.versions import EditForm
from pulih.web.words import say
from pulih.workflow.forms import LONGEST_REASON

from .actions import NamedPaper
from .reads.supporting import PaperLine
from .rules.checklist import Item


class ExamineForm(forms.Form):
    """The checklist of an SPP, and number and day of the SPM that follows."""

    ticked = forms.MultipleChoiceField(
        label=_("Checklist"), required=False, widget=forms.CheckboxSelectMultiple
    )
    number = forms.CharField(max_length=80, label=_("Number of the SPM"))
    effective_on = DayField(label=_("Date of the SPM"), widget=DAY)
    taxes = KeyField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, items: Sequence[Item], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        choices = [(one.key, say(one.words)) for one in items]
        self.fields["ticked"].choices = choices  # type: ignore[attr-defined]


class SendBackForm(forms.Form):
    """Why an SPP goes back, or what was fixed. seen: the last step that the page showed."""

    use_required_attribute = False  # It stands in the form of the checklist, which goes without.
    seen = KeyField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 3})
    )


class SubmitAgainForm(SendBackForm):
    """What was fixed of an SPP that went back."""

    use_required_attribute = True
    reason = forms.CharField(
        label=_("What was mended"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 3})
    )


class PapersForm(EditForm, forms.Form):
    """Number and date of each paper that an SPP needs, or why it is not there."""

    def __init__(self, papers: Sequence[PaperLine], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.papers = papers
        for one in papers:
            self.fields |= _paper_fields(one)

    def rows(self) -> list[tuple[str, PaperLine, BoundField, BoundField, BoundField]]:
        return [
            (
                say(one.words), one, self[f"number_{one.code}"], self[f"dated_{one.code}"],
                self[f"reason_{one.code}"],
            )
            for one in self.papers
        ]  # fmt: skip

    def named(self) -> list[NamedPaper]:
        typed = self.cleaned_data
        return [
            NamedPaper(
                one.code, typed[f"number_{one.code}"], typed[f"dated_{one.code}"],
                typed[f"reason_{one.code}"],
            )
            for one in self.papers
        ]  # fmt: skip


def _paper_fields(one: PaperLine) -> dict[str, forms.Field]:
    words = say(one.words)
    found: dict[str, forms.Field] = {
        f"number_{one.code}": forms.CharField(
            max_length=80, required=False, label=_("Number: %(paper)s") % {"paper": words}
        ),
        f"dated_{one.code}": DayField(
            required=False, widget=DAY, label=_("Date: %(paper)s") % {"paper": words}
        ),
        f"reason_{one.code}": forms.CharField(
            max_length=300, required=False,
            label=_("Why it is not there: %(paper)s") % {"paper": words},
        ),
    }  # fmt: skip
    for name in ("number", "dated", "reason"):
        found[f"{name}_{one.code}"].initial = getattr(one, name)
    return found
