/* Makes choosing calm when htmx swaps the page's parts: the focus stays on the choice that was made, nothing
   jumps, and a first visit is read in the device's own zone as soon as it is known. Only the newest press is
   answered, as it is with links: an older answer would replace what the newer one has drawn. Without this file the
   same links load the page anew. */
(function () {
  "use strict";
  var chosen = "";
  var row = "";
  var newest = null;
  var held = false;

  function part(event) {
    return event.target.closest && event.target.closest("[data-choosing]");
  }

  /* Which list a link stands in: two lists may hold the same address. */
  function rowOf(link) {
    var list = link.closest && link.closest("ol, ul, table");
    return list ? list.className : "";
  }

  function remember(link) {
    chosen = link.getAttribute("href") || "";
    row = rowOf(link);
  }

  /* Heard by the part itself: once it is replaced, what still comes for it is told to nobody else, and would yet
     be drawn into other parts of the page. */
  function onlyNewest(event) {
    if (event.target === event.currentTarget && event.detail.xhr !== newest) {
      event.detail.shouldSwap = false;
    }
  }

  /* The fragment of a link is for pages without a script; with one, the page stays where it is. */
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (!part(event)) {
      return;
    }
    /* A search draws its own answer only, and is no press. */
    if (event.detail.target === part(event)) {
      newest = event.detail.xhr;
      event.detail.target.addEventListener("htmx:beforeSwap", onlyNewest);
      remember(event.target);
    }
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

  /* First visit: the server did not know the zone yet. A press that is answered already brings the zone along. */
  function firstZone() {
    var place = document.querySelector("[data-first-zone]");
    var match = /(?:^|; )device_zone=([^;]*)/.exec(document.cookie);
    if (place && match && decodeURIComponent(match[1]) !== place.getAttribute("data-first-zone") && !place.querySelector(".htmx-request")) {
      window.htmx.trigger(place, "zone-known");
    }
  }

  /* Nothing is drawn anew under a finger, or around a field or a fold somebody is at: a press on what is replaced
     before it is let go would meet nothing. After the press the zone is asked for again, unless the press itself
     has asked the server for something. */
  document.addEventListener("pointerdown", function (event) {
    held = Boolean(part(event));
  });
  ["pointerup", "pointercancel"].forEach(function (name) {
    document.addEventListener(name, function () {
      if (held) {
        held = false;
        window.setTimeout(firstZone, 0);
      }
    });
  });
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (!event.detail.requestConfig.elt.hasAttribute("data-first-zone")) {
      return;
    }
    var focused = document.activeElement;
    var inside = focused && focused.closest("[data-choosing]");
    if (held || (inside && focused.localName !== "a")) {
      event.detail.shouldSwap = false;
    } else if (inside) {
      remember(focused);
    }
  });

  centre();
  window.addEventListener("load", firstZone);
})();
