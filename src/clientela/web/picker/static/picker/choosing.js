/* Makes choosing calm when htmx swaps the page's parts: the focus stays on the choice that was made, nothing
   jumps, and a first visit is read in the device's own zone as soon as it is known. Without this file the
   same links load the page anew. */
(function () {
  "use strict";
  var chosen = "";
  var row = "";

  function part(event) {
    return event.target.closest && event.target.closest("[data-choosing]");
  }

  /* Which list a link stands in: two lists may hold the same address. */
  function rowOf(link) {
    var list = link.closest && link.closest("ol, ul, table");
    return list ? list.className : "";
  }

  /* The fragment of a link is for pages without a script; with one, the page stays where it is. */
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (!part(event)) {
      return;
    }
    chosen = event.target.getAttribute("href") || "";
    row = rowOf(event.target);
    if (event.detail.pathInfo) {
      event.detail.pathInfo.anchor = "";
    }
  });

  document.addEventListener("htmx:afterSettle", function () {
    var lost = document.activeElement === document.body || document.activeElement === null;
    if (chosen && lost) {
      document.querySelectorAll("[data-choosing] a").forEach(function (link) {
        if (chosen && link.getAttribute("href") === chosen && rowOf(link) === row) {
          link.focus({ preventScroll: true });
          chosen = "";
        }
      });
    }
    centre();
  });

  /* The chosen day and person are in view when their row scrolls sideways. */
  function centre() {
    document.querySelectorAll(".days [aria-current], .people [aria-current]").forEach(function (link) {
      var list = link.closest("ol, ul");
      list.scrollLeft += link.getBoundingClientRect().left - list.getBoundingClientRect().left - list.clientWidth / 2 + link.clientWidth / 2;
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
