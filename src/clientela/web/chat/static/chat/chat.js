/* Looks for answers while the page is in sight, ever less often while nothing comes; keeps the newest line in view.
   A page nobody looks at does not look either: what comes then counts as unseen, and a mail tells of it. */
(() => {
  const SOON = 4000;
  const LATE = 30000;
  let wait = SOON;
  let timer = 0;
  const lines = () => document.querySelector("[data-look]");
  const toEnd = () => {
    const all = lines();
    if (all) all.scrollTop = all.scrollHeight;
  };
  const look = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible" && lines() && window.htmx) window.htmx.trigger(lines(), "look");
    wait = Math.min(LATE, wait * 1.2);
    timer = setTimeout(look, wait);
  };
  document.addEventListener("visibilitychange", () => {
    wait = SOON;
    if (document.visibilityState === "visible") look();
  });
  let before = 0;
  document.addEventListener("htmx:beforeSwap", () => {
    before = lines()?.children.length ?? 0;
  });
  document.addEventListener("htmx:afterSwap", () => {
    if ((lines()?.children.length ?? 0) === before) return;
    wait = SOON;
    toEnd();
  });
  toEnd();
  timer = setTimeout(look, wait);
})();
