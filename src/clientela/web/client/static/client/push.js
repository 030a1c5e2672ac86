// Notices on this device: asks only after a press, and tells the server how the browser is reached by the form that
// stands on the page. Without this script the page says that the browser shows none.
(() => {
  "use strict";
  const box = document.querySelector("[data-push]");
  const form = box?.querySelector("[data-push-ask]");
  if (!form) return;
  const part = (name) => box.querySelector(`[data-push-${name}]`);
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!able) return;

  part("none").hidden = true;
  show();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask().catch(() => { part("failed").hidden = false; });
  });

  function show() {
    const denied = Notification.permission === "denied";
    part("denied").hidden = !denied;
    form.hidden = denied;
  }

  async function ask() {
    part("failed").hidden = true;
    const said = await Notification.requestPermission();
    if (said !== "granted") return show();
    const key = bytes(box.dataset.push);
    const subscription = await subscribe(await worker(), key);
    const { endpoint, keys } = subscription.toJSON();
    form.elements.endpoint.value = endpoint;
    form.elements.p256dh.value = keys.p256dh;
    form.elements.auth.value = keys.auth;
    form.submit();
  }

  async function worker() {
    const registration = await navigator.serviceWorker.register("/client/sw.js", { scope: "/client/" });
    const active = registration.active ?? (await navigator.serviceWorker.ready).active;
    active.postMessage({ notices: document.querySelector("script[data-person]")?.dataset.person ?? "" });
    return registration;
  }

  // A subscription made with another key of ours is of no use any more.
  async function subscribe(registration, key) {
    const standing = await registration.pushManager.getSubscription();
    if (standing && !same(standing.options.applicationServerKey, key)) await standing.unsubscribe();
    return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  }

  function same(held, key) {
    const bytesHeld = new Uint8Array(held ?? []);
    return bytesHeld.length === key.length && bytesHeld.every((one, at) => one === key[at]);
  }

  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (one) => one.charCodeAt(0));
  }
})();
