/* A form that is on its way says so, and is not sent twice by a second press. The server would refuse
   the repetition anyway; this only spares the reader the doubt. */
(function () {
  "use strict";
  var BUSY = "aria-busy";

  function button(event) {
    return event.submitter || event.target.querySelector("button:not([type=button])");
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.hasAttribute("hx-get") || form.hasAttribute("hx-post") || form.closest("[hx-boost=true]")) {
      return;
    }
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-sent", "");
    var pressed = button(event);
    if (pressed) {
      pressed.setAttribute(BUSY, "true");
    }
  });
  /* Back from the next page: the form is fresh again. */
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      form.removeAttribute("data-sent");
      form.querySelectorAll(".btn[aria-busy=true]").forEach(function (pressed) {
        pressed.removeAttribute(BUSY);
      });
    });
  });
  document.addEventListener("htmx:beforeRequest", function (event) {
    var pressed = event.target.matches("form") && event.target.querySelector("button:not([type=button])");
    if (pressed) {
      pressed.setAttribute(BUSY, "true");
    }
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    event.target.querySelectorAll("[aria-busy=true]").forEach(function (pressed) {
      pressed.removeAttribute(BUSY);
    });
  });
})();
