// On the phone the bottom bar's last button opens the side menu over the page.
export function openMenu() {
  const button = document.querySelector("[data-open-menu]");
  const menu = document.getElementById("menu");
  if (!button || !menu) return;
  const show = (open) => {
    menu.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
    if (open) menu.querySelector("a")?.focus();
  };
  button.addEventListener("click", () => show(!menu.classList.contains("open")));
  document.addEventListener("keydown", (event) => event.key === "Escape" && show(false));
}
