// A table whose cells are fields (`data-grid`) takes a block that was copied from a spreadsheet, is walked by
// arrow keys, fills down by Ctrl+D, and adds up the money of a row where a cell asks for it (`data-grid-total`).
// Without a script it stays the form that it is.
const FIELD = "input:not([type=hidden], [type=checkbox], [type=radio]), select";

export function workGrids(root) {
  for (const table of root.querySelectorAll("[data-grid]:not([data-live])")) {
    table.dataset.live = "";
    table.addEventListener("paste", (event) => paste(event, table));
    table.addEventListener("keydown", (event) => move(event, table));
    table.addEventListener("input", (event) => addUp(event.target.closest("tr")));
  }
}

// The fields by row and column; rows without a field are passed over.
const fieldsOf = (table) =>
  [...table.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll(FIELD)]).filter((row) => row.length);

function placeOf(rows, field) {
  const row = rows.findIndex((one) => one.includes(field));
  return row < 0 ? null : { row, column: rows[row].indexOf(field) };
}

function paste(event, table) {
  const block = rowsOf(event.clipboardData.getData("text/plain"));
  const rows = fieldsOf(table);
  const place = placeOf(rows, event.target);
  if (!place || (block.length === 1 && block[0].length === 1)) return; // One value: the browser's own way.
  event.preventDefault();
  block.forEach((cells, down) =>
    cells.forEach((text, right) => write(rows[place.row + down]?.[place.column + right], text)),
  );
}

// A cell with a line break or a quotation mark is copied between quotation marks.
export function rowsOf(text) {
  const rows = [[""]];
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    const row = rows.at(-1);
    if (isQuoted && sign === '"' && text[at + 1] === '"') {
      row[row.length - 1] += '"';
      at += 1;
    } else if (sign === '"' && (isQuoted || row.at(-1) === "")) isQuoted = !isQuoted;
    else if (isQuoted) row[row.length - 1] += sign;
    else if (sign === "\t") row.push("");
    else if (sign === "\n") rows.push([""]);
    else if (sign !== "\r") row[row.length - 1] += sign;
  }
  return rows.length > 1 && rows.at(-1).join("") === "" ? rows.slice(0, -1) : rows;
}

function move(event, table) {
  if (event.altKey || event.shiftKey || event.isComposing) return;
  const rows = fieldsOf(table);
  const place = placeOf(rows, event.target);
  if (!place) return;
  const isPlain = !event.ctrlKey && !event.metaKey;
  const hasOwn = event.target.matches("select, [list], [type=number], [type=date]"); // Arrows choose a value there.
  const by = isPlain && !hasOwn ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : 0;
  const isFill = !isPlain && event.key.toLowerCase() === "d";
  if (!by && !isFill) return;
  event.preventDefault();
  if (isFill) return write(event.target, rows[place.row - 1]?.[place.column]?.value);
  const next = rows[place.row + by]?.[place.column];
  next?.focus();
  next?.select?.();
}

// As if it were typed: money is grouped, sums are asked for again. A field of one line takes a line break as a space.
function write(field, given) {
  if (!field || given === undefined || field.disabled || field.readOnly) return;
  const text = given.trim().replace(/\s*\n\s*/g, " ");
  if (field.matches("select") && ![...field.options].some((one) => one.value === text)) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function addUp(row) {
  const cell = row?.querySelector("[data-grid-total]");
  const amounts = [...(row?.querySelectorAll("input.money") ?? [])].map((input) => input.value);
  if (!cell || amounts.some((text) => /[^\d.,\s]/.test(text))) return; // The server will say what is no amount.
  const sum = amounts.reduce((total, text) => total + BigInt(text.replace(/\D/g, "") || 0), 0n);
  cell.textContent = sum.toLocaleString(document.documentElement.lang.startsWith("en") ? "en" : "id");
}
