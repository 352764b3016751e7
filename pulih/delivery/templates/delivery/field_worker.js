{# Needs room, version, files. Keeps the page and its files on the phone; names never pass through here. #}
"use strict";
const KEPT = "pulih-field-{{ room }}-{{ version }}";
const FILES = [{% for file in files %}"{{ file|escapejs }}", {% endfor %}];

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

// Pages move on to the new version: an update just before the network goes leaves them openable.
async function renew() {
  const fresh = await caches.open(KEPT);
  for (const name of await caches.keys()) {
    if (!name.startsWith("pulih-field-{{ room }}-") || name === KEPT) continue;
    const before = await caches.open(name);
    for (const request of await before.keys()) {
      const page = await fetch(request).catch(() => before.match(request));
      if (request.url.includes("/field/") && page.ok && !page.redirected) await fresh.put(request, page);
    }
    await caches.delete(name);
  }
  await keepOpened(fresh);
  await self.clients.claim();
}
self.addEventListener("activate", (event) => event.waitUntil(renew()));

async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await (await caches.open(KEPT)).put(request.url, answer.clone());
    return answer;
  } catch (failed) {
    const known = await caches.match(request.url);
    if (known) return known;
    throw failed;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request).then((known) => known ?? fetch(request)));
  }
});
