/* A toast leaves after ten seconds, unless somebody is reading or using it. */
(function () {
  "use strict";
  var STAYS = 10000;

  function watch(toast) {
    var timer = 0;
    function start() {
      window.clearTimeout(timer);
      timer = window.setTimeout(function () {
        toast.remove();
      }, STAYS);
    }
    function pause() {
      window.clearTimeout(timer);
    }
    ["mouseenter", "focusin"].forEach(function (name) {
      toast.addEventListener(name, pause);
    });
    ["mouseleave", "focusout"].forEach(function (name) {
      toast.addEventListener(name, start);
    });
    start();
  }

  function all(root) {
    root.querySelectorAll("[data-toast]").forEach(watch);
    if (root.matches && root.matches("[data-toast]")) {
      watch(root);
    }
  }
  all(document);
  document.addEventListener("htmx:load", function (event) {
    all(event.target);
  });
})();
