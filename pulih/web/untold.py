"""What a refused form says and the page does not, because the form is no longer drawn there.

A second click, a second window or the back button sends a form that the first one has used up.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import escape

from .answers import first_error_named


def untold(context: Mapping[str, Any], shown: str) -> list[str]:
    """Return one sentence for each refusal of `context` that `shown` says nothing of.

    context: of its values, forms with errors and the sentence `refused`. shown: the page as HTML.
    """
    forms_of = [one for one in context.values() if isinstance(one, forms.BaseForm) and one.errors]
    lost = [first_error_named(one) for one in forms_of if not _is_told(_sentences(one), shown)]
    refused = context.get("refused")
    if isinstance(refused, str) and refused and not _is_told([refused], shown):
        lost.append(refused)
    return list(dict.fromkeys(lost))


def _sentences(form: forms.BaseForm) -> list[str]:
    return [str(words) for errors in form.errors.values() for words in errors]


def _is_told(sentences: list[str], shown: str) -> bool:
    return any(escape(words) in shown or words in shown for words in sentences)
