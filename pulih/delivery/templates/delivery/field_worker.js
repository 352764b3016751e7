{# Needs room, version, files. Keeps the page and its files on the phone; names never pass through here. #}
"use strict";
const ROOM = "pulih-field-{{ room }}-";
const KEPT = `${ROOM}{{ version }}`;
const FILES = [{% for file in files %}"{{ file|escapejs }}", {% endfor %}];
const ASSETS = ["script", "style", "image"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(FILES)).then(() => self.skipWaiting()));
});

// A page that was opened before there was a worker is kept, too: who opens a link once, at the office,
// opens it again in a hall without a network.
async function keepOpened(kept) {
  for (const tab of await self.clients.matchAll({ type: "window", includeUncontrolled: true })) {
    const address = tab.url.split("#")[0];
    if (!address.startsWith(self.registration.scope)) continue;
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok && !answer.redirected) await kept.put(address, answer);
  }
}

// Pages move on to the new version. One that does not come anew, because the network goes, the server
// starts again or asks who it is, stays as it was, and so does the version before with its files, which
// such a page and tabs that are open still ask for.
async function renew() {
  const fresh = await caches.open(KEPT);
  const earlier = (await caches.keys()).filter((name) => name.startsWith(ROOM) && name !== KEPT);
  for (const name of earlier) {
    const before = await caches.open(name);
    for (const request of await before.keys()) {
      if (!request.url.includes("/field/")) continue;
      const page = await fetch(request).catch(() => null);
      await fresh.put(request, page?.ok && !page.redirected ? page : await before.match(request));
    }
  }
  await Promise.all(earlier.slice(0, -1).map((name) => caches.delete(name)));
  await keepOpened(fresh);
  await self.clients.claim();
}
self.addEventListener("activate", (event) => event.waitUntil(renew()));

async function known(request) {
  return (await (await caches.open(KEPT)).match(request)) ?? caches.match(request);
}

async function page(request) {
  try {
    const answer = await fetch(request);
    // Where a link has ended, the page that the phone keeps takes the names away and says so.
    if (answer.status === 404) return (await known(request.url)) ?? answer;
    if (answer.ok && !answer.redirected) await (await caches.open(KEPT)).put(request.url, answer.clone());
    return answer;
  } catch (failed) {
    const kept = await known(request.url);
    if (kept) return kept;
    throw failed;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (ASSETS.includes(request.destination) || FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(known(request).then((kept) => kept ?? fetch(request)));
  }
});
