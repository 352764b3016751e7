// Tabler is 635 kB of CSS; a page of ours uses a twentieth. What stays is written in tabler_keep.txt,
// so that the result does not depend on who has used what where: a class is there, or it is not.
import { readFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";

const LIST = "pulih/web/assets/tabler_keep.txt";

export function tablerCut() {
  return {
    name: "pulih-tabler-cut",
    enforce: "pre",
    async load(id) {
      if (!/@tabler\/core\/.*\.css$/.test(id)) return null;
      const [result] = await new PurgeCSS().purge({
        content: [{ raw: readFileSync(LIST, "utf8").replace(/#.*/g, ""), extension: "txt" }],
        css: [{ raw: readFileSync(id, "utf8") }],
        defaultExtractor: (text) => text.match(/[^\s]+/g) ?? [],
        variables: true,
        keyframes: true,
        fontFace: true,
      });
      return result.css;
    },
  };
}
