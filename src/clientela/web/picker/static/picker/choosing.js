/* Makes choosing calm when htmx swaps the page's parts: the focus stays on the choice that was made, nothing
   jumps, and a first visit is read in the device's own zone as soon as it is known. Without this file the
   same links load the page anew. */
(function () {
  "use strict";
  var chosen = "";

  function part(event) {
    return event.target.closest && event.target.closest("[data-choosing]");
  }

  /* The fragment of a link is for pages without a script; with one, the page stays where it is. */
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (!part(event)) {
      return;
    }
    chosen = event.target.getAttribute("href") || "";
    if (event.detail.pathInfo) {
      event.detail.pathInfo.anchor = "";
    }
  });

  document.addEventListener("htmx:afterSettle", function () {
    var link = chosen && document.querySelector('[data-choosing] a[href="' + CSS.escape(chosen).replace(/\\([^0-9a-f])/gi, "$1") + '"]');
    chosen = "";
    if (link && document.activeElement === document.body) {
      link.focus({ preventScroll: true });
    }
    centre();
  });

  /* The chosen day and person are in view when their row scrolls sideways. */
  function centre() {
    document.querySelectorAll(".days [aria-current], .people [aria-current]").forEach(function (link) {
      var row = link.closest("ol, ul");
      row.scrollLeft += link.getBoundingClientRect().left - row.getBoundingClientRect().left - row.clientWidth / 2 + link.clientWidth / 2;
    });
  }

  /* First visit: the server did not know the zone yet. */
  function firstZone() {
    var place = document.querySelector("[data-first-zone]");
    var match = /(?:^|; )device_zone=([^;]*)/.exec(document.cookie);
    if (place && match && decodeURIComponent(match[1]) !== place.getAttribute("data-first-zone")) {
      window.htmx.trigger(place, "zone-known");
    }
  }

  centre();
  window.addEventListener("load", firstZone);
})();
