"""A table of fields is worked like a spreadsheet: pasted into, walked, filled down, added up."""

import pytest

from pulih.config.rooms import PACKAGE

SCRIPT = (PACKAGE / "web/assets/js/grid.js").read_text().replace("export function", "function")
ROW = (
    "<tr><td><input name=t{n}></td><td><input class=money name=a{n}></td>"
    "<td data-grid-total></td></tr>"
)
TABLE = f"<table data-grid><tbody>{''.join(ROW.format(n=n) for n in (1, 2, 3))}</tbody></table>"
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const how = { clipboardData: data, bubbles: true, cancelable: true };
  return document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
}"""


@pytest.fixture
def grid(browser):
    context = browser.new_context()
    page = context.new_page()
    page.set_content(f'<html lang="id">{TABLE}</html>')
    page.add_script_tag(content=f"{SCRIPT}\nworkGrids(document);")
    yield page
    context.close()


def values(page, name):
    return [page.locator(f"[name={name}{n}]").input_value() for n in (1, 2, 3)]


def test_a_block_of_a_spreadsheet_is_pasted_cell_by_cell_and_added_up(grid):
    grid.locator("[name=t2]").focus()
    assert not grid.evaluate(PASTE, 'Honor "A"\t1.000\r\n"Sewa\nruang"\t2.500\r\nToo far\t9\r\n')
    assert values(grid, "t") == ["", 'Honor "A"', "Sewa ruang"]
    assert values(grid, "a") == ["", "1.000", "2.500"]
    assert grid.locator("[data-grid-total]").all_inner_texts() == ["", "1.000", "2.500"]


def test_one_value_is_pasted_as_everywhere(grid):
    grid.locator("[name=t1]").focus()
    assert grid.evaluate(PASTE, "12")


def test_arrows_walk_a_column_and_ctrl_d_takes_the_value_above(grid):
    grid.locator("[name=a1]").fill("700")
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("Control+d")
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("ArrowDown")  # Below the last row there is none.
    grid.keyboard.type("5")
    assert values(grid, "a") == ["700", "700", "5"]
