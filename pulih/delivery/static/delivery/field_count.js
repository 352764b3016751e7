// What a receiver counted, photographed and signed on a phone, with a network or without.

const addresses = JSON.parse(document.getElementById("addresses").textContent);
const { Line, at, read, say, shown, whole } = await import(addresses.line);
const { pad, padIn } = await import(addresses.pad);
const giverPad = padIn(at("giver_pad"), at("giver_clear"));
const { shrink } = await import(addresses.photo);
const words = read("words");
const line = new Line({ addresses, words, store: await import(addresses.store), show, most: 1 });
const GIVER = ["giver_name", "giver_post"];
const FIELDS = ["received", "received_on", "name", "post", "where"];

let photo = "";

// ── The photo ───────────────────────────────────────────────────────────────────────────────────
async function takePhoto() {
  const [file] = at("photo").files;
  photo = "";
  at("photo-state").textContent = "";
  if (!file) return;
  try {
    photo = await shrink(file);
    at("photo-state").textContent = say(words.photo, { n: Math.round((photo.length * 3) / 4000) });
  } catch {
    at("photo-state").textContent = words.no_photo;
  }
}

// ── The page ────────────────────────────────────────────────────────────────────────────────────
const latest = () => line.all.acts.at(-1);

function missing() {
  return at("received").value === "" ? 0 : line.all.list.sent - whole(at("received").value);
}

function signedText() {
  const { list } = line.all;
  const counted = list.counted
    .replace("{received}", String(whole(at("received").value)))
    .replace("{missing}", String(missing()));
  const isTyped = at("received").value !== "" && at("received").validity.valid;
  return isTyped ? list.text + counted : list.text;
}

function showCount() {
  const n = missing();
  at("missing").hidden = n <= 0;
  at("difference").textContent = n > 0 ? say(words.difference, { n }) : "";
  at("signed-text").textContent = signedText();
}

function changeCount() {
  showCount();
  at("wrong").textContent = missing() < 0 ? words.more : "";
}

function stateOf(list, act) {
  const isCorrected = Boolean(list.corrections?.length);
  if (act && act.state !== "refused" && !isCorrected) return words[act.state];
  const { received, received_words: day, unit } = list;
  if (received === null) return "";
  return [say(words.confirmed, { n: received, unit, day }), ...(list.corrections ?? [])].join(" ");
}

function show() {
  const { list } = line.all;
  line.showQueue();
  at("sent").hidden = !list;
  if (!list) return;
  const act = latest();
  at("title").textContent = `${shown(list.sent)} ${list.unit} ${list.item}`;
  at("about").textContent = [list.number, list.sent_words, list.receiver, list.activity].join(" · ");
  at("received_on").min = list.sent_on;
  at("received_on").max = line.today;
  at("received_on").value ||= line.today;
  const said = stateOf(list, act);
  at("state").textContent = said;
  at("state").className = act?.state === "waiting" ? "ahead" : "done";
  at("state").hidden = !said;
  at("count").hidden = Boolean(said);
  at("giver").hidden = !list.asks_giver;
  at("receiver").hidden = !list.asks_giver;
  at("giver-text").textContent = list.text;
  showCount();
  // What the server said of the last press stands apart from what is wrong in the form now.
  at("refused").hidden = act?.state !== "refused";
  at("refused").textContent = at("refused").hidden ? "" : `${words.refused}: ${act.sentence}`;
}

// The giver may sign by another way: only what was begun here has to be complete.
function isGiving() {
  const isBegun = giverPad.isBegun() || GIVER.some((id) => at(id).value.trim());
  return line.all.list.asks_giver && isBegun;
}

function unfinished() {
  const counted = missing() > 0 ? [...FIELDS, "reason", "came_back"] : FIELDS;
  const asked = isGiving() ? [...GIVER, ...counted] : counted;
  return asked.map(at).filter((field) => !field.value.trim() || !field.validity.valid);
}

function giver() {
  const [name, post] = GIVER.map((id) => at(id).value.trim());
  return { name, post, text: line.all.list.text, drawing: giverPad.path() };
}

function whatIsWrong(fields) {
  if (missing() < 0) return words.more;
  const names = fields.map((field) => field.labels[0].textContent);
  if (isGiving() && !giverPad.isSigned()) names.push(at("giver-pad-label").textContent);
  if (!pad.isSigned()) names.push(at("pad-label").textContent);
  return names.length ? say(words.incomplete, { fields: names.join(" · ") }) : "";
}

async function sign(event) {
  event.preventDefault();
  const fields = unfinished();
  const wrong = whatIsWrong(fields);
  at("wrong").textContent = wrong;
  if (wrong) {
    fields[0]?.focus();
    return;
  }
  const values = Object.fromEntries(FIELDS.map((id) => [id, at(id).value.trim()]));
  const n = missing();
  await line.keep({
    ...values,
    received: whole(values.received),
    came_back: n > 0 ? whole(at("came_back").value) : 0,
    reason: n > 0 ? at("reason").value.trim() : "",
    text: signedText(),
    drawing: pad.path(),
    photo,
    giver: isGiving() ? giver() : null,
  });
}

at("photo").addEventListener("change", takePhoto);
at("received").addEventListener("input", changeCount);
at("count").addEventListener("submit", sign);
await line.start();
