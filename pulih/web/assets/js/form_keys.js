// The back button may load a page anew and bring back what was typed. Its forms then take back the keys
// that they were sent with, so that the same words are not entered again.
export function keepFormKeys() {
  const [navigation] = performance.getEntriesByType("navigation");
  const before = navigation?.type === "back_forward" ? history.state?.formKeys : null;
  for (const [name, field] of named()) field.value = before?.[name] ?? field.value;
  remember();
  document.addEventListener("htmx:load", remember);
}

function remember() {
  const formKeys = Object.fromEntries(named().map(([name, field]) => [name, field.value]));
  history.replaceState({ ...history.state, formKeys }, "");
}

// Each key by where its form leads, and which of such forms it is.
function named() {
  const count = {};
  return [...document.querySelectorAll("form input[name=form_key]")].map((field) => {
    const action = field.form.getAttribute("action") ?? "";
    count[action] = (count[action] ?? 0) + 1;
    return [`${action} ${count[action]}`, field];
  });
}
