// Parts that save themselves ([data-saves-itself]) are drawn anew by each answer. What was typed since stays and is
// saved in its turn, and what was open stays open. What could not be sent is said, and sent again by itself.
const AGAIN = 5000;

export function keepTyped() {
  const sent = new WeakMap();
  const kept = new WeakMap();
  const unsent = new Set();
  // The element of the event is another one once the form is gone.
  const from = ({ requestConfig }) => (requestConfig.elt.tagName === "FORM" ? requestConfig.elt : null);

  document.addEventListener("htmx:beforeSend", ({ detail }) => {
    const form = from(detail);
    if (form?.closest("[data-saves-itself]")) sent.set(detail.xhr, new Map(fields(form).map((field) => [field.id, now(field)])));
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const form = from(detail);
    if (sent.has(detail.xhr) && detail.shouldSwap && detail.target.matches("[data-saves-itself]"))
      kept.set(detail.xhr, look(detail.target, form, sent.get(detail.xhr)));
  });
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    const before = kept.get(detail.xhr);
    kept.delete(detail.xhr);
    if (!before) return;
    putBack(detail.target, before);
    select(before.chosen);
  });

  const tell = () => {
    for (const said of document.querySelectorAll("[data-says-unsaved]")) said.hidden = !unsent.size;
  };
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const form = from(detail);
    if (!sent.has(detail.xhr)) return;
    unsent.delete(form);
    // Nothing came, or the server broke down; what it refuses (4xx) it would refuse again.
    if (!detail.xhr.status || detail.xhr.status >= 500) {
      unsent.add(form);
      setTimeout(() => unsent.has(form) && again(form), AGAIN);
    }
    for (const one of unsent) if (!one.isConnected) unsent.delete(one);
    tell();
  });
  addEventListener("online", () => unsent.forEach(again));
  addEventListener("beforeunload", (event) => unsent.size && event.preventDefault());
}

// A form that adds something carries the key of its first sending and counts once.
const again = (form) => form.isConnected && (form.matches("[hx-trigger]") ? changed(form) : form.requestSubmit());
const changed = (element) => element.dispatchEvent(new Event("change", { bubbles: true }));
const fields = (form) =>
  [...form.elements].filter((one) => one.id && !["hidden", "file", "submit", "button"].includes(one.type));
const now = (field) => (field.type === "checkbox" ? field.checked : field.value);
const place = (field) => field.form?.getAttribute("action");

// What the server drew.
function drawn(field) {
  if (field.type === "checkbox") return field.defaultChecked;
  if (!field.options) return field.defaultValue;
  return ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value;
}

// Of the form that was sent: what differs from what was sent. Of the forms beside it: all that was typed.
function look(target, sender, values) {
  const typed = [];
  for (const form of target.querySelectorAll("form")) {
    for (const field of fields(form)) {
      const was = form === sender ? values.get(field.id) : drawn(field);
      if (was === undefined || now(field) === was) continue;
      const caret = field === document.activeElement && "selectionStart" in field && field.selectionStart;
      typed.push({ id: field.id, at: place(field), value: now(field), caret,
        drawn: form === sender ? null : was, seen: form.elements.seen?.value });
    }
  }
  const open = [...target.querySelectorAll("form details[open]")].map((one) => one.closest("form").getAttribute("action"));
  return { typed, open, chosen: chosen(target) };
}

// What is selected in the field one is in: htmx keeps no selection that begins at the first letter, so that what was
// to replace it would be typed before it.
function chosen(target) {
  const { id, value, selectionStart: start, selectionEnd: end } = document.activeElement;
  return id && target.contains(document.activeElement) && end > start ? { id, value, start, end } : null;
}

function select(part) {
  const field = part && document.getElementById(part.id);
  if (field === document.activeElement && field?.value === part?.value) field?.setSelectionRange(part.start, part.end);
}

function putBack(target, before) {
  for (const details of target.querySelectorAll("form details"))
    details.open ||= before.open.includes(details.closest("form").getAttribute("action"));
  for (const one of before.typed) {
    const field = document.getElementById(one.id);
    if (!field || place(field) !== one.at || now(field) === one.value) continue;
    // Somebody else changed this very field: saving must not overwrite that unseen.
    if (one.drawn !== null && drawn(field) !== one.drawn && field.form.elements.seen) field.form.elements.seen.value = one.seen;
    if (field.type === "checkbox") field.checked = one.value;
    else field.value = one.value;
    if (field !== document.activeElement) {
      changed(field);
      continue;
    }
    if (one.caret !== false && one.caret !== null) field.setSelectionRange(one.caret, one.caret);
    field.addEventListener("blur", () => changed(field), { once: true });
  }
}
