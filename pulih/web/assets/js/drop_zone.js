// Turns a plain file input into a drop zone and lists what was chosen, with sizes.
export function watchDropZones(root) {
  for (const zone of root.querySelectorAll(".drop:not(.live)")) {
    const input = zone.querySelector("input[type=file]");
    zone.classList.add("live");
    for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, () => zone.classList.add("over"));
    for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
    input.addEventListener("change", () => list(zone, input.files));
  }
}

function list(zone, files) {
  const names = zone.parentElement.querySelector(".drop-list");
  if (!names) return;
  names.replaceChildren(...Array.from(files, line));
}

function line(file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const size = document.createElement("span");
  name.textContent = file.name;
  size.textContent = weight(file.size);
  size.className = "q n nw";
  item.append(name, size);
  return item;
}

function weight(bytes) {
  const [amount, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  const options = { maximumFractionDigits: amount < 10 ? 1 : 0 };
  return `${amount.toLocaleString(document.documentElement.lang, options)} ${unit}`;
}
