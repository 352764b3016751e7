// Attendance of one class on a phone, with a network or without.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const addresses = read("addresses");
const words = read("words");
const store = await import(addresses.store);
const place = addresses.list;
const at = (id) => document.getElementById(id);
const say = (text, values = {}) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("pulih-field") : null;
const MOST = 400; // Presses in one sending; the server takes 500.
const REST = 15000; // Milliseconds between two tries while something waits.
const SAID = ["present", "absent"];

let all = { acts: [] };
let session = null;
let offlineSince = navigator.onLine ? null : new Date();
let isAskedAgain = false;
let isOver = false;
let isFull = false;
let asking = null; // The person and presence whose change is being explained.
let isSending = false;

const clock = (date) => date.toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });
const key = (mark) => `${mark.device} ${mark.number}`;
const waiting = () => all.acts.filter((act) => act.state === "waiting");
const clockOff = () => all.list?.clockOff ?? 0;

// ── What the marks say; the same rule as on the server ──────────────────────────────────────────
function marksOf(person) {
  const here = (one) => one.session === session && one.participant === person;
  const mine = all.acts.filter((act) => act.state !== "refused").filter(here);
  const known = new Set(mine.map(key));
  const theirs = all.list.marks.filter(here).filter((mark) => !known.has(key(mark)));
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

// ── Between phone and server ────────────────────────────────────────────────────────────────────
async function load() {
  all = await store.readAll(place);
  if (all.list && Date.now() - clockOff() > Date.parse(all.list.until)) {
    isOver = true;
    await store.wipe(place);
    all = await store.readAll(place);
  }
  if (all.list && session === null) {
    const past = all.list.sessions.filter((one) => one.day <= all.list.today);
    session = (past[past.length - 1] ?? all.list.sessions[0])?.id ?? null;
  }
}

const isClosed = (answer) => answer.redirected || [401, 403].includes(answer.status);

async function fetchList() {
  const answer = await fetch(addresses.list);
  if (answer.status === 404) {
    isOver = true;
    await store.wipe(place);
    return;
  }
  if (isClosed(answer)) {
    isAskedAgain = true;
    return;
  }
  if (!answer.ok) throw new Error(String(answer.status));
  const list = await answer.json();
  await store.keepList(place, { ...list, clockOff: Date.now() - Date.parse(list.now) });
  isAskedAgain = false;
}

async function sendSome() {
  const acts = waiting().slice(0, MOST);
  const device = acts[0].device;
  const answer = await fetch(addresses.marks, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "",
    },
    body: JSON.stringify({
      device,
      sent_at: new Date().toISOString(),
      acts: acts
        .filter((act) => act.device === device)
        .map(({ place: _place, device: _device, state: _state, sentence: _sentence, ...act }) => act),
    }),
  });
  if (isClosed(answer) || answer.status === 404) {
    isAskedAgain = true;
    return;
  }
  if (!answer.ok) throw new Error(String(answer.status));
  await store.settle(place, (await answer.json()).verdicts);
}

async function send() {
  if (isSending) return;
  isSending = true;
  try {
    isAskedAgain = false;
    await load();
    while (waiting().length && !isAskedAgain) {
      await sendSome();
      await load();
      show();
    }
    await fetchList();
    offlineSince = null;
  } catch {
    offlineSince ??= new Date();
  } finally {
    isSending = false;
  }
  await load();
  show();
  tabs?.postMessage("changed");
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
  try {
    await store.keepAct(place, {
      session,
      participant: person,
      presence,
      reason: presence === "absent" ? reason || "unknown" : "",
      pressed_at: new Date().toISOString(),
      corrects_device: wrong?.device ?? "",
      corrects_number: wrong?.number ?? null,
      why: wrong ? why || words[reason] : "",
    });
    isFull = false;
  } catch {
    isFull = true;
  }
  await load();
  show();
  tabs?.postMessage("changed");
  send();
}

// ── The page ────────────────────────────────────────────────────────────────────────────────────
function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

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
  const refused = all.acts
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

function queueWords(n) {
  if (isFull) return ["bad", words.full, ""];
  if (isOver) return ["bad", words.over, n ? say(words.over_waiting, { n }) : ""];
  if (isAskedAgain) return ["warn", words.sign_in, ""];
  if (offlineSince) return ["warn", say(words.offline, { time: clock(offlineSince) }), words.offline_more];
  return n ? ["info", say(words.sending, { n }), ""] : ["good", words.sent, ""];
}

async function showPhone() {
  const minutes = Math.round(clockOff() / 60000);
  const off = minutes > 0 ? words.fast : words.slow;
  at("clock").textContent = minutes ? say(off, { n: Math.abs(minutes) }) : words.right;
  at("until").textContent = all.list?.until_words ?? "";
  const left = await navigator.storage?.estimate?.();
  at("room").textContent = left ? say(words.room, { n: Math.round((left.quota - left.usage) / 1e6) }) : "";
}

function show() {
  const n = waiting().length;
  const [tone, first, second] = queueWords(n);
  at("queue").className = `queue ${tone}`;
  at("queue-first").textContent = first;
  at("queue-second").textContent = second;
  at("waiting").textContent = n || "";
  showPhone();
  at("empty").hidden = Boolean(all.list) || isOver;
  at("class").hidden = !all.list;
  at("people").replaceChildren();
  if (all.list) showClass(all.list);
}

function showClass(list) {
  at("title").textContent = list.cohort;
  at("activity").textContent = list.activity;
  at("holder").textContent = list.holder;
  const options = list.sessions.map((one) => new Option(`${one.words} · ${one.subject}`, one.id));
  at("sessions").replaceChildren(...options);
  at("sessions").value = session;
  const isAhead = list.sessions.find((one) => one.id === session)?.day > list.today;
  at("ahead").hidden = !isAhead;
  const said = list.people.map((person) => stateOf(person.id).presence);
  for (const presence of SAID) {
    at(`n-${presence}`).textContent = said.filter((one) => one === presence).length;
  }
  at("n-unrecorded").textContent = said.filter((one) => !SAID.includes(one)).length;
  const isNarrow = at("only-open").checked;
  const shown = list.people.filter((_one, i) => !isNarrow || !SAID.includes(said[i]));
  at("people").append(...shown.map((person) => row(person, isAhead)));
}

at("sessions").addEventListener("change", (event) => {
  session = Number(event.target.value);
  asking = null;
  show();
});
at("only-open").addEventListener("change", show);
window.addEventListener("online", send);
window.addEventListener("offline", () => {
  offlineSince ??= new Date();
  show();
});
document.addEventListener("visibilitychange", () => document.hidden || send());
tabs?.addEventListener("message", async () => {
  await load();
  show();
});
setInterval(() => (waiting().length || offlineSince || !all.list) && send(), REST);
navigator.serviceWorker?.register(addresses.worker);
navigator.storage?.persist?.();
await load();
show();
send();
