// The service worker: when there is no network, a page answers with the person's own upcoming appointments.
//
// FILES and VERSION stand before this text (worker.py). Two caches: the shell, which is nobody's (the style
// sheets, and the offline page as a stranger sees it), and one page of whoever is signed in. Nothing else
// is ever kept. What is kept of a person goes when they sign out or in, when a page is seen by somebody
// else, and with it every answer still on its way (`era`).
"use strict";

const SHELL = `clientela-shell-${VERSION}`;
const MINE = "clientela-mine";
const PAGE = "/client/offline";
const OF = "X-Offline-Of";
const DOORS = ["/client/login", "/client/logout", "/client/with/", "/client/erase"];
let era = 0;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (typeof event.data?.seen === "string") event.waitUntil(seenBy(event.data.seen));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (changesWho(request, pathname)) event.waitUntil(forget());
    if (request.method === "GET") event.respondWith(page(event));
  } else if (FILES.includes(pathname)) {
    event.respondWith(fetch(request).catch(() => fromShell(pathname)));
  }
});

async function install() {
  const shell = await caches.open(SHELL);
  await shell.addAll(FILES);
  await shell.put(PAGE, await fetch(PAGE, { credentials: "omit", cache: "no-store" }));
  await self.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("clientela-shell-") && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

// Whoever signs in or out on this device, what was kept of the one before goes first.
function changesWho(request, pathname) {
  return DOORS.some((door) => pathname.startsWith(door)) &&
    (request.method === "POST" || pathname.startsWith("/client/with/"));
}

async function seenBy(person) {
  const kept = await caches.match(PAGE, { cacheName: MINE });
  if (kept && kept.headers.get(OF) !== person) await forget();
  if (!person) return;
  const begun = era;
  const fresh = await fetch(PAGE, { credentials: "same-origin", cache: "no-store" });
  if (!fresh.ok || fresh.headers.get(OF) !== person || begun !== era) return;
  const mine = await caches.open(MINE);
  await mine.put(PAGE, fresh);
  if (begun !== era) await caches.delete(MINE);
}

async function forget() {
  era += 1;
  await caches.delete(MINE);
}

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    const mine = await caches.match(PAGE, { cacheName: MINE });
    return mine ?? (await fromShell(PAGE));
  }
}

async function fromShell(path) {
  return (await caches.match(path, { cacheName: SHELL })) ?? Response.error();
}
