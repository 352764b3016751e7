import { defineConfig } from "vite";
import { iconSprite } from "./pulih/web/assets/build/icons.js";
import { countryMap } from "./pulih/web/assets/build/country_map.js";
import { tablerCut } from "./pulih/web/assets/build/tabler_cut.js";

// Everything a page needs, hashed, beside a manifest that `pulih.web.assets` reads.
// `PULIH_HTMX` is the copy of htmx 2 inside the installed django-htmx (see pulih/web/build.py).
export default defineConfig({
  base: "./",
  publicDir: false,
  resolve: { alias: { "htmx-of-django": process.env.PULIH_HTMX ?? "" } },
  plugins: [tablerCut(), iconSprite(), countryMap()],
  build: {
    outDir: "pulih/web/static/web/build",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0, // The security policy allows fonts and images from our own address only.
    assetsDir: ".",
    modulePreload: false,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      checks: { eval: false }, // htmx keeps an eval that the page's own setting and policy forbid.
      // The second one is loaded by pages that scan codes alone.
      input: ["pulih/web/assets/js/pulih.js", "pulih/web/assets/js/scan.js"],
      preserveEntrySignatures: "exports-only",
    },
  },
});
