/* Moves an appointment by dragging its card: the same form as the Move page, sent to the same address.
   The server decides; when it declines, the card returns and the server's own words are shown. Steps of a
   quarter of an hour, of five minutes with Shift held; Escape lets go. The keyboard's way is the Move page. */
(function () {
  "use strict";
  var THRESHOLD = 6;
  var CELL = 5;
  var QUARTER = 15;
  var drag = null;

  function two(number) {
    return (number < 10 ? "0" : "") + number;
  }

  function clock(minute) {
    return two(Math.floor(minute / 60)) + ":" + two(minute % 60);
  }

  /* A place in the grid is a class, since styles are not allowed. */
  function place(card, minute) {
    card.className = card.className.replace(/\bt-\d{4}\b/, "t-" + clock(minute).replace(":", ""));
  }

  function columnAt(grid, x) {
    return Array.prototype.find.call(grid.querySelectorAll(".dg-col[data-person]"), function (column) {
      var box = column.getBoundingClientRect();
      return x >= box.left && x < box.right;
    });
  }

  function minuteAt(column, y, step) {
    var box = column.getBoundingClientRect();
    var from = Number(drag.grid.dataset.from) * 60;
    var cells = (y - drag.grip - box.top) / drag.row;
    var minute = Math.round((from + cells * CELL) / step) * step;
    return Math.min(Math.max(minute, from), 24 * 60 - CELL);
  }

  function lift() {
    drag.lifted = drag.card.cloneNode(true);
    drag.lifted.removeAttribute("href");
    drag.lifted.setAttribute("aria-hidden", "true");
    drag.lifted.classList.add("dg-lifted");
    drag.card.classList.add("dg-ghost");
    document.documentElement.classList.add("is-dragging");
  }

  function follow(event) {
    var column = columnAt(drag.grid, event.clientX);
    if (!column) {
      return;
    }
    var minute = minuteAt(column, event.clientY, event.shiftKey ? CELL : QUARTER);
    if (drag.lifted.parentNode !== column) {
      column.append(drag.lifted);
    }
    place(drag.lifted, minute);
    drag.lifted.querySelector("time").textContent = clock(minute);
    drag.to = { person: column.dataset.person, minute: minute };
  }

  function letGo() {
    document.documentElement.classList.remove("is-dragging");
    if (drag && drag.lifted) {
      drag.lifted.remove();
      drag.card.classList.remove("dg-ghost");
    }
    drag = null;
  }

  function wish(grid, to) {
    var data = new URLSearchParams();
    data.set("csrfmiddlewaretoken", grid.dataset.csrf);
    data.set("day", grid.dataset.day);
    data.set("at", clock(to.minute));
    data.set("professional", to.person);
    return data;
  }

  /* The answer is a whole page: the calendar after a move, or the Move page with what stood against it. */
  function show(html, url, moved, query) {
    var page = new DOMParser().parseFromString(html, "text/html");
    var refused = page.querySelector("#refused");
    if (!moved && !(refused && refused.textContent.trim())) {
      location.assign(url.split("?")[0] + "?" + query);
      return;
    }
    if (!moved) {
      var place = document.querySelector("#refused");
      place.replaceWith(document.adoptNode(refused));
      refused.focus();
      return;
    }
    ["#around", "#refused", ".weekbar", ".desk-head"].forEach(function (part) {
      var fresh = page.querySelector(part);
      var old = document.querySelector(part);
      if (fresh && old) {
        old.replaceWith(document.adoptNode(fresh));
      }
    });
    document.querySelectorAll("[data-toast]").forEach(function (toast) {
      toast.remove();
    });
    page.querySelectorAll("[data-toast]").forEach(function (toast) {
      document.body.append(document.adoptNode(toast));
      document.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: toast } }));
    });
    history.replaceState(history.state, "", url);
  }

  function send(card, grid, to) {
    var data = wish(grid, to);
    card.classList.add("dg-sending");
    card.setAttribute("aria-busy", "true");
    fetch(card.dataset.move, { method: "POST", body: data, credentials: "same-origin" })
      .then(function (answer) {
        return answer.text().then(function (html) {
          data.delete("csrfmiddlewaretoken");
          show(html, answer.url, answer.ok && answer.redirected, data.toString());
        });
      })
      .catch(function () {
        data.delete("csrfmiddlewaretoken");
        location.assign(card.dataset.move + "?" + data.toString());
      })
      .finally(function () {
        card.classList.remove("dg-sending");
        card.removeAttribute("aria-busy");
      });
  }

  function swallow(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  document.addEventListener("pointerdown", function (event) {
    var card = event.target.closest && event.target.closest(".appt[data-move]");
    if (!card || event.button !== 0 || event.pointerType === "touch" || event.ctrlKey || event.metaKey) {
      return;
    }
    var grid = card.closest(".daygrid");
    drag = {
      card: card,
      grid: grid,
      x: event.clientX,
      y: event.clientY,
      grip: event.clientY - card.getBoundingClientRect().top,
      row: parseFloat(getComputedStyle(grid).getPropertyValue("--row")) * parseFloat(getComputedStyle(document.documentElement).fontSize),
      lifted: null,
      to: null
    };
  });

  document.addEventListener("pointermove", function (event) {
    if (!drag) {
      return;
    }
    if (!drag.lifted) {
      if (Math.abs(event.clientX - drag.x) + Math.abs(event.clientY - drag.y) < THRESHOLD) {
        return;
      }
      lift();
    }
    follow(event);
  });

  document.addEventListener("pointerup", function () {
    if (!drag || !drag.lifted) {
      drag = null;
      return;
    }
    var done = drag;
    var column = done.card.closest(".dg-col");
    var stayed = !done.to || (done.to.minute === Number(done.card.dataset.minute) && done.to.person === column.dataset.person);
    letGo();
    /* The click that ends a drag is not a press on a link; it comes at once or not at all. */
    document.addEventListener("click", swallow, { capture: true });
    window.setTimeout(function () {
      document.removeEventListener("click", swallow, { capture: true });
    });
    if (!stayed) {
      send(done.card, done.grid, done.to);
    }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && drag) {
      letGo();
    }
  });
  document.addEventListener("pointercancel", letGo);
  document.addEventListener("dragstart", function (event) {
    if (event.target.closest && event.target.closest(".appt[data-move]")) {
      event.preventDefault();
    }
  });
})();
