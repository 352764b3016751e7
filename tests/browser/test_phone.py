"""On a phone no tab lies beyond the edge, and a page says where it hangs."""

import pytest

from pulih.config.rooms import PACKAGE

CSS = PACKAGE / "web/assets/css"
STYLE = "\n".join(
    (CSS / f"{name}.css").read_text()
    for name in ("tokens", "base", "controls", "frame", "figures", "phone")
)
TABS = "".join(f'<a href="#">Bagian ke-{n}</a>' for n in range(9))
PAGE = f"""<html lang="id"><style>{STYLE}</style><body><main>
<nav class="crumb up"><ol><li><a href="#all">Kegiatan</a></li><li><a href="#one">Bimtek</a></li>
<li aria-current="page">Kehadiran</li></ol></nav>
<nav class="tabs">{TABS}<a href="#" class="on">Terakhir</a></nav>
<p><a class="btn" href="#">Uang kegiatan “Bimtek masker kain tiga lapis, 13 kabupaten/kota”</a></p>
</main></body></html>"""


@pytest.fixture
def shown(browser):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.set_content(PAGE)
    yield page
    context.close()


def test_every_tab_is_in_sight_on_a_phone(shown):
    ends = [tab.bounding_box() for tab in shown.locator(".tabs a").all()]
    assert len(ends) == 10
    assert max(box["x"] + box["width"] for box in ends) <= 360
    assert min(box["height"] for box in ends) >= 40


def test_a_phone_leads_one_step_up_where_the_header_of_a_desk_names_all(shown):
    assert [one.inner_text() for one in shown.locator(".up a").all() if one.is_visible()] == [
        "Bimtek"
    ]
    assert not shown.get_by_text("Kehadiran").is_visible()
    shown.set_viewport_size({"width": 1280, "height": 740})
    assert not shown.locator(".up").is_visible()


def test_dots_that_are_too_wide_become_counts_on_a_phone(shown):
    shown.set_content(
        f'<style>{STYLE}</style><svg class="dots days desk"></svg><span class="on-phone">4</span>'
    )
    assert not shown.locator(".dots").is_visible()
    assert shown.get_by_text("4").is_visible()
    shown.set_viewport_size({"width": 1280, "height": 740})
    assert shown.locator(".dots").is_visible()
    assert not shown.get_by_text("4").is_visible()


def test_a_button_with_a_long_title_ends_within_the_phone(shown):
    assert shown.locator(".btn").evaluate("one => one.getBoundingClientRect().right") <= 360
