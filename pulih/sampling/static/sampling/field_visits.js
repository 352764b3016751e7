// Visits of a sampling check on a phone, with a network or without.

const addresses = JSON.parse(document.getElementById("addresses").textContent);
const { Line, at, element, read, say, whole } = await import(addresses.line);
const words = read("words");
const line = new Line({ addresses, words, store: await import(addresses.store), show });
const OUTCOMES = ["received", "different", "not_received", "not_found"];

let shown = null; // The form that is open, with what was typed into it, and whose it is.

const acts = (unit) => line.all.acts.filter((act) => act.unit === unit.id);
const kept = (unit) => acts(unit).findLast((act) => act.state !== "refused");
const outcome = (unit) => kept(unit)?.outcome ?? unit.outcome;

function statusOf(unit) {
  const act = kept(unit);
  if (act) return `${words[act.outcome]}, ${words[act.state]}`;
  return unit.outcome ? words[unit.outcome] : words.open;
}

async function keep(event, unit) {
  event.preventDefault();
  const form = event.target;
  const values = Object.fromEntries(new FormData(form));
  const isSaid = values.outcome === "received" || values.note.trim();
  const isWhole = form.checkValidity() && isSaid && (!outcome(unit) || values.why.trim());
  if (!isWhole) {
    form.querySelector(".bad").textContent = words.incomplete;
    return;
  }
  shown = null;
  const counted = values.counted === "" ? null : whole(values.counted);
  await line.keep({ ...values, unit: unit.id, counted });
}

function open(unit) {
  const form = at("form").content.firstElementChild.cloneNode(true);
  form.elements.outcome.append(new Option("–", ""), ...OUTCOMES.map((one) => new Option(words[one], one)));
  form.elements.counted.parentElement.hidden = !line.all.list.counts;
  form.elements.visited_on.value = form.elements.visited_on.max = line.today;
  form.elements.visited_on.min = line.all.list.first;
  form.elements.visitor.value = line.all.list.holder;
  form.querySelector(".why").hidden = !outcome(unit);
  form.addEventListener("submit", (event) => keep(event, unit));
  shown = { unit: unit.id, form };
  show();
  form.elements.outcome.focus();
}

function row(unit) {
  const made = element("li", outcome(unit) ? "" : "unrecorded");
  made.dataset.unit = unit.id;
  const name = element("div", "name");
  name.append(element("b", "", `${unit.number}. ${unit.name}`), element("span", "", `${unit.area} · ${unit.expected}`));
  const button = element("button", "", outcome(unit) ? "✎" : "+");
  button.type = "button";
  button.setAttribute("aria-label", `${unit.name}: ${statusOf(unit)}`);
  button.addEventListener("click", () => open(unit));
  made.append(name, button, element("p", "state", statusOf(unit)));
  const refused = acts(unit).at(-1);
  if (refused?.state === "refused") {
    made.append(element("p", "state bad", `${words.refused}: ${refused.sentence}`));
  }
  if (shown?.unit === unit.id) made.append(shown.form);
  return made;
}

function show() {
  const { list } = line.all;
  line.showQueue();
  at("check").hidden = !list;
  const typing = document.activeElement;
  at("units").replaceChildren(...(list ? list.units.map(row) : []));
  if (shown?.form.contains(typing)) typing.focus();
  if (!list) return;
  at("title").textContent = list.title;
  const visited = list.units.filter(outcome).length;
  at("visited").textContent = say(words.visited, { v: visited, n: list.units.length });
}

await line.start();
