// Tables that can be sorted and narrowed down. Every figure stands without this file; what is chosen
// stands in the address, so that a link opens the very view.
const isEnglish = document.documentElement.lang === "en";
const words = isEnglish
  ? { find: "Narrow down", rows: "rows", link: "Link to this view", csv: "CSV of this view" }
  : { find: "Saring", rows: "baris", link: "Tautan ke tampilan ini", csv: "CSV tampilan ini" };
const tables = [...document.querySelectorAll("main table.list")];
const asked = new URLSearchParams(location.search);

for (const [at, table] of tables.entries()) {
  const body = table.tBodies[0];
  const rows = [...body.rows].filter((row) => !row.classList.contains("pinned"));
  if (rows.length > 3) begin(table, body, rows, at || "");
}

function begin(table, body, rows, at) {
  const first = rows.slice();
  table.classList.add("live"); // Narrow screens show its headings, too: they sort it.
  const bar = document.createElement("p");
  bar.className = "view";
  const find = element("input", { type: "search", value: asked.get(`find${at}`) || "" });
  find.setAttribute("aria-label", words.find);
  find.placeholder = words.find;
  const count = element("span", { className: "quiet" });
  count.setAttribute("role", "status");
  const link = element("a", { textContent: words.link });
  const csv = element("a", { textContent: words.csv, href: "#", download: `${name(table)}.csv` });
  bar.append(find, count, link, csv);
  (table.closest(".scroll") || table).before(bar);

  const [column, way] = (asked.get(`sort${at}`) || "").split(".");
  const view = { column: /^\d+$/.test(column) ? Number(column) : -1, way: way === "down" ? -1 : 1 };
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, n) => {
    const button = element("button", { type: "button" });
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      view.way = view.column === n ? -view.way : head.classList.contains("num") ? -1 : 1;
      view.column = n;
      show();
    });
  });
  find.addEventListener("input", show);
  csv.addEventListener("click", () => {
    csv.href = URL.createObjectURL(new Blob([csvOf(heads, body)], { type: "text/csv" }));
  });
  show();

  function show() {
    const text = find.value.trim().toLocaleLowerCase();
    const sorted = heads[view.column] ? first.slice().sort(by(view.column, view.way)) : first;
    const pinned = [...body.rows].filter((row) => row.classList.contains("pinned"));
    for (const row of sorted) row.hidden = !row.textContent.toLocaleLowerCase().includes(text);
    body.append(...sorted, ...pinned);
    heads.forEach((head, n) => {
      if (n === view.column) head.ariaSort = view.way > 0 ? "ascending" : "descending";
      else head.removeAttribute("aria-sort");
    });
    const left = sorted.filter((row) => !row.hidden).length;
    count.textContent = `${left} / ${sorted.length} ${words.rows}`;
    keep(`find${at}`, text);
    keep(`sort${at}`, heads[view.column] ? `${view.column}.${view.way > 0 ? "up" : "down"}` : "");
    link.href = location.pathname + (asked.size ? `?${asked}` : "") + location.hash;
  }
}

function keep(key, value) {
  if (value) asked.set(key, value);
  else asked.delete(key);
  const query = asked.size ? `?${asked}` : "";
  history.replaceState(null, "", location.pathname + query + location.hash);
}

// What a cell is sorted by and written as: the exact value of a figure, or the text.
function value(cell) {
  const data = cell.querySelector("data");
  return data ? Number(data.value) : cell.textContent.trim().replace(/\s+/g, " ");
}

function by(column, way) {
  return (one, other) => {
    const [a, b] = [value(one.cells[column]), value(other.cells[column])];
    const areNumbers = [typeof a === "number", typeof b === "number"];
    if (areNumbers[0] && areNumbers[1]) return (a - b) * way;
    // What has no number stands last, whichever way.
    if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] ? -1 : 1;
    return a.localeCompare(b, document.documentElement.lang) * way;
  };
}

function csvOf(heads, body) {
  const lines = [heads.map((head) => head.textContent.trim().replace(/\s+/g, " "))];
  for (const row of body.rows) if (!row.hidden) lines.push([...row.cells].map(value));
  return lines.map((line) => line.map(quoted).join(",")).join("\n") + "\n";
}

// A sheet must read no cell as a formula.
function quoted(cell) {
  const text = typeof cell === "string" && /^[=+\-@\t]/.test(cell) ? `'${cell}` : String(cell);
  return `"${text.replaceAll('"', '""')}"`;
}

function name(table) {
  const path = location.pathname.replace(/^\/en\//, "/").split("/").filter(Boolean);
  return ["pulih", ...path, tables.indexOf(table) + 1].join("-");
}

function element(tag, values) {
  return Object.assign(document.createElement(tag), values);
}
