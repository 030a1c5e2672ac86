/* Two small comforts of the door; without this file everything works.
   A button beside each password shows what is typed, and the address typed for a code is kept for the password. */
(function () {
  "use strict";

  function shower(input) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-plain back";
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-controls", input.id);
    button.textContent = input.dataset.show;
    button.addEventListener("click", function () {
      var shown = input.type === "password";
      input.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
      input.focus();
    });
    var line = document.createElement("p");
    line.className = "row";
    line.append(button);
    return line;
  }

  document.querySelectorAll('input[type="password"][data-show]').forEach(function (input) {
    input.insertAdjacentElement("afterend", shower(input));
  });

  var code = document.getElementById("id_email");
  var password = document.getElementById("id_login");
  var fold = document.getElementById("by-password");
  if (code && password && fold) {
    fold.addEventListener("toggle", function () {
      if (fold.open && !password.value) {
        password.value = code.value;
      }
    });
  }
})();
