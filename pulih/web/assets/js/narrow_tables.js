// A table whose columns do not fit becomes labelled blocks, as on the phone. Without a script its card scrolls.
// It waits for the letters of the page: others are wider, and a table that fits would not.
export function fitTables(root) {
  const tables = root.querySelectorAll(".t.stack");
  document.fonts.ready.then(() => tables.forEach((table) => watched.observe(table.parentElement)));
}

const widths = new WeakMap();
const watched = new ResizeObserver((changes) => {
  for (const { target, contentRect } of changes) {
    if (widths.get(target) === contentRect.width) continue; // Only its height changed, mostly by what is done here.
    widths.set(target, contentRect.width);
    fit(target);
  }
});

function fit(box) {
  for (const table of box.querySelectorAll(":scope > .t.stack")) {
    table.classList.remove("narrow");
    table.classList.toggle("narrow", table.offsetWidth > box.clientWidth);
  }
}
