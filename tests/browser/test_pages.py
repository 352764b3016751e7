"""Every main page in a real browser: accessible, narrow enough, light enough, in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = (
    "/",
    "/sources/",
    "/inbox/",
    "/enterprises/",
    "/impact/",
    "/measures/",
    "/budget/",
    "/scenarios/",
    "/scenarios/new/",
    "/references/",
    "/areas/",
)
LARGEST_PAGE = 300_000


@pytest.fixture(params=["id", "en"])
def language(request, context, house):
    context.add_cookies([{"name": "pulih_language", "value": request.param, "url": house.url}])
    return request.param


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(page, sign_in, language, path):
    sign_in("perencana")
    page.goto(path)
    assert page.locator("html").get_attribute("lang") == language
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_on_a_phone(page, sign_in, path):
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in("perencana")
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stays_light_and_speaks_to_nobody_else(page, sign_in, house, path):
    sign_in("perencana")
    weights: dict[str, int] = {}
    refused: list[str] = []
    page.on("response", lambda r: weights.__setitem__(r.url, _weight(r)))
    page.on("console", lambda m: refused.append(m.text) if m.type == "error" else None)
    page.goto(path, wait_until="networkidle")
    assert all(url.startswith((house.url, "data:")) for url in weights)
    besides = sum(w for url, w in weights.items() if "echarts" not in url and "chart" not in url)
    assert besides < LARGEST_PAGE, sorted(weights.items(), key=lambda item: -item[1])[:5]
    assert refused == []


def _weight(response) -> int:
    has_body = 200 <= response.status < 300
    return response.request.sizes()["responseBodySize"] if has_body else 0
