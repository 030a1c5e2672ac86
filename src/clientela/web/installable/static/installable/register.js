// Registers the service worker, tells it who is looking, and offers the home screen where the browser can.
// Without this script every page works the same, with a network.
(() => {
  "use strict";
  const { scope, person } = document.currentScript.dataset;
  const installed = matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;

  if (installed) {
    document.querySelectorAll("[data-install-hint]").forEach((hint) => hint.remove());
  }
  addEventListener("beforeinstallprompt", (event) => {
    const place = document.querySelector("[data-install-button]");
    if (!place) return;
    event.preventDefault();
    place.hidden = false;
    place.querySelector("button").addEventListener("click", async () => {
      place.hidden = true;
      await event.prompt();
    }, { once: true });
  });

  if (!("serviceWorker" in navigator)) return;
  // Somebody who only looks around keeps nothing on the device, and loads nothing for it.
  if (person || installed) addEventListener("load", () => keep().catch(unlessLeft));
  else forget();
  addEventListener("appinstalled", () => keep().catch(unlessLeft));

  async function keep() {
    const registration = await navigator.serviceWorker.register("/client/sw.js", { scope });
    const worker = registration.active ?? (await navigator.serviceWorker.ready).active;
    worker.postMessage({ seen: person });
  }

  // Who goes on to the next page before the worker is registered lets that page do it.
  function unlessLeft(error) {
    if (error.name !== "AbortError") throw error;
  }

  async function forget() {
    const registrations = await navigator.serviceWorker.getRegistrations();
    registrations.forEach((one) => one.active?.postMessage({ seen: "" }));
    await globalThis.caches?.delete("clientela-mine");
  }
})();
