// One SVG sprite of the outline icons named in icons.txt, at 24 units, drawn by `svg.i` in base.css.
import { readFileSync } from "node:fs";

const LIST = "pulih/web/assets/icons.txt";

export function iconSprite() {
  return {
    name: "pulih-icons",
    apply: "build",
    buildStart() {
      const symbols = iconNames().map(symbol).join("");
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${symbols}</svg>`;
      this.emitFile({ type: "asset", name: "icons.svg", originalFileName: "icons.svg", source });
    },
  };
}

function iconNames() {
  const lines = readFileSync(LIST, "utf8").split("\n").map((line) => line.trim());
  return lines.filter((line) => line && !line.startsWith("#"));
}

function symbol(name) {
  const file = `node_modules/@tabler/icons/icons/outline/${name}.svg`;
  const drawing = readFileSync(file, "utf8").replace(/^[\s\S]*?<svg[^>]*>|<\/svg>[\s\S]*$/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replace(/\s*\n\s*/g, "")}</symbol>`;
}
