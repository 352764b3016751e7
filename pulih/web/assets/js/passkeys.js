// A form with data-passkey="create" or "get" asks the device before it is sent; what the device answers
// goes along in its hidden field. What went wrong is said in the form, and nothing is sent.
export function askDevices(root) {
  root.querySelectorAll("form[data-passkey]").forEach(wake);
}

function wake(form) {
  if (form.dataset.awake) return; // htmx tells of the same page once more.
  form.dataset.awake = "yes";
  const credential = form.elements.credential;
  const button = form.querySelector("button");
  if (!window.PublicKeyCredential || !navigator.credentials) {
    say(form, form.dataset.unable);
    button.disabled = true;
    return;
  }
  addEventListener("pageshow", () => (credential.value = "")); // An answer of before is worth nothing.
  form.addEventListener("submit", async (event) => {
    if (credential.value) return;
    event.preventDefault();
    say(form, "");
    button.disabled = true;
    try {
      const [{ publicKey }] = Object.values(JSON.parse(document.getElementById("passkey-options").textContent));
      const answer = await navigator.credentials[form.dataset.passkey]({ publicKey: asBytes(publicKey) });
      credential.value = JSON.stringify(asText(answer));
    } catch (error) {
      say(form, sentenceFor(error, form.dataset));
      if (!(error instanceof DOMException)) throw error; // A fault of ours.
    } finally {
      button.disabled = false;
    }
    if (credential.value) form.requestSubmit();
  });
}

function sentenceFor(error, sentences) {
  if (error.name === "InvalidStateError") return sentences.known;
  return error.name === "NotAllowedError" ? sentences.cancelled : sentences.unable;
}

function say(form, sentence) {
  const note = form.querySelector("[data-said]");
  note.querySelector("b").textContent = sentence;
  note.hidden = !sentence;
}

// The server writes bytes as web-safe Base64.
const decode = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

function asBytes({ challenge, user, allowCredentials, excludeCredentials, ...others }) {
  const known = (list) => list?.map((one) => ({ ...one, id: decode(one.id) }));
  const options = { ...others, challenge: decode(challenge) };
  if (user) options.user = { ...user, id: decode(user.id) };
  if (allowCredentials) options.allowCredentials = known(allowCredentials);
  if (excludeCredentials) options.excludeCredentials = known(excludeCredentials);
  return options;
}

function asText({ id, rawId, type, response }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature"];
  const said = parts.filter((part) => response[part]).map((part) => [part, encode(response[part])]);
  return { id, rawId: encode(rawId), type, response: Object.fromEntries(said), clientExtensionResults: {} };
}
