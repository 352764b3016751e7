// The fingerprint of a file, computed here: the file is sent nowhere.
const chosen = document.getElementById("file");
const state = document.getElementById("state");
const shown = document.getElementById("fingerprint");
const known = chosen.dataset.fingerprints.split(" ").filter(Boolean);

async function fingerprint(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function verdict(found) {
  if (!known.length) return state.dataset.alone;
  return known.includes(found) ? state.dataset.same : state.dataset.other;
}

async function show() {
  shown.hidden = true;
  state.textContent = chosen.files.length ? state.dataset.wait : "";
  if (!chosen.files.length) return;
  try {
    shown.textContent = await fingerprint(chosen.files[0]);
    shown.hidden = false;
    state.textContent = verdict(shown.textContent);
  } catch {
    state.textContent = state.dataset.failed;
  }
}

if (globalThis.crypto?.subtle) {
  chosen.disabled = false;
  state.textContent = "";
  chosen.addEventListener("change", show);
} else {
  state.textContent = state.dataset.insecure;
}
