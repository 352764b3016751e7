"""Signing in by hand, and a new person to do it with."""


def added_person(visit, username):
    """Let the administrator add a regency officer; return her user name and first password."""
    page = visit("admin")
    page.goto("/people/")
    form = page.locator("form", has=page.locator("[name=username]"))  # The list has filters, too.
    form.locator("[name=username]").fill(username)
    form.get_by_label("Nama", exact=True).fill("Sri Penyuluh")
    form.locator("[name=email]").fill(f"{username}@pulih.invalid")
    form.locator("[name=role]").select_option("regency_officer")
    form.locator("[name=area]").select_option(label="Kab. Cirebon")
    page.get_by_role("button", name="Tambah", exact=True).click()
    shown = page.locator(".note b.mono").inner_text()
    told, password = (part.strip() for part in shown.split("·"))
    assert told == username
    return username, password


def enter(page, username, password):
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(password)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Masuk", exact=True).click()


def change_password(page, first, wanted):
    """Change the password that an administrator made, which is asked for before anything else."""
    page.goto("/enterprises/")
    for name, value in (("oldpassword", first), ("password1", wanted), ("password2", wanted)):
        page.locator(f"input[name={name}]").fill(value)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("form:has(input[name=oldpassword]) button").first.click()
    page.goto("/enterprises/")
