/* Choices whose effect the server draws (a form with data-choices): what stands on the page is what was chosen
   last. A date written beside a choice (data-chooses) chooses it, before anything else hears of the change. An
   answer that comes after a newer change is not drawn: it would put the older choice back, and the newer one has
   been asked for already. Around a date that is being written only what it would do (data-effect) is drawn: each
   part of a date is a change, and a field that is replaced begins again at its first part. Without this file the
   buttons on the page do the same. */
(function () {
  "use strict";
  var changes = 0;
  var askedAfter = new WeakMap();

  document.addEventListener("change", function (event) {
    if (!event.target.closest("[data-choices]")) {
      return;
    }
    changes += 1;
    var choice = document.getElementById(event.target.getAttribute("data-chooses") || "");
    if (choice && event.target.value) {
      choice.checked = true;
    }
  }, true);

  /* Who chose before the page could ask for the effect is answered now; so is a form that the browser filled again. */
  window.addEventListener("load", function () {
    document.querySelectorAll("[data-choices] input[type=radio]").forEach(function (one) {
      if (one.checked && !one.defaultChecked) {
        one.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  });

  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.target.closest("[data-choices]")) {
      askedAfter.set(event.detail.xhr, changes);
    }
  });

  document.addEventListener("htmx:beforeSwap", function (event) {
    var after = askedAfter.get(event.detail.xhr);
    if (after !== undefined && after !== changes) {
      event.detail.shouldSwap = false;
    }
  });

  document.addEventListener("htmx:oobBeforeSwap", function (event) {
    var written = document.activeElement;
    if (!written || !written.matches("[data-chooses]") || !event.detail.target.contains(written)) {
      return;
    }
    event.detail.shouldSwap = false;
    event.detail.fragment.querySelectorAll("[data-effect]").forEach(function (effect) {
      var drawn = document.getElementById(effect.id);
      if (drawn) {
        drawn.replaceChildren(...effect.childNodes);
      }
    });
  });
})();
