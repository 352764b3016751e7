"""The key of a form, drawn beside the token against forgery that every posting form has.

Django's own `csrf_token` is replaced (settings.py, `builtins`), so that no form can lack a key.
"""

from django.template import Context, Library
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pulih.workflow.sending import FIELD
from pulih.workflow.typed_again import drawn_key

register = Library()


class FormKeysNode(CsrfTokenNode):
    """Two hidden fields: the token of the session and the key of this drawing of the form."""

    def render(self, context: Context) -> SafeString:
        token, key = super().render(context), drawn_key()
        return format_html('{}<input type="hidden" name="{}" value="{}">', token, FIELD, key)


@register.tag
def csrf_token(parser: Parser, token: Token) -> FormKeysNode:
    """Draw the hidden fields of a form."""
    return FormKeysNode()
