"""Every main page in a real browser: accessible, narrow enough, light enough, in both languages."""

import pytest

from tests.browser.quick_axe import Axe

PAGES = (
    "/desk/",
    "/sources/",
    "/inbox/",
    "/inbox/40/",
    "/inbox/40/rows/",
    "/inbox/40/problems/",
    "/enterprises/",
    "/enterprises/1/",
    "/enterprises/1/sources/",
    "/enterprises/1/joined/",
    "/enterprises/1/pins/address/",
    "/enterprises/compare/?first=1&second=2",
    "/enterprises/links/40/",
    "/enterprises/linking/",
    "/enterprises/quality/",
    "/enterprises/reviews/",
    "/enterprises/twice/",
    "/impact/",
    "/impact/firms/",
    "/impact/formula/",
    "/catalogue/",
    "/budget/",
    "/budget/lines/",
    "/budget/units/2/",
    "/budget/units/2/appointments/",
    "/budget/lines/25/",
    "/budget/lines/25/commit/",
    "/budget/commitments/",
    "/budget/blocks/",
    "/budget/postings/",
    "/budget/postings/1200/",
    "/budget/entries/",
    "/budget/revisions/",
    "/monitoring/?year=2020&quarter=1",
    "/monitoring/units/2/2020/1/",
    "/monitoring/units/2/2020/targets/",
    "/monitoring/units/2/2020/office/",
    "/monitoring/units/2/2020/1/A/",
    "/monitoring/units/2/2020/1/accountability/",
    "/monitoring/filings/1/",
    "/scenarios/",
    "/scenarios/new/",
    "/scenarios/1/",
    "/references/",
    "/references/unit-costs/",
    "/areas/",
    "/catalogue/profiles/",
    "/market/",
    "/market/orders/",
    "/market/orders/5/",
    "/market/products/cloth_mask/",
    "/market/capacities/",
    "/market/capacities/unread/",
    "/market/buyers/",
    "/market/runs/",
    "/market/runs/2/",
    "/market/runs/new/",
    "/market/readiness/",
    "/delivery/",
    "/delivery/handovers/",
    "/grants/",
    "/sampling/1/",
)
LARGEST_PAGE = 300_000
DESK = {"width": 1280, "height": 900}
NARROWER = (1024, 800, 360)  # A small laptop, a tablet, a phone.
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def opened(browser, browser_context_args, signed_in, house):
    """Open one page a language and keep it, so that nobody signs in twice."""
    pages, heard = {}, {}
    for language in ("id", "en"):
        context = browser.new_context(**browser_context_args, storage_state=signed_in("perencana"))
        context.add_cookies([{"name": "pulih_language", "value": language, "url": house.url}])
        page = pages[language] = context.new_page()
        heard[language] = answers, said = [], []
        page.on("response", lambda answer, kept=answers: kept.append(answer))
        page.on("console", lambda message, kept=said: kept.append(message))
    yield [(language, page, *heard[language]) for language, page in pages.items()]
    for page in pages.values():
        page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_narrow_and_light_in_both_languages(opened, house, path):
    for _language, page, answers, said in opened:
        answers.clear()
        said.clear()
        page.set_viewport_size(DESK)
        # While one is looked at, the other loads and falls silent.
        assert page.goto(path, wait_until="commit").status == 200
    for language, page, answers, said in opened:
        page.wait_for_load_state("networkidle")
        assert page.locator("html").get_attribute("lang") == language
        assert page.evaluate(OVERFLOW) <= 0
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        weigh(answers, house.url)
        assert [message.text for message in said if message.type == "error"] == []

        assert {width: beyond(page, width) for width in NARROWER} == dict.fromkeys(NARROWER, 0)


def test_a_table_whose_columns_do_not_fit_becomes_blocks(opened, house):
    """On a tablet the money of proposals lay to the right of the card, out of sight."""
    _language, page, _answers, _said = opened[0]
    page.set_viewport_size(DESK)
    page.goto(f"{house.url}/proposals/")
    table = page.locator("#rows table")
    heads = table.locator("thead th").first
    page.wait_for_load_state("networkidle")
    assert heads.is_visible()
    page.set_viewport_size({"width": 800, "height": 900})
    heads.wait_for(state="hidden")
    assert table.evaluate("one => one.offsetWidth - one.parentElement.clientWidth") <= 0
    last = table.locator("tbody tr").first.locator("td").last
    box = last.bounding_box()
    assert box["x"] + box["width"] <= 800
    page.set_viewport_size(DESK)
    heads.wait_for(state="visible")


def beyond(page, width):
    """Return by how many pixels a page is wider than a window of `width`."""
    page.set_viewport_size({"width": width, "height": 740})
    for _tenth in range(50):  # A chart follows its card a moment later.
        if page.evaluate(OVERFLOW) <= 0:
            break
        page.wait_for_timeout(100)
    return page.evaluate(OVERFLOW)


def weigh(answers, url):
    """Assert that all came from us and that what is no chart stays light."""
    assert all(answer.url.startswith((url, "data:")) for answer in answers)
    weights = {
        answer.url: answer.request.sizes()["responseBodySize"]
        for answer in answers
        if 200 <= answer.status < 300 and "chart" not in answer.url
    }
    assert sum(weights.values()) < LARGEST_PAGE, sorted(weights.items(), key=lambda one: -one[1])


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/no-such-page/"])
def test_what_nobody_signed_in_sees_is_accessible_too(visit, path):
    page = visit()
    page.goto(path)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert beyond(page, 360) == 0
