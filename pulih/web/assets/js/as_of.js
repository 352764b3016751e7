// The day a page is seen on is in its address; a link to another page of ours takes it along.
export function keepTheDay() {
  const day = new URLSearchParams(location.search).get("per");
  if (!day) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.origin !== location.origin || link.hasAttribute("download")) return;
    const address = new URL(link.href);
    if (address.pathname === location.pathname && address.hash) return;
    if (address.searchParams.has("per") || link.hasAttribute("data-today")) return;
    address.searchParams.set("per", day);
    link.href = address.href;
  }, true);
}
