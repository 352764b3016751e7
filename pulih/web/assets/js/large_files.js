// Says of a file that is too large so before anything is sent, so that what was typed beside it stays.
export function refuseLargeFiles() {
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.dataset.largest) return;
    const isLarge = Array.from(input.files).some((file) => file.size > Number(input.dataset.largest));
    input.setCustomValidity(isLarge ? input.dataset.tooLarge : "");
    if (isLarge) input.reportValidity();
  });
}
