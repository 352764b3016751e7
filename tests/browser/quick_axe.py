"""Axe, with the same answers in a little more than half of its time.

Three quarters of a run is the contrast of colours. Axe parses the colour of each element and of all
beneath it anew, ten thousand times a page that has fifteen colours, and keeps each channel of each
colour in a WeakMap of its own. Here a colour is parsed once, and what belongs to an object is kept
with it. tests/browser/test_quick_axe.py holds it against axe as it is.
"""

from axe_playwright_python import sync_playwright
from axe_playwright_python.base import AXE_SCRIPT

QUICK = """() => {
const WeakMap = class {
  kept = Symbol();
  constructor(pairs) { for (const [one, value] of pairs || []) this.set(one, value); }
  has(one) { return Object.hasOwn(one, this.kept); }
  get(one) { return one[this.kept]; }
  set(one, value) { one[this.kept] = value; return this; }
  delete(one) { return delete one[this.kept]; }
};
%s
const shade = axe.commons.color.Color.prototype, parse = shade.parseString, parsed = new Map();
shade.parseString = function (text) {
  if (!parsed.has(text)) {
    parse.call(this, text);
    parsed.set(text, [this.r, this.g, this.b, this.alpha]);
  }
  [this.r, this.g, this.b, this.alpha] = parsed.get(text);
  return this;
};
}"""


class Axe(sync_playwright.Axe):
    def __init__(self) -> None:
        super().__init__(QUICK % AXE_SCRIPT)
