import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from pulih.web import assets, views
from pulih.web.figures import Progress
from pulih.web.templatetags import pulih as tags

ROOM = Path(assets.ROOM)
PULIH = ROOM.parent
TEMPLATES = sorted(PULIH.glob("*/templates/**/*.html"))


@pytest.fixture(params=["id", "en"])
def drawn_parts(request: pytest.FixtureRequest, db: None) -> str:
    """Every part at once, in one language."""
    asked = RequestFactory().get("/parts/")
    asked.user, asked.LANGUAGE_CODE = AnonymousUser(), request.param
    with translation.override(request.param):
        return views.parts(asked).content.decode()


def test_every_part_can_be_drawn(drawn_parts: str) -> None:
    for name in (
        "angka",
        "jalan",
        "term sum",
        "counts",
        "drop",
        "pager",
        "prog",
        "ubin",
        "data-chart",
    ):
        assert name in drawn_parts


def test_no_part_brings_a_style_or_a_script_of_its_own(drawn_parts: str) -> None:
    assert not re.search(r"<[^>]+\sstyle=", drawn_parts)
    assert not re.search(r"<style|javascript:|\son[a-z]+=", drawn_parts)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", drawn_parts))


def test_no_number_in_a_drawing_has_a_decimal_comma(drawn_parts: str) -> None:
    drawn = re.findall(r'\s(?:x|y|cx|cy|width|height|d)="([^"]*)"', drawn_parts)
    assert not [value for value in drawn if re.search(r"\d,\d+(\s|$)", value) and " " not in value]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PULIH)))
def test_no_template_breaks_the_security_policy(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"\sstyle=[\"']|<style|\son[a-z]+=[\"']|hx-on|javascript:", text)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", text))


def test_every_icon_in_use_is_in_the_list_and_the_list_is_sorted() -> None:
    text = "\n".join(path.read_text() for path in TEMPLATES)
    used = set(re.findall(r"svg_icon \"([a-z0-9-]+)\"", text))
    used |= set(re.findall(r"\bicon=\"([a-z0-9-]+)\"", text))
    assert used <= assets.icon_names()
    listed = [
        line for line in (ROOM / "assets/icons.txt").read_text().split("\n") if line[:1].isalpha()
    ]
    assert listed == sorted(set(listed))


def test_an_icon_that_is_not_listed_is_our_own_mistake() -> None:
    with pytest.raises(AssertionError, match="no-such-icon"):
        assets.icon_url("no-such-icon")


def test_what_a_person_typed_is_never_markup() -> None:
    text = "<script>alert(1)</script>"
    for html in (
        render_to_string("web/parts/_refusal.html", {"sentence": text}),
        render_to_string("web/parts/tag.html", {"text": text, "tone": "", "icon": ""}),
    ):
        assert text not in html
        assert "&lt;script&gt;" in html


def test_progress_asks_until_it_is_done() -> None:
    running = tags.register.tags  # The library is one; its parts are those of pulih.web.tags.
    assert {"progress", "figure", "field", "svg_icon"} <= set(running)
    going = {"progress": Progress(1, 4, "rows", seconds_left=100), "url": "/p/", "sentence": ""}
    assert 'hx-trigger="every 1s"' in render_to_string("web/parts/progress.html", going)
    begun = {"progress": Progress(0, 0, "rows"), "url": "/p/", "sentence": ""}
    assert "0" not in re.sub(r"<[^>]*>", "", render_to_string("web/parts/progress.html", begun))
    done = {"progress": Progress(4, 4, "rows", is_done=True), "url": "/p/", "sentence": ""}
    assert "hx-" not in render_to_string("web/parts/progress.html", done)


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "409", "500"])
def test_an_error_page_needs_no_database_and_no_request(name: str) -> None:
    html = render_to_string(f"{name}.html", {"sentence": "x"})
    assert "<main" in html
    assert 'href="/"' in html


def test_the_page_of_our_own_fault_speaks_both_languages() -> None:
    html = render_to_string("500.html")
    assert "Kesalahan ada pada kami" in html
    assert "The fault is ours" in html
