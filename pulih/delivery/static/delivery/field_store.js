// What the phone keeps: the list of a class, and every press until the server has it.
// Numbers are given inside one transaction, so that two open tabs never give one twice.

const open = () =>
  new Promise((done, fail) => {
    const asked = indexedDB.open("pulih-field", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("lists", { keyPath: "place" });
      asked.result.createObjectStore("devices", { keyPath: "place" });
      asked.result.createObjectStore("acts", { keyPath: ["place", "number"] });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

let opened;
async function within(stores, mode, work) {
  opened ??= open();
  const base = await opened;
  return new Promise((done, fail) => {
    const deal = base.transaction(stores, mode);
    const found = {};
    deal.oncomplete = () => done(found);
    deal.onabort = () => fail(deal.error);
    deal.onerror = () => fail(deal.error);
    work(Object.fromEntries(stores.map((name) => [name, deal.objectStore(name)])), found);
  });
}

const own = (place) => IDBKeyRange.bound([place, 0], [place, Infinity]);

function newDevice() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function keepList(place, list) {
  return within(["lists"], "readwrite", ({ lists }) => lists.put({ place, list }));
}

export function readAll(place) {
  return within(["lists", "acts"], "readonly", ({ lists, acts }, found) => {
    lists.get(place).onsuccess = (event) => {
      found.list = event.target.result?.list;
    };
    acts.getAll(own(place)).onsuccess = (event) => {
      found.acts = event.target.result;
    };
  });
}

export function keepAct(place, act) {
  return within(["devices", "acts"], "readwrite", ({ devices, acts }) => {
    devices.get(place).onsuccess = (event) => {
      const known = event.target.result ?? { place, device: newDevice(), last: 0 };
      known.last += 1;
      devices.put(known);
      acts.put({ ...act, place, number: known.last, device: known.device, state: "waiting" });
    };
  });
}

// Presses that wait under other addresses: `left` by a link that has ended, `held` by one that may still open.
export function readOthers(place, isMine) {
  return within(["lists", "acts"], "readonly", ({ lists, acts }, found) => {
    Object.assign(found, { left: [], held: [] });
    lists.getAllKeys().onsuccess = (event) => {
      const open = new Set(event.target.result);
      acts.openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return;
        const act = cursor.value;
        const waits = act.place !== place && act.state === "waiting" && !act.photo && isMine(act);
        if (waits) found[open.has(act.place) ? "held" : "left"].push(act);
        cursor.continue();
      };
    };
  });
}

// sent: the acts that the verdicts are about, each with the address under which the phone keeps it.
export function settle(sent, verdicts) {
  const places = new Map(sent.map((act) => [act.number, act.place]));
  return within(["acts"], "readwrite", ({ acts }) => {
    for (const { number, result, sentence } of verdicts) {
      if (!places.has(number)) continue;
      acts.get([places.get(number), number]).onsuccess = (event) => {
        const act = event.target.result;
        // A photo that the server has, or never takes, leaves the phone's room to others.
        if (act) acts.put({ ...act, ...(act.photo && { photo: "" }), state: result, sentence });
      };
    }
  });
}

// Names and photos go with the link. Other presses stay as long as they wait; they name nobody but who pressed.
export function wipe(place) {
  return within(["lists", "acts"], "readwrite", ({ lists, acts }) => {
    lists.delete(place);
    acts.openCursor(own(place)).onsuccess = (event) => {
      const cursor = event.target.result;
      if (!cursor) return;
      if (cursor.value.state !== "waiting" || cursor.value.photo) cursor.delete();
      cursor.continue();
    };
  });
}
