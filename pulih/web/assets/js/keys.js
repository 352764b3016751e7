// `/` search, `?` help, any key that an element asks for with data-key, and where none asks for
// them `J` and `K`: next and previous row or item. None fires inside a field or a dialog, or after
// the person has switched keys off.
const OFF = "pulih-keys-off";

export function listenToKeys() {
  const help = document.getElementById("keys");
  const box = help?.querySelector("input[type=checkbox]");
  if (box) {
    box.checked = !isOff();
    box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "" : "yes"));
  }
  for (const opener of document.querySelectorAll("[data-open-keys]")) {
    opener.addEventListener("click", () => help?.showModal());
  }
  document.addEventListener("keydown", (event) => {
    if (!isFree(event) || (isOff() && event.key !== "?")) return;
    if (act(event.key, help)) event.preventDefault();
  });
}

function isFree(event) {
  const field = event.target.closest?.("input, textarea, select, dialog[open], [contenteditable]");
  // A dialog that was just closed keeps the focus until the page is drawn again.
  return !field?.checkVisibility() && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
}

function act(key, help) {
  if (key === "/") return focus(document.querySelector("[data-search]"));
  if (key === "?") return help ? (help.showModal(), true) : false;
  const wanted = key.toLowerCase();
  const element = document.querySelector(`[data-key="${CSS.escape(wanted)}"]`);
  if (element) return element.click(), true;
  return wanted === "j" || wanted === "k" ? step(wanted === "j" ? 1 : -1) : false;
}

function focus(element) {
  element?.focus();
  return Boolean(element);
}

function step(by) {
  const items = [...document.querySelectorAll("[data-step], .t tbody tr:not(.sum) a[href]:first-of-type")];
  const firsts = items.filter((item, index) => row(item) !== row(items[index - 1]));
  const here = firsts.findIndex((item) => row(item)?.contains(document.activeElement));
  const next = here < 0 ? (by > 0 ? 0 : firsts.length - 1) : here + by;
  return focus(firsts[next]);
}

const row = (item) => item?.closest("tr, li") ?? item;

function isOff() {
  return localStorage.getItem(OFF) === "yes";
}
