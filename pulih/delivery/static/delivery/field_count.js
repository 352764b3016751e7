// What a receiver counted, photographed and signed on a phone, with a network or without.

const addresses = JSON.parse(document.getElementById("addresses").textContent);
const { Line, at, read, say, whole } = await import(addresses.line);
const { pad } = await import(addresses.pad);
const words = read("words");
const line = new Line({ addresses, words, store: await import(addresses.store), show, most: 1 });
const WIDE = 1600; // Pixels of a photo's longer side, and how many letters it may have in base 64.
const LARGEST = 1_300_000;
const FIELDS = ["received", "received_on", "name", "post", "where"];

let photo = "";

// ── The photo, made small before it is kept ─────────────────────────────────────────────────────
async function shrink(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, WIDE / Math.max(picture.width, picture.height));
  const sheet = document.createElement("canvas");
  sheet.width = Math.round(picture.width * scale);
  sheet.height = Math.round(picture.height * scale);
  sheet.getContext("2d").drawImage(picture, 0, 0, sheet.width, sheet.height);
  for (const quality of [0.8, 0.6, 0.4]) {
    const letters = sheet.toDataURL("image/jpeg", quality).split(",")[1];
    if (letters.length < LARGEST) return letters;
  }
  throw new Error("too large");
}

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
  at("title").textContent = `${list.sent} ${list.unit} ${list.item}`;
  at("about").textContent = [list.number, list.sent_words, list.receiver, list.activity].join(" · ");
  at("received_on").min = list.sent_on;
  at("received_on").max = line.today;
  at("received_on").value ||= line.today;
  const said = stateOf(list, act);
  at("state").textContent = said;
  at("state").className = act?.state === "waiting" ? "ahead" : "done";
  at("state").hidden = !said;
  at("count").hidden = Boolean(said);
  showCount();
  // What the server said of the last press stands apart from what is wrong in the form now.
  at("refused").hidden = act?.state !== "refused";
  at("refused").textContent = at("refused").hidden ? "" : `${words.refused}: ${act.sentence}`;
}

function unfinished() {
  const asked = missing() > 0 ? [...FIELDS, "reason", "came_back"] : FIELDS;
  return asked.map(at).filter((field) => !field.value.trim() || !field.validity.valid);
}

function whatIsWrong(fields) {
  if (missing() < 0) return words.more;
  const names = fields.map((field) => field.labels[0].textContent);
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
  });
}

at("photo").addEventListener("change", takePhoto);
at("received").addEventListener("input", changeCount);
at("count").addEventListener("submit", sign);
await line.start();
