"""Trainings that journeys make for themselves."""

import re


def post(page, address, **typed):
    """Send a form as its page would; return the address that it leads to."""
    token = next(c["value"] for c in page.context.cookies() if c["name"] == "csrftoken")
    answer = page.request.post(address, form={**typed, "csrfmiddlewaretoken": token})
    assert answer.ok, answer.status
    return answer.url


def new_training(page, title):
    """Make a training of three days that holds the scenario's day; return its address."""
    page.goto("/delivery/new/")
    page.get_by_label("Judul").fill(title)
    page.locator("select[name=area]").select_option(label="Jawa Barat")
    page.locator("select[name=measure]").select_option(index=1)
    page.locator("input[name=starts_on]").fill("2020-11-01")
    page.locator("input[name=ends_on]").fill("2020-11-03")
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url(re.compile(r"/delivery/\d+/$"))
    return page.url
