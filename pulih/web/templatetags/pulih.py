"""Everything that templates use of ours: `{% load pulih %}`."""

from django.template import Library

from pulih.web.tags import drawings, filters, forms, frame, parts, tables

register = Library()
for library in (filters, frame, parts, tables, forms, drawings):
    register.filters.update(library.register.filters)
    register.tags.update(library.register.tags)
