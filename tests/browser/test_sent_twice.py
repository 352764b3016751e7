"""What a hasty hand or a weak network sends again is entered once."""

from playwright.sync_api import expect

from tests.browser.trainings import new_training, post


def bought(page):
    return page.locator("tr", has_text="Kain uji").first.locator("[data-l='Dibeli']")


def move_form(page):
    form = page.locator("form[action$='/moves/']")
    form.evaluate("form => { form.closest('details').open = true; }")
    return form


def test_a_move_is_entered_once_by_a_double_click_and_the_back_button(visit):
    page = visit("jabar")
    goods = f"{new_training(page, 'Bimtek uji ganda')}goods/"
    post(page, f"{goods}items/", name="Kain uji", unit="m")
    page.goto(goods)
    form = move_form(page)
    form.locator("select[name=item]").select_option(label="Kain uji")
    form.locator("select[name=kind]").select_option("bought")
    typed = {"quantity": "10", "day": "2020-11-02", "payment": "2011021", "value": "50.000"}
    for name, value in typed.items():
        form.locator(f"input[name={name}]").fill(value)
    form.locator("button").dblclick()
    expect(bought(page)).to_have_text("10")

    page.go_back()  # The browser loads the page again and brings back what was typed.
    expect(move_form(page).locator("input[name=payment]")).to_have_value("2011021")
    move_form(page).locator("button").click()
    expect(page.locator("#messages")).to_contain_text("terkirim dua kali")
    expect(bought(page)).to_have_text("10")

    page.go_back()
    move_form(page).locator("input[name=quantity]").fill("5")
    move_form(page).locator("button").click()
    expect(bought(page)).to_have_text("15")
