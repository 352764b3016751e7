// A place by its name, with slips of the pen forgiven. Without this file the list below stands.
const isEnglish = document.documentElement.lang === "en";
const words = isEnglish
  ? { find: "Find a regency, city or province", none: "No place has such a name.", found: "found" }
  : { find: "Cari kabupaten, kota, atau provinsi", none: "Tidak ada wilayah bernama begitu.", found: "ditemukan" };
const MOST = 12;
const every = [...document.querySelectorAll("[data-province]")].flatMap(placesOf);
const list = document.querySelector("[data-places]");

const form = element("form", { className: "find" });
form.setAttribute("role", "search");
const label = element("label", { textContent: words.find, htmlFor: "find" });
const box = element("input", { type: "search", id: "find", name: "find", autocomplete: "off" });
box.value = new URLSearchParams(location.search).get("find") || "";
const status = element("p", { className: "quiet" });
status.setAttribute("role", "status");
const answers = element("ul", { className: "answers" });
form.append(label, box, status, answers);
list.before(form);
box.addEventListener("input", show);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  answers.querySelector("a")?.click();
});
show();

function show() {
  const text = folded(box.value);
  const found = text ? ranked(text).slice(0, MOST) : [];
  answers.replaceChildren(...found.map(line));
  status.textContent = text ? (found.length ? `${found.length} ${words.found}` : words.none) : "";
  const query = box.value.trim() ? `?find=${encodeURIComponent(box.value.trim())}` : "";
  history.replaceState(null, "", location.pathname + query);
}

function line({ place, province, url }) {
  const item = document.createElement("li");
  item.append(element("a", { textContent: place, href: url }));
  if (province !== place) item.append(element("span", { className: "quiet", textContent: ` ${province}` }));
  return item;
}

function placesOf(item) {
  const province = item.dataset.province;
  return [...item.querySelectorAll("a")].map((link, n) => {
    const place = n === 0 ? province : link.textContent.trim();
    const names = [place, ...(link.dataset.also || "").split("|")].filter(Boolean).map(folded);
    return { place, province, url: link.getAttribute("href"), names };
  });
}

// The best first: the whole name, its beginning, that of a word, a part of it, then likely slips.
function ranked(text) {
  const near = every
    .map((one) => ({ ...one, distance: Math.min(...one.names.map((name) => distance(text, name))) }))
    .filter((one) => one.distance < Infinity);
  const isNamed = near.some((one) => one.distance < 1); // Then nobody made a slip.
  return near
    .filter((one) => !isNamed || one.distance < 1)
    .sort((a, b) => a.distance - b.distance || a.place.localeCompare(b.place, "id"));
}

function distance(text, name) {
  const bare = name.replace(/^(kab|kota) /, "");
  if (name === text || bare === text) return 0;
  if (name.startsWith(text) || bare.startsWith(text)) return 0.1;
  if (name.includes(` ${text}`)) return 0.2;
  if (name.includes(text)) return 0.3;
  const most = text.length < 4 ? 0 : text.length < 7 ? 1 : 2;
  const least = Math.min(slips(text, bare), slips(text, name), ...bare.split(" ").map((word) => slips(text, word)));
  return least <= most ? least : Infinity;
}

// How many letters were left out, added, mistaken or swapped, up to the end of what was typed.
function slips(typed, name) {
  let [before, row] = [[], Array.from({ length: name.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= typed.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= name.length; j += 1) {
      const same = typed[i - 1] === name[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      const isSwapped = i > 1 && j > 1 && typed[i - 1] === name[j - 2] && typed[i - 2] === name[j - 1];
      if (isSwapped) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return Math.min(...row.slice(typed.length - 1)); // What was not typed yet counts nothing.
}

// As it sounds: small letters, no signs, spellings of before 1972, Jogja as Yogya.
function folded(text) {
  return text
    .toLocaleLowerCase("id")
    .normalize("NFD")
    .replace(/[^a-z0-9 ]+/g, " ")
    .replace(/\b(kabupaten|regency)\b/g, "kab")
    .replace(/\bcity\b/g, "kota")
    .replace(/oe/g, "u")
    .replace(/dj|j/g, "y")
    .replace(/tj/g, "c")
    .replace(/\s+/g, " ")
    .trim();
}

function element(tag, values) {
  return Object.assign(document.createElement(tag), values);
}
