// Passkeys: asks the device and puts its answer into the form. Without this script, or in a browser without
// passkeys, the form stays hidden and the page says so.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  function asked({ publicKey }) {
    const found = { ...publicKey, challenge: bytes(publicKey.challenge) };
    if (found.user) found.user = { ...found.user, id: bytes(found.user.id) };
    if (found.excludeCredentials) found.excludeCredentials = known(found.excludeCredentials);
    if (found.allowCredentials) found.allowCredentials = known(found.allowCredentials);
    return { publicKey: found };
  }

  function told(credential) {
    const { response } = credential;
    const answer = { clientDataJSON: text(response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"])
      if (response[part]) answer[part] = text(response[part]);
    return JSON.stringify({
      id: credential.id, rawId: text(credential.rawId), type: credential.type, response: answer,
      clientExtensionResults: credential.getClientExtensionResults(),
      authenticatorAttachment: credential.authenticatorAttachment,
    });
  }

  async function riddle(form) {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    return answer.json();
  }

  function serve(form) {
    const said = form.querySelector("[data-passkey-said]");
    form.addEventListener("submit", async (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      said.textContent = "";
      try {
        const options = asked(await riddle(form));
        const credential = form.dataset.passkey === "make"
          ? await navigator.credentials.create(options)
          : await navigator.credentials.get(options);
        form.elements.credential.value = told(credential);
        form.submit();
      } catch {
        said.textContent = said.dataset.refused;
        form.querySelectorAll("[aria-busy]").forEach((one) => one.removeAttribute("aria-busy"));
      }
    });
    form.hidden = false;
  }

  if (!window.PublicKeyCredential) return;
  document.querySelectorAll("[data-passkey-without]").forEach((one) => { one.hidden = true; });
  document.querySelectorAll("form[data-passkey]").forEach(serve);
})();
