// The service worker: when there is no network, a page answers with the person's own upcoming appointments; and
// notices on this device are shown.
//
// FILES and VERSION stand before this text (worker.py). Two caches: the shell, which is nobody's (the style
// sheets, and the offline page as a stranger sees it), and one page of whoever is signed in. Nothing else
// is ever kept but the word of whom notices are for. What is kept of a person goes when they sign out or in, when
// a page is seen by somebody else, and with it every answer still on its way (`era`); their notices end with it.
"use strict";

const SHELL = `clientela-shell-${VERSION}`;
const MINE = "clientela-mine";
const NOTICES = "clientela-notices";
const NOTICES_OF = "/client/notices-of";
const PAGE = "/client/offline";
const OF = "X-Offline-Of";
const DOORS = ["/client/login", "/client/logout", "/client/with/", "/client/erase"];
const LEAVING = ["/client/logout", "/client/erase"];
let era = 0;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (typeof event.data?.seen === "string") event.waitUntil(seenBy(event.data.seen));
  if (typeof event.data?.notices === "string") event.waitUntil(noticesAreOf(event.data.notices));
});
self.addEventListener("push", (event) => event.waitUntil(show(read(event.data))));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.link));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (changesWho(request, pathname)) event.waitUntil(forget());
    if (request.method === "POST" && begins(pathname, LEAVING)) event.waitUntil(endNotices());
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
  return begins(pathname, DOORS) && (request.method === "POST" || pathname.startsWith("/client/with/"));
}

function begins(pathname, doors) {
  return doors.some((door) => pathname.startsWith(door));
}

async function seenBy(person) {
  const kept = await caches.match(PAGE, { cacheName: MINE });
  if (kept && kept.headers.get(OF) !== person) await forget();
  if (!person) return;
  await endNoticesOfOthers(person);
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

// What the server encrypted for this browser. Whatever else arrives, something is shown: browsers want that.
function read(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
}

// A second copy bears the same tag and takes the first one's place.
function show({ title, body, link, tag, lang }) {
  const icon = "/client/icon-192.png";
  return self.registration.showNotification(text(title) || "Clientela", {
    body: text(body), tag: text(tag), lang: text(lang), icon, data: { link: own(link) },
  });
}

async function open(link) {
  const url = own(link);
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => one.url === url);
  return there ? there.focus() : self.clients.openWindow(url);
}

// A notice leads to a page of ours, and nowhere else.
function own(link) {
  const home = new URL("/client/", self.location.origin);
  try {
    const url = new URL(text(link), home);
    return url.origin === home.origin ? url.href : home.href;
  } catch {
    return home.href;
  }
}

function text(value) {
  return typeof value === "string" ? value : "";
}

async function noticesAreOf(person) {
  const kept = await caches.open(NOTICES);
  await kept.put(NOTICES_OF, new Response(person));
}

// Somebody else uses this browser now: notices for the one before are none of theirs.
async function endNoticesOfOthers(person) {
  const kept = await caches.match(NOTICES_OF, { cacheName: NOTICES });
  if (kept && (await kept.text()) !== person) await endNotices();
}

async function endNotices() {
  await caches.delete(NOTICES);
  const subscription = await self.registration.pushManager?.getSubscription();
  await subscription?.unsubscribe();
}
