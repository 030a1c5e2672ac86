/* A `:target` sheet opens as a real <dialog>, which keeps the focus inside and gives it back.
   Without this file the same markup still opens and closes, by its address. */
(function () {
  "use strict";
  if (typeof HTMLDialogElement !== "function") {
    return;
  }

  function opener(id) {
    return document.querySelector('a[href="#' + CSS.escape(id) + '"]');
  }

  function open(sheet) {
    var card = sheet.querySelector(".sheet-card");
    if (!card) {
      return;
    }
    var from = document.activeElement !== document.body ? document.activeElement : opener(sheet.id);
    var dialog = document.createElement("dialog");
    dialog.className = "sheet-dialog";
    dialog.setAttribute("aria-labelledby", sheet.getAttribute("aria-labelledby"));
    sheet.hidden = true;
    sheet.after(dialog);
    dialog.append(card);
    dialog.showModal();

    dialog.addEventListener("click", function (event) {
      var leave = event.target === dialog || event.target.closest('a[href^="#"]');
      if (leave) {
        event.preventDefault();
        dialog.close();
      }
    });
    dialog.addEventListener("close", function () {
      sheet.append(card);
      dialog.remove();
      history.replaceState(history.state, "", location.pathname + location.search);
      if (from && from.isConnected) {
        from.focus();
      }
    });
  }

  function look() {
    var id = decodeURIComponent(location.hash.slice(1));
    var sheet = id && document.getElementById(id);
    if (sheet && sheet.matches("[data-sheet]")) {
      open(sheet);
    }
  }

  /* The address alone would not open the same sheet twice, so presses are taken here. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest('a[href^="#"]');
    var sheet = link && link.hash.length > 1 && document.getElementById(link.hash.slice(1));
    if (sheet && sheet.matches("[data-sheet]") && !event.defaultPrevented) {
      event.preventDefault();
      open(sheet);
    }
  });

  /* A menu closes when the press lands elsewhere, or on Escape. */
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    });
  });
  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && event.target.closest && event.target.closest("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  look();
})();
