"""Every form that posts is drawn with a key of its own; see pulih/workflow/sending.py."""

import re
from pathlib import Path

import pulih

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
