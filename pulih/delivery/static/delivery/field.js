// Attendance of one class on a phone, with a network or without.

const addresses = JSON.parse(document.getElementById("addresses").textContent);
const { Line, at, clock, element, read, say } = await import(addresses.line);
const { shrink } = await import(addresses.photo);
const words = read("words");
const isMine = (act, list) => list.sessions.some((one) => one.id === act.session);
const line = new Line({ addresses, words, store: await import(addresses.store), show, isMine });
const SAID = ["present", "absent"];

let session = null;
let asking = null; // The person and presence whose change is being explained.

const key = (mark) => `${mark.device} ${mark.number}`;

// ── What the marks say; the same rule as on the server ──────────────────────────────────────────
function marksOf(person) {
  const here = (one) => one.session === session && one.participant === person;
  const mine = line.all.acts.filter((act) => act.state !== "refused").filter(here);
  const known = new Set(mine.map(key));
  const theirs = line.all.list.marks.filter(here).filter((mark) => !known.has(key(mark)));
  const marks = [...theirs.map((mark) => ({ ...mark, state: "elsewhere" })), ...mine];
  const corrections = marks.filter((mark) => mark.corrects_number);
  const gone = new Set(corrections.map((mark) => `${mark.corrects_device} ${mark.corrects_number}`));
  return marks.filter((mark) => !gone.has(key(mark)));
}

function stateOf(person) {
  const marks = marksOf(person);
  if (!marks.length) return { presence: "unrecorded" };
  const said = new Set(marks.map((mark) => mark.presence));
  return said.size === 1 ? marks[marks.length - 1] : { presence: "differs" };
}

async function press(person, presence, { why = "", reason = "" } = {}) {
  const before = marksOf(person);
  const other = before.find((mark) => mark.presence !== presence);
  if (before.length && !other && !reason) return;
  if (other && !why) {
    asking = { person, presence };
    show();
    return;
  }
  asking = null;
  const wrong = other ?? (reason ? before[before.length - 1] : null);
  await line.keep({
    session,
    participant: person,
    presence,
    reason: presence === "absent" ? reason || "unknown" : "",
    corrects_device: wrong?.device ?? "",
    corrects_number: wrong?.number ?? null,
    why: wrong ? why || words[reason] : "",
  });
}

// ── The page ────────────────────────────────────────────────────────────────────────────────────
function button(text, className, isOn, act) {
  const made = element("button", isOn ? `${className} on` : className, text);
  made.type = "button";
  made.setAttribute("aria-pressed", String(isOn));
  made.addEventListener("click", act);
  return made;
}

function row(person, isAhead) {
  const state = stateOf(person.id);
  const made = element("li", state.presence);
  made.dataset.participant = person.id;
  const name = element("div", "name");
  name.append(element("b", "", person.name), element("span", "", person.village));
  const pair = element("div", "pair");
  for (const presence of SAID) {
    const isOn = state.presence === presence;
    const one = button(words[presence], presence, isOn, () => press(person.id, presence));
    one.disabled = isAhead;
    one.setAttribute("aria-label", `${person.name}: ${words[presence]}`);
    pair.append(one);
  }
  made.append(name, pair);
  if (asking?.person === person.id) made.append(question(person.id));
  else if (state.presence === "absent") made.append(reasons(person.id, state));
  made.append(element("p", "state", statusOf(state)));
  const refused = line.all.acts
    .filter((act) => act.participant === person.id && act.session === session)
    .findLast((act) => act.state === "refused");
  if (refused) made.append(element("p", "state bad", `${words.refused}: ${refused.sentence}`));
  return made;
}

function statusOf(state) {
  if (!SAID.includes(state.presence)) return words[state.presence];
  return `${clock(new Date(state.pressed_at))}, ${words[state.state]}`;
}

function question(person) {
  const made = element("div", "reasons");
  made.append(element("span", "ask", words.why));
  const change = asking.presence === "present" ? words.came_late : words.went_early;
  for (const why of [words.mispressed, change]) {
    made.append(button(why, "reason", false, () => press(person, asking.presence, { why })));
  }
  return made;
}

function reasons(person, state) {
  const made = element("div", "reasons");
  for (const reason of ["ill", "excused", "unknown"]) {
    const isOn = state.reason === reason;
    made.append(button(words[reason], "reason", isOn, () => isOn || press(person, "absent", { reason })));
  }
  return made;
}

function show() {
  const { list } = line.all;
  if (list && session === null) {
    const past = list.sessions.filter((one) => one.day <= line.today);
    session = (past[past.length - 1] ?? list.sessions[0])?.id ?? null;
  }
  line.showQueue();
  at("class").hidden = !list;
  at("photos").hidden = !list;
  at("people").replaceChildren();
  if (list) showClass(list);
}

function showClass(list) {
  at("title").textContent = list.cohort;
  at("activity").textContent = list.activity;
  const options = list.sessions.map((one) => new Option(`${one.words} · ${one.subject}`, one.id));
  at("sessions").replaceChildren(...options);
  at("sessions").value = session;
  const isAhead = list.sessions.find((one) => one.id === session)?.day > line.today;
  at("ahead").hidden = !isAhead;
  at("photos").hidden = isAhead;
  showPhotos(list);
  const said = list.people.map((person) => stateOf(person.id).presence);
  for (const presence of SAID) {
    at(`n-${presence}`).textContent = said.filter((one) => one === presence).length;
  }
  at("n-unrecorded").textContent = said.filter((one) => !SAID.includes(one)).length;
  const isNarrow = at("only-open").checked;
  const shown = list.people.filter((_one, i) => !isNarrow || !SAID.includes(said[i]));
  at("people").append(...shown.map((person) => row(person, isAhead)));
}

// ── Photos of the session ───────────────────────────────────────────────────────────────────────
const photosIn = (state) =>
  line.all.acts.filter((act) => "shows" in act && act.session === session && act.state === state);

function showPhotos(list) {
  const waiting = photosIn("waiting").length;
  const n = list.sessions.find((one) => one.id === session)?.photos ?? 0;
  at("photo-count").textContent = n || waiting ? say(words.photos, { n, waiting }) : "";
  const refused = photosIn("refused").at(-1);
  at("photo-wrong").textContent = refused ? `${words.refused}: ${refused.sentence}` : "";
}

async function takePhoto() {
  const [file] = at("photo").files;
  if (!file) return;
  try {
    const photo = await shrink(file);
    await line.keep({ session, photo, shows: at("shows").value });
  } catch {
    at("photo-wrong").textContent = words.no_photo;
  }
  at("photo").value = "";
}

// ── Cards before the camera ─────────────────────────────────────────────────────────────────────
const AGAIN = 3000; // Milliseconds in which the same card counts once.
let scanner = null;
let last = { text: "", at: 0 };

async function seen(text) {
  if (text === last.text && Date.now() - last.at < AGAIN) return;
  last = { text, at: Date.now() };
  const person = line.all.list.people.find((one) => one.card === text);
  if (!person) {
    at("scanned").textContent = words.no_card;
    return;
  }
  if (!at("ahead").hidden) {
    at("scanned").textContent = at("ahead").textContent;
    return;
  }
  navigator.vibrate?.(60);
  await press(person.id, "present");
  at("scanned").textContent = `${person.name}: ${words[stateOf(person.id).presence]}`;
}

async function toggleScan() {
  if (scanner?.isOn) scanner.stop();
  else {
    const { Scanner } = await import(addresses.scan);
    scanner ??= new Scanner({ decoder: addresses.decoder, video: at("video"), seen });
    at("camera").hidden = false;
    at("scanned").textContent = "";
    await scanner.start().catch(() => (at("scanned").textContent = words.no_camera));
  }
  at("video").hidden = !scanner.isOn;
  at("scan").textContent = scanner.isOn ? words.stop : words.scan;
}

// Browsers lend the camera to HTTPS and to the machine itself alone.
at("scan").hidden = !addresses.decoder || !navigator.mediaDevices;
at("scan").textContent = words.scan;
at("scan").addEventListener("click", toggleScan);
at("sessions").addEventListener("change", (event) => {
  session = Number(event.target.value);
  asking = null;
  show();
});
at("photo").addEventListener("change", takePhoto);
at("only-open").addEventListener("change", show);
await line.start();
