// The few things a page cannot do without a script; each module does nothing where its element is missing.
import "@tabler/core/dist/css/tabler.css";
import "../css/pulih.css";
import "htmx-of-django";
import { followPopovers } from "./popovers.js";
import { groupMoney } from "./money.js";
import { joinSliders } from "./sliders.js";
import { watchDropZones } from "./drop_zone.js";
import { listenToKeys } from "./keys.js";
import { askBeforeSending } from "./ask.js";
import { keepFormKeys } from "./form_keys.js";
import { keepTyped } from "./keep_typed.js";
import { keepTheDay } from "./as_of.js";
import { refuseLargeFiles } from "./large_files.js";
import { openMenu } from "./menu.js";
import { copyQuotations } from "./copy.js";
import { workGrids } from "./grid.js";
import { fitTables } from "./narrow_tables.js";

const wake = (root) => {
  groupMoney(root);
  joinSliders(root);
  watchDropZones(root);
  workGrids(root);
  fitTables(root);
  if (root.querySelector("[data-chart]")) import("./chart.js").then((chart) => chart.draw(root));
  if (root.querySelector("[data-passkey]")) import("./passkeys.js").then((keys) => keys.askDevices(root));
};

followPopovers();
listenToKeys();
askBeforeSending();
keepTheDay();
keepFormKeys();
keepTyped();
refuseLargeFiles();
openMenu();
copyQuotations();
wake(document);
document.addEventListener("htmx:load", (event) => wake(event.detail.elt.parentElement ?? document));
