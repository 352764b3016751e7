// Popovers are <details>, so they work without us. We add: Esc closes and gives the focus back,
// a click elsewhere closes, only one is open, and the focus moves in.
const OPEN = "details.why[open], details.floats[open]";

export function followPopovers() {
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeAll(true));
  document.addEventListener("click", (event) => {
    for (const popover of document.querySelectorAll(OPEN)) {
      if (!popover.contains(event.target)) popover.open = false;
    }
  });
  document.addEventListener("toggle", (event) => event.target.matches?.(OPEN) && enter(event.target), true);
}

function enter(popover) {
  for (const other of document.querySelectorAll(OPEN)) if (other !== popover) other.open = false;
  popover.querySelector("[data-focus]")?.focus();
}

function closeAll(withFocus) {
  for (const popover of document.querySelectorAll(OPEN)) {
    popover.open = false;
    if (withFocus) popover.querySelector("summary").focus();
  }
}
