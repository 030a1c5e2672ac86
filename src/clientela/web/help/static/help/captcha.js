/* Finds the number whose hash the page was told, when the form is sent; see platform/captcha.py. */
(() => {
  const form = document.querySelector("form[data-captcha]");
  if (!form || !window.crypto?.subtle) return;
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (one) => one.toString(16).padStart(2, "0")).join("");
  const solve = async ({ challenge, salt, hardest }) => {
    const text = new TextEncoder();
    for (let number = 0; number <= Number(hardest); number += 1) {
      if (hex(await crypto.subtle.digest("SHA-256", text.encode(salt + number))) === challenge) return number;
    }
    return -1;
  };
  let found = null;
  const begin = () => {
    found ??= solve(form.dataset).then((number) => {
      const { challenge, salt, signature } = form.dataset;
      form.elements.captcha.value = btoa(JSON.stringify({ algorithm: "SHA-256", challenge, number, salt, signature }));
    });
    return found;
  };
  form.addEventListener("input", begin, { once: true });
  form.addEventListener("submit", (event) => {
    if (form.elements.captcha.value) return;
    event.preventDefault();
    form.querySelector("[data-captcha-said]").hidden = false;
    const button = event.submitter;
    begin().then(() => form.requestSubmit(button));
  });
})();
