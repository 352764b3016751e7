"""What is kept whole of what is typed: every such field is one that a form asks for.

That no column keeps a number of a person is tried where every form is sent, see test_nonsense.py.
"""

from pulih.web.typed_numbers import NUMBERS, WHOLE
from tests.architecture.test_bounds import FIELDS


def test_every_field_that_is_left_whole_is_one_that_is_asked():
    asked = {name for _form, name, _field in FIELDS}
    assert asked >= NUMBERS
    assert WHOLE - asked == {"csrfmiddlewaretoken", "form_key"}
