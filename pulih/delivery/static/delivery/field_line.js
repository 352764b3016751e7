// Between a phone and the server: what is pressed is kept first, then sent, once there is a network.
// A page of the field gives its addresses, words, store and how it shows itself, and asks nothing else.

const MOST = 400; // Acts in one sending; the server takes 500.
const DAY = 86_400_000;
const REST = 15000; // Milliseconds between two tries while something waits.

export const read = (id) => JSON.parse(document.getElementById(id).textContent);
export const at = (id) => document.getElementById(id);
export const clock = (date) => date.toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });
// As people type it: 6.034 are six thousand, which a number field of a browser refuses.
export const whole = (text) => Number(text.replace(/[., ]/g, ""));
// A number as people of the page's language write it: 1.250 or 1,250.
export const shown = (number) => number.toLocaleString(document.documentElement.lang);
export const say = (text, values = {}) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);
const isClosed = (answer) => answer.redirected || [401, 403].includes(answer.status);

export function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

export class Line {
  all = { acts: [] };
  held = []; // Presses of this list that an open link of its own keeps.
  offlineSince = navigator.onLine ? null : new Date();
  isAskedAgain = false;
  isOver = false;
  isFull = false;
  #isSending = false;
  #tabs = "BroadcastChannel" in window ? new BroadcastChannel("pulih-field") : null;

  // most: acts in one sending. show: called whenever something changed. isMine: whether a press that
  // was made by another link belongs to this list; without it, none does.
  constructor({ addresses, words, store, show, most = MOST, isMine = null }) {
    Object.assign(this, { addresses, words, store, show, most, isMine, place: addresses.list });
  }

  get waiting() {
    return this.all.acts.filter((act) => act.state === "waiting");
  }

  get clockOff() {
    return this.all.list?.clockOff ?? 0;
  }

  // The day of the office, also on a phone that heard of it days ago.
  get today() {
    const { today, day_ends: ends } = this.all.list;
    const past = Date.now() - this.clockOff - Date.parse(ends);
    const days = past >= 0 ? Math.floor(past / DAY) + 1 : 0;
    return new Date(Date.parse(today) + days * DAY).toISOString().slice(0, 10);
  }

  async load() {
    this.all = await this.store.readAll(this.place);
    if (this.all.list && Date.now() - this.clockOff > Date.parse(this.all.list.until)) {
      await this.#end();
      this.all = await this.store.readAll(this.place);
    }
    const { list } = this.all;
    this.held = [];
    if (!list || !this.isMine) return;
    const others = await this.store.readOthers(this.place, (act) => this.isMine(act, list));
    this.held = others.held;
    this.all.acts.push(...others.left);
  }

  // A link that the office ended while there was no network is found out here: its names go, and what
  // was pressed by it goes by the link that is open now.
  async #askForOthers() {
    await this.load();
    for (const place of new Set(this.held.map((act) => act.place))) {
      if ((await fetch(place)).status === 404) await this.store.wipe(place);
    }
    await this.load();
  }

  async #end() {
    this.isOver = true;
    await this.store.wipe(this.place);
  }

  async #fetchList() {
    const answer = await fetch(this.place);
    if (answer.status === 404) return this.#end();
    if (isClosed(answer)) {
      this.isAskedAgain = true;
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const list = await answer.json();
    await this.store.keepList(this.place, { ...list, clockOff: Date.now() - Date.parse(list.now) });
    this.isAskedAgain = false;
  }

  async #sendSome() {
    const { waiting } = this;
    // Presses first: they are small, and a photo may take minutes where the network is bad.
    const marks = waiting.filter((act) => !this.#isPhoto(act)).slice(0, this.most);
    const acts = marks.length ? marks : waiting.slice(0, 1);
    const { device } = acts[0];
    const sent = acts.filter((act) => act.device === device);
    const answer = await fetch(marks.length ? this.addresses.marks : this.addresses.photos, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "",
      },
      body: JSON.stringify({
        device,
        sent_at: new Date().toISOString(),
        acts: sent.map(({ place: _place, device: _device, state: _state, sentence: _sentence, ...act }) => act),
      }),
    });
    if (isClosed(answer) || answer.status === 404) {
      this.isAskedAgain = true;
      return;
    }
    if (answer.status === 422) return this.#setApart(sent, await answer.json());
    if (!answer.ok) throw new Error(String(answer.status));
    await this.store.settle(sent, (await answer.json()).verdicts);
  }

  // A page that sends photos apart from its presses has an address for them.
  #isPhoto(act) {
    return Boolean(this.addresses.photos && act.photo);
  }

  // The server cannot read one of these: they go one by one, and the one is refused by itself.
  async #setApart(acts, { sentence }) {
    this.most = 1;
    if (acts.length > 1) return;
    await this.store.settle(acts, [{ number: acts[0].number, result: "refused", sentence }]);
  }

  async send() {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      this.isAskedAgain = false;
      await this.load();
      const isFirst = !this.all.list;
      if (isFirst) await this.#fetchList();
      await this.#askForOthers();
      const isSending = this.waiting.length > 0;
      while (this.waiting.length && !this.isAskedAgain) {
        await this.#sendSome();
        await this.#again();
      }
      if (!isFirst || isSending) await this.#fetchList();
      this.offlineSince = null;
    } catch {
      this.offlineSince ??= new Date();
    } finally {
      this.#isSending = false;
    }
    await this.#again();
    this.#tabs?.postMessage("changed");
  }

  // Keep an act, show it, and send it when that can be. False where the phone is full.
  async keep(act) {
    try {
      await this.store.keepAct(this.place, { ...act, pressed_at: new Date().toISOString() });
      this.isFull = false;
    } catch {
      this.isFull = true;
    }
    await this.#again();
    this.#tabs?.postMessage("changed");
    this.send();
    return !this.isFull;
  }

  async #again() {
    await this.load();
    this.show();
  }

  #queueWords(n) {
    const { words } = this;
    if (this.isFull) return ["bad", words.full, ""];
    if (this.isOver) return ["bad", words.over, n ? say(words.over_waiting, { n }) : ""];
    if (this.isAskedAgain) return ["warn", words.sign_in, ""];
    if (this.offlineSince) {
      return ["warn", say(words.offline, { time: clock(this.offlineSince) }), words.offline_more];
    }
    return n ? ["info", say(words.sending, { n }), ""] : ["good", words.sent, ""];
  }

  showQueue() {
    const n = this.waiting.length;
    const [tone, first, second] = this.#queueWords(n);
    at("queue").className = `queue ${tone}`;
    at("queue-first").textContent = first;
    at("queue-second").textContent = second;
    at("waiting").textContent = n || "";
    at("holder").textContent = this.all.list?.holder ?? "";
    at("empty").hidden = Boolean(this.all.list) || this.isOver;
    this.#showPhone();
  }

  async #showPhone() {
    const { words } = this;
    const minutes = Math.round(this.clockOff / 60000);
    const off = minutes > 0 ? words.fast : words.slow;
    at("clock").textContent = minutes ? say(off, { n: Math.abs(minutes) }) : words.right;
    at("until").textContent = this.all.list?.until_words ?? "";
    const left = await navigator.storage?.estimate?.();
    at("room").textContent = left ? say(words.room, { n: Math.round((left.quota - left.usage) / 1e6) }) : "";
  }

  async start() {
    window.addEventListener("online", () => this.send());
    window.addEventListener("offline", () => {
      this.offlineSince ??= new Date();
      this.show();
    });
    document.addEventListener("visibilitychange", () => document.hidden || this.send());
    this.#tabs?.addEventListener("message", () => this.#again());
    const isOpen = () => this.waiting.length || this.offlineSince || !this.all.list;
    setInterval(() => isOpen() && this.send(), REST);
    navigator.serviceWorker?.register(this.addresses.worker);
    navigator.storage?.persist?.();
    await this.#again();
    this.send();
  }
}
