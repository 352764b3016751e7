// The days a page is seen on are in its address; links, filters and parts of ours take them along.
const DAYS = ["per", "diketahui"];

export function keepTheDay() {
  const here = new URLSearchParams(location.search);
  const kept = DAYS.filter((name) => here.get(name)).map((name) => [name, here.get(name)]);
  if (!kept.length) return;
  const missing = (query) => kept.filter(([name]) => !query.has(name));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.origin !== location.origin || link.hasAttribute("data-today")) return;
    const address = new URL(link.href);
    if (address.pathname === location.pathname && address.hash) return;
    for (const [name, value] of missing(address.searchParams)) address.searchParams.set(name, value);
    link.href = address.href;
  }, true);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "get" || form.hasAttribute("data-today")) return;
    for (const [name, value] of missing(new FormData(form))) form.append(hidden(name, value));
  }, true);
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") return;
    const asked = new URL(event.detail.path, location.href).searchParams;
    for (const [name, value] of missing(asked)) event.detail.parameters[name] ??= value;
  });
}

function hidden(name, value) {
  const input = document.createElement("input");
  return Object.assign(input, { type: "hidden", name, value });
}
