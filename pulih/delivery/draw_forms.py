"""What anybody may ask of the public pages of draws."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pulih.web.bounds import LARGEST_KEY, WholeField


class ApplicationForm(forms.Form):
    """The number of an application, as its holder was told it."""

    application = forms.RegexField(
        r"^P\d{7,18}$",
        max_length=20,
        label=_("Number of the application"),
        error_messages={
            "invalid": _("A number of an application is P and seven digits, such as P0000123.")
        },
    )

    def __init__(self, asked: dict[str, str] | None = None) -> None:
        typed = asked and {"application": "".join(asked.get("application", "").upper().split())}
        super().__init__(typed)


class PageForm(forms.Form):
    """Which draws come next. before: the last one of the page before."""

    before = WholeField(required=False, min_value=1, max_value=LARGEST_KEY)
