/* A field with a link to copy: the button appears where the device can copy, and says when it has. */
(function () {
  "use strict";
  if (!navigator.clipboard) {
    return;
  }
  document.querySelectorAll("[data-copy]").forEach(function (box) {
    var field = box.querySelector("input");
    var button = box.querySelector("button");
    var words = button.querySelector("span");
    var label = words.textContent;
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(field.value).then(function () {
        words.textContent = button.getAttribute("data-done");
        window.setTimeout(function () {
          words.textContent = label;
        }, 4000);
      }, function () {
        field.select();
      });
    });
  });
})();
