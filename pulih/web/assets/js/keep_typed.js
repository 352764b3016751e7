// Parts that save themselves ([data-saves-itself]) are drawn anew by each answer. What was typed since stays and is
// saved in its turn, and what was open stays open. What could not be sent is said, and sent again by itself.
// One part is sent at a time: answers that overtook each other would leave the sums of an older one beside the page.
const AGAIN = 5000;

export function keepTyped() {
  const sent = new WeakMap();
  const kept = new WeakMap();
  const unsent = new Set();
  const waiting = [];
  let underway = null;
  // The element of the event is another one once the form is gone.
  const from = ({ requestConfig }) => (requestConfig.elt.tagName === "FORM" ? requestConfig.elt : null);

  document.addEventListener("htmx:confirm", (event) => {
    const { elt, triggeringEvent, issueRequest } = event.detail;
    if (!underway || elt.tagName !== "FORM" || !elt.closest("[data-saves-itself]")) return;
    event.preventDefault();
    const button = triggeringEvent?.submitter;
    if (button || !waiting.some((one) => one.form === elt && !one.button))
      waiting.push({ form: elt, at: place(elt), button, send: () => issueRequest(true) });
  });
  const next = () => {
    while (!underway && waiting.length) {
      const { form, at, button, send } = waiting.shift();
      // A form may have been drawn again meanwhile: what was changed in it is put back and sends itself.
      if (button) press(at, button);
      else if (form.isConnected) send();
    }
  };
  document.addEventListener("htmx:beforeSend", ({ detail }) => {
    const form = from(detail);
    if (!form?.closest("[data-saves-itself]")) return;
    underway = detail.xhr;
    sent.set(detail.xhr, new Map(fields(form).map((field) => [field.id, now(field)])));
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
    underway = null;
    next();
  });
  addEventListener("online", () => unsent.forEach(again));
  addEventListener("beforeunload", (event) => unsent.size && event.preventDefault());
}

// A form that adds something carries the key of its first sending and counts once.
const again = (form) => form.isConnected && (form.matches("[hx-trigger]") ? changed(form) : form.requestSubmit());
// htmx sends the name of a button that was clicked, and forgets it once another field has the focus.
const press = (at, { name, value }) => {
  const form = [...document.querySelectorAll("[data-saves-itself] form")].find((one) => place(one) === at);
  [...(form?.elements ?? [])].find((one) => one.type === "submit" && one.name === name && one.value === value)?.click();
};
const changed = (element) => element.dispatchEvent(new Event("change", { bubbles: true }));
const fields = (form) =>
  [...form.elements].filter((one) => one.id && !["hidden", "file", "submit", "button"].includes(one.type));
const now = (field) => (field.type === "checkbox" ? field.checked : field.value);
const place = (one) => (one.form ?? one).getAttribute("action");

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
