// A button with data-ask="id" opens that dialog instead of sending; the dialog's own button sends.
// Without a script the button sends its form, and the server asks or offers to take it back.
export function askBeforeSending() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-ask]");
    const dialog = opener && document.getElementById(opener.dataset.ask);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
    }
    if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  });
}
