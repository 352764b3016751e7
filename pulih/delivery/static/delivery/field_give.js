// What the giver of goods signs on a phone, with a network or without.

const addresses = JSON.parse(document.getElementById("addresses").textContent);
const { Line, at, read, say, shown } = await import(addresses.line);
const { pad } = await import(addresses.pad);
const words = read("words");
const line = new Line({ addresses, words, store: await import(addresses.store), show, most: 1 });
const FIELDS = ["name", "post", "where"];

function stateOf(list, act) {
  if (act && act.state !== "refused") return words[act.state];
  return list.signed ? say(words.signed, { who: list.signed }) : "";
}

function show() {
  const { list } = line.all;
  line.showQueue();
  at("sent").hidden = !list;
  if (!list) return;
  const act = line.all.acts.at(-1);
  at("title").textContent = `${shown(list.sent)} ${list.unit} ${list.item}`;
  at("about").textContent = [list.number, list.sent_words, list.receiver, list.activity].join(" · ");
  const said = stateOf(list, act);
  at("state").textContent = said;
  at("state").className = act?.state === "waiting" ? "ahead" : "done";
  at("state").hidden = !said;
  at("give").hidden = Boolean(said);
  at("signed-text").textContent = list.text;
  at("refused").hidden = act?.state !== "refused";
  at("refused").textContent = at("refused").hidden ? "" : `${words.refused}: ${act.sentence}`;
}

async function sign(event) {
  event.preventDefault();
  const empty = FIELDS.map(at).filter((field) => !field.value.trim());
  const names = empty.map((field) => field.labels[0].textContent);
  if (!pad.isSigned()) names.push(at("pad-label").textContent);
  at("wrong").textContent = names.length ? say(words.incomplete, { fields: names.join(" · ") }) : "";
  if (names.length) {
    empty[0]?.focus();
    return;
  }
  const values = Object.fromEntries(FIELDS.map((id) => [id, at(id).value.trim()]));
  await line.keep({ ...values, text: line.all.list.text, drawing: pad.path() });
}

at("give").addEventListener("submit", sign);
await line.start();
