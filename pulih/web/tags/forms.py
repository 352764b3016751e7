"""Tags of forms: one field with its limit and its errors, the drop zone."""

from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, RadioSelect, Select, SelectMultiple
from django.forms.widgets import CheckboxSelectMultiple, Input
from django.template import Context, Library

from pulih.web.versions import EditForm

register = Library()


@register.inclusion_tag("web/parts/field.html")
def field(
    field: BoundField, limit: Any = "", money: bool = False, label: Any = "", needed: bool = False
) -> dict[str, Any]:
    """Label, limit, input, errors. limit: what is allowed, said before typing; help_text else.

    label: other words than the form's own.
    needed: it may stay empty for now and is asked for later, so that it is not called optional.
    money: the digits group while they are typed; read them with `pulih.web.money_field`.
    """
    widget = field.field.widget
    return {
        "field": field,
        "label": label or field.label,
        "is_optional": not (field.field.required or needed),
        "limit": limit or field.help_text,
        "input": field.as_widget(attrs=_attributes(field, money)),
        "is_check": isinstance(widget, CheckboxInput),
        "is_group": isinstance(widget, RadioSelect | CheckboxSelectMultiple),
    }


@register.inclusion_tag("web/parts/version.html")
def version(form: BaseForm) -> dict[str, Any]:
    """Draw what an edit form was filled with (`pulih.web.versions`), and both values if stale.

    Nothing of a form that is none, so that templates for all forms may hold it.
    """
    return {"form": form if isinstance(form, EditForm) and form.is_edit else None}


@register.inclusion_tag("web/parts/drop_zone.html")
def drop_zone(
    name: str, limit: Any, accept: str = ".xlsx,.xls,.ods,.csv", many: bool = True
) -> dict[str, Any]:
    """A file input that takes dropped files; limit: kinds and size in words."""
    return {"name": name, "limit": limit, "accept": accept, "many": many}


@register.simple_tag(takes_context=True)
def typed(context: Context, name: str, at: str, **beside: object) -> str:
    """Return what was typed under `name` and refused by the address `at`, else nothing.

    For an input that is written by hand, as of one form among many alike. What is accepted ends in
    a redirect, so whatever a page was sent was refused. beside: what its form sent with it.
    """
    request = context.get("request")
    if request is None or request.method != "POST" or request.path != at:
        return ""
    if any(request.POST.get(key) != str(value) for key, value in beside.items()):
        return ""
    return str(request.POST.get(name, ""))


def _attributes(field: BoundField, money: bool) -> dict[str, str | bool]:
    classes = [str(field.field.widget.attrs.get("class", "")), _style(field.field.widget)]
    attributes: dict[str, str | bool] = {}
    if money:
        classes.append("money n")
        attributes |= {"inputmode": "numeric", "autocomplete": "off"}
    if field.errors:
        classes.append("is-invalid")
        attributes["aria-invalid"] = "true"
    described = [f"{field.auto_id}_errors"] if field.errors else []
    described += [f"{field.auto_id}_limit"]
    return attributes | {
        "class": " ".join(filter(None, classes)),
        "aria-describedby": " ".join(described),
    }


def _style(widget: Any) -> str:
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return ""  # The class would fall on the box around all of them, and make it tiny.
    if isinstance(widget, CheckboxInput):
        return "form-check-input"
    if isinstance(widget, Select | SelectMultiple):
        return "form-select"
    return "form-control" if isinstance(widget, Input) or hasattr(widget, "template_name") else ""
