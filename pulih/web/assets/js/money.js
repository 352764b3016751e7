// Groups the digits of a money input while it is typed, with the language's own sign, and keeps the cursor
// behind the same digit. The server reads both forms, so nothing depends on this.
export function groupMoney(root) {
  for (const input of root.querySelectorAll("input.money:not([data-live])")) {
    input.dataset.live = "";
    regroup(input);
    input.addEventListener("input", () => regroup(input));
  }
}

function regroup(input) {
  const separator = document.documentElement.lang.startsWith("en") ? "," : ".";
  const left = digits(input.value.slice(0, input.selectionStart ?? input.value.length)).length;
  if (/[^\d.,\s]/.test(input.value)) return; // Not a plain amount: the server will say what is wrong.
  input.value = digits(input.value).replace(/\B(?=(\d{3})+$)/g, separator);
  if (document.activeElement === input) placeCursor(input, left);
}

function placeCursor(input, left) {
  let position = 0;
  for (let seen = 0; seen < left && position < input.value.length; position += 1) {
    if (/\d/.test(input.value[position])) seen += 1;
  }
  input.setSelectionRange(position, position);
}

const digits = (text) => text.replace(/\D/g, "");
