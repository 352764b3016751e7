"""Every form that posts is drawn with a key of its own; see pulih/workflow/sending.py."""

import re
from pathlib import Path

import pulih
from pulih.workflow.sending import FIELD

ROOT = Path(pulih.__file__).parent
FORM = re.compile(r'<form\b(?:[^>"]|"[^"]*")*\bmethod="post".*?</form>', re.DOTALL)
POSTS = re.compile(r'<(\w+)\b(?:[^>"]|"[^"]*")*\bhx-post=')
WITHOUT = {
    "web/templates/web/parts_page.html": "an example that goes nowhere",
}
# What HTMX posts from an element that is no form, with what of a form beside it.
BESIDE = {
    "revisions/templates/revisions/_draft.html": "adds up what is typed and keeps nothing",
    "proposals/templates/proposals/_amend_form.html": "judges what is typed and keeps nothing",
}


KEY = re.compile(rf'name="{FIELD}" value="([\w-]{{16}})[.\w]*"')


def keyless(page):
    """Return how each posting form of a page begins that has no key, or another form's."""
    forms = FORM.findall(page)
    keys = [found[0] if (found := KEY.findall(form)) else "" for form in forms]
    return [
        form[:80] for form, key in zip(forms, keys, strict=True) if keys.count(key) > 1 or not key
    ]


def templates():
    return sorted(ROOT.glob("*/templates/**/*.html"))


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def test_a_form_that_posts_carries_its_keys():
    keyless = {
        name_of(path)
        for path in templates()
        for form in FORM.findall(path.read_text())
        if "{% csrf_token %}" not in form
    }
    assert keyless == WITHOUT.keys()


def test_what_is_no_form_posts_nothing_that_is_kept():
    found = {
        name_of(path)
        for path in templates()
        for tag in POSTS.findall(path.read_text())
        if tag != "form"
    }
    assert found == BESIDE.keys()


def test_a_page_without_a_key_or_with_one_twice_is_found():
    form = '<form method="post" action="/a"><input name="form_key" value="{}"></form>'
    first, second = form.format("a" * 16), form.format("b" * 16)
    assert keyless(first + second) == []
    assert len(keyless(first + first)) == 2
    assert len(keyless('<form method="post"></form>')) == 1
