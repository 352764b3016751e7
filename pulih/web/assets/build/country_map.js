// The 34 provinces as rounded paths, keyed by Kemendagri code; read by `pulih.web.maps`.
// Source: npm @svg-maps/indonesia, CC-BY-4.0; the credit line is part of the map's template.
import map from "@svg-maps/indonesia";

const CODE_BY_ISO = {
  ac: "11", su: "12", sb: "13", ri: "14", ja: "15", ss: "16", be: "17", la: "18", bb: "19", kr: "21",
  jk: "31", jb: "32", jt: "33", yo: "34", ji: "35", bt: "36", ba: "51", nb: "52", nt: "53", kb: "61",
  kt: "62", ks: "63", ki: "64", ku: "65", sa: "71", st: "72", sn: "73", sg: "74", go: "75", sr: "76",
  ma: "81", mu: "82", pa: "91", pb: "92",
};

export function countryMap() {
  return {
    name: "pulih-country-map",
    apply: "build",
    buildStart() {
      const centres = Object.fromEntries(map.locations.map(({ id, path }) => [code(id), centre(path)]));
      const paths = Object.fromEntries(map.locations.map(({ id, path }) => [code(id), rounded(path)]));
      const source = JSON.stringify({ viewBox: map.viewBox, paths, centres });
      this.emitFile({ type: "asset", fileName: "provinces-34.json", source });
    },
  };
}

function code(id) {
  const found = CODE_BY_ISO[id.replace("id-", "")];
  if (!found) throw new Error(`The map has a province without a code: ${id}.`);
  return found;
}

// Two decimals of a 793 wide drawing: finer than any screen, and a third of the weight.
function rounded(path) {
  return path.replace(/-?\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(2))));
}

// The middle of the box around a province's largest island: where its name may stand.
function centre(path) {
  const islands = path.split(/(?=[mM])/).reduce(follow, { x: 0, y: 0, boxes: [] }).boxes;
  const [box] = islands.sort((a, b) => area(b) - area(a));
  return [Math.round((box[0] + box[2]) / 2), Math.round((box[1] + box[3]) / 2)];
}

// Walks one island's points; every path here is relative lines, as `m x,y dx,dy … z`.
function follow(walk, island) {
  const points = [...island.matchAll(/(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  let [x, y] = island.startsWith("M") ? [0, 0] : [walk.x, walk.y];
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  points.forEach(([dx, dy], index) => {
    [x, y] = [x + dx, y + dy];
    if (index === 0) [walk.x, walk.y] = [x, y];
    box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
  });
  walk.boxes.push(box);
  return walk;
}

const area = ([left, top, right, bottom]) => (right - left) * (bottom - top);
