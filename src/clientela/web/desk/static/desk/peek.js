/* On a wide screen a press on an appointment of the calendar opens it beside the day: the first part of its
   own page, in a dialog. Without this file, with a modifier key, or on a phone, the link opens the page. */
(function () {
  "use strict";
  var CARDS = "#calendar a.appt:not(.appt-open), #calendar a.wk, #calendar a.agenda-who";
  var wide = window.matchMedia("(min-width: 62rem)");
  if (typeof HTMLDialogElement !== "function") {
    return;
  }

  function button(look, words, href) {
    var link = document.createElement("a");
    link.className = "btn " + look;
    link.href = href;
    link.textContent = words;
    return link;
  }

  function open(part, card, words, badge) {
    var dialog = document.createElement("dialog");
    dialog.className = "sheet-dialog";
    dialog.setAttribute("aria-labelledby", "peek-title");
    var box = document.createElement("div");
    box.className = "sheet-card stack";
    var title = document.createElement("h2");
    title.id = "peek-title";
    title.textContent = part.dataset.title;
    if (badge) {
      title.append(" ", document.adoptNode(badge));
    }
    var acts = document.createElement("div");
    acts.className = "sheet-acts";
    acts.append(button("btn-line", words.close, "#"), button("btn-soft", words.open, card.href));
    box.append(title, document.adoptNode(part), acts);
    dialog.append(box);
    document.body.append(dialog);
    dialog.addEventListener("click", function (event) {
      if (event.target === dialog || event.target.closest('a[href="#"]')) {
        event.preventDefault();
        dialog.close();
      }
    });
    dialog.addEventListener("close", function () {
      dialog.remove();
      if (card.isConnected) {
        card.focus();
      }
    });
    dialog.showModal();
  }

  document.addEventListener("click", function (event) {
    var card = event.target.closest && event.target.closest(CARDS);
    var plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!card || !plain || event.defaultPrevented || !wide.matches) {
      return;
    }
    event.preventDefault();
    card.setAttribute("aria-busy", "true");
    fetch(card.href, { credentials: "same-origin" })
      .then(function (answer) {
        return answer.text();
      })
      .then(function (html) {
        var page = new DOMParser().parseFromString(html, "text/html");
        var part = page.querySelector("#peek");
        if (!part) {
          throw new Error("not an appointment");
        }
        open(part, card, document.querySelector("#calendar").dataset, page.querySelector(".desk-head .badge"));
      })
      .catch(function () {
        location.assign(card.href);
      })
      .finally(function () {
        card.removeAttribute("aria-busy");
      });
  });
})();
