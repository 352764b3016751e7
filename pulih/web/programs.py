"""What programs send goes through the forms of the pages, and is refused with their sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar, cast

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Schema
from ninja.errors import HttpError
from pydantic import Field, create_model

View = TypeVar("View", bound=Callable[..., Any])
Typed = str | int | float | None
# What each kind of value is, by how pydantic's names of faults begin.
KINDS = {
    "int": gettext_lazy("is no whole number"),
    "float": gettext_lazy("is no number"),
    "decimal": gettext_lazy("is no number"),
    "datetime": gettext_lazy("is no moment like 2020-06-15T08:00:00Z"),
    "date": gettext_lazy("is no day like 2020-06-15"),
    "bool": gettext_lazy("is neither true nor false"),
    "string": gettext_lazy("is no text"),
    "list": gettext_lazy("is no list"),
    "dict": gettext_lazy("is no object of names and values"),
    "model": gettext_lazy("is no object of names and values"),
}
NO_JSON = "Cannot parse request body"  # What Ninja says of it.
SEVERAL = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)


def denied() -> str:
    """What a program reads whose person may not do what it asks for."""
    return _("Your role may not do this.")


def reason_of(refused: HttpError) -> str:
    """Return why not; for what Ninja itself says, in English alone, a sentence of ours."""
    said = str(refused)
    return no_json() if said == NO_JSON else said


def no_json() -> str:
    """What a program reads that sent something else than JSON."""
    return _("What was sent cannot be read as JSON.")


def body_of(name: str, form_class: type[forms.Form], *without: str, **more: Any) -> type[Schema]:
    """Return what a program may send to a form: every field of it, none of them needed here.

    The form itself says what is missing or wrong. more: fields beside the form's own.
    """
    fields: dict[str, Any] = {
        key: (list[Typed] if isinstance(field, SEVERAL) else Typed, _described(field))
        for key, field in form_class.base_fields.items()
        if key not in without
    }
    return create_model(name, __base__=Schema, **{**fields, **more})


def takes(schema: type[Schema]) -> Callable[[View], View]:
    """Say what the `body` of a view is, where that is made from a form."""

    def named(view: View) -> View:
        view.__annotations__["body"] = schema
        return view

    return named


def sent(body: Schema) -> dict[str, Any]:
    """Return what a program sent, each value written as a browser writes it."""
    return {
        key: [_text(one) for one in value] if isinstance(value, list) else _text(value)
        for key, value in body.dict(exclude_unset=True).items()
    }


def texts(values: Mapping[str, Typed]) -> dict[str, str]:
    """Write values as a browser writes them."""
    return {key: _text(value) for key, value in values.items()}


def cleaned(form: forms.Form) -> dict[str, Any]:
    """Return what a form took. Raises HttpError 422 with one sentence for each wrong field."""
    if not form.is_valid():
        raise HttpError(422, " ".join(_sentences(form)))
    return dict(form.cleaned_data)


def limits_of(field: forms.Field) -> dict[str, Any]:
    """Return what a form field allows, as OpenAPI says it; the field itself does the checking."""
    match field:
        case forms.IntegerField():
            limits = {"minimum": field.min_value, "maximum": field.max_value}
            return {"type": "integer"} | {k: v for k, v in limits.items() if v is not None}
        case forms.ModelChoiceField() | forms.ModelMultipleChoiceField():
            return {"type": "string"}
        case forms.ChoiceField():
            keys = [str(key) for key, _words in cast(Any, field.choices)]
            return {"enum": [key for key in keys if key]}
        case forms.DateField():
            return {"type": "string", "format": "date"}
        case forms.BooleanField():
            return {"type": "boolean"}
        case _:
            return {"type": "string"}


def _described(field: forms.Field) -> Any:
    limits = {} if isinstance(field, SEVERAL) else limits_of(field)
    limits.pop("type", None)  # A number may come as people write it: "1.250.000".
    return Field(None, description=str(field.label or ""), json_schema_extra=limits)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _sentences(form: forms.Form) -> Iterator[str]:
    for name, faults in form.errors.items():
        label = capfirst(str(form.fields[name].label or name)) if name in form.fields else ""
        for fault in faults:
            yield f"{label}: {fault}" if label else str(fault)


def unread(faults: list[dict[str, Any]]) -> str:
    """Return one sentence for each part of what a program sent that is not of its kind.

    faults: as pydantic tells them, in English and for who wrote the schema.
    """
    return " ".join(f"{_part(one['loc'])}: {_what(one)}." for one in faults)


def _part(place: tuple[str | int, ...]) -> str:
    # First whether it stood in the address or the body, then for a body the name of our argument.
    inside = place[2:] if place[0] in ("body", "form") else place[1:]
    return ".".join(map(str, inside)) or str(place[0])


def _what(fault: dict[str, Any]) -> str:
    kind, limits = fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return _("is missing")
    if "greater_than" in kind:
        return _("is too small, at least %(least)s") % {"least": limits.get("ge", limits.get("gt"))}
    if "less_than" in kind:
        return _("is too large, at most %(most)s") % {"most": limits.get("le", limits.get("lt"))}
    if kind.endswith(("too_long", "too_short")):
        return _("is too long") if kind.endswith("too_long") else _("is too short")
    for begins, words in KINDS.items():
        if kind.startswith(begins):
            return str(words)
    return _("is not what can stand here")
