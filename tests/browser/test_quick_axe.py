"""Axe made quick finds what axe finds: contrast through layers, images and shades, and all else."""

from axe_playwright_python import sync_playwright

from tests.browser.quick_axe import Axe

WHOLE = {"resultTypes": ["violations", "incomplete", "passes"]}
FAULTY = """<!doctype html><html lang="xx"><title>Faults</title><style>
  .layer { background: rgba(20, 60, 200, .4); padding: 9px }
  .shade { background: linear-gradient(#fff, #000) }
  .over { position: absolute; top: 40px; left: 30px; background: hsl(40 30% 80% / 50%) }
</style><main><h1>Faults</h1><h3>Two further down</h3>
  <p style="color: #999">pale</p>
  <p style="color: color(display-p3 .2 .8 .3)">of another space</p>
  <div class="layer"><p style="color: rgb(90 90 90 / .8)">once <b style="color: #777">twice</b></p>
    <div class="layer"><p style="color: #888">deep</p><p style="opacity: .3">faint</p></div></div>
  <p class="shade">on a gradient</p>
  <p style="text-shadow: 0 0 3px #000; color: white">in a shadow</p>
  <p class="over">over others</p>
  <input><img src="data:,"><a href="/"></a><button></button>
  <ul><p>no item</p></ul><div role="listitem" aria-label>lost</div><table><tr><th></table>
</main>"""


def found(page, axe):
    """Return what axe says of a page, and of which elements with which colours."""
    page.set_content(FAULTY)
    answer = axe.run(page, options=WHOLE).response
    return {kind: answer[kind] for kind in WHOLE["resultTypes"]}


def test_axe_made_quick_answers_as_axe_does(browser):
    context = browser.new_context(viewport={"width": 800, "height": 600})
    page = context.new_page()
    plain, quick = found(page, sync_playwright.Axe()), found(page, Axe())
    context.close()
    wrong = {one["id"]: len(one["nodes"]) for one in plain["violations"]}
    assert {"label", "button-name", "list"} <= wrong.keys()
    assert wrong["color-contrast"] > 3
    assert quick == plain
