// A signature drawn on a phone, in a box of 300 by 100, as the paper draws it.

const FEWEST_POINTS = 8; // A dot is no signature.
const MOST_POINTS = 1_200; // At most nine letters each, within what the server takes.

// box: the canvas; clearing: the button that empties it.
export function padIn(box, clearing) {
  let strokes = [];
  const pen = box.getContext("2d");
  pen.lineWidth = 4;
  pen.lineCap = "round";

  function point(event) {
    const around = box.getBoundingClientRect();
    const within = (part, size, most) => Math.max(0, Math.min(most, Math.round((part / size) * most)));
    return [
      within(event.clientX - around.left, around.width, 300),
      within(event.clientY - around.top, around.height, 100),
    ];
  }

  function draw([x, y], isNew) {
    if (isNew) {
      pen.beginPath();
      pen.moveTo(x * 2, y * 2);
    }
    pen.lineTo(x * 2, y * 2);
    pen.stroke();
  }

  function begin(event) {
    if (strokes.flat().length >= MOST_POINTS) return;
    box.setPointerCapture(event.pointerId);
    strokes.push([point(event)]);
    draw(strokes.at(-1)[0], true);
  }

  function go(event) {
    if (!box.hasPointerCapture(event.pointerId)) return;
    const stroke = strokes.at(-1);
    const [x, y] = point(event);
    const [lastX, lastY] = stroke.at(-1);
    if (Math.abs(x - lastX) + Math.abs(y - lastY) < 2 || strokes.flat().length >= MOST_POINTS) return;
    stroke.push([x, y]);
    draw([x, y], false);
  }

  function clear() {
    strokes = [];
    pen.clearRect(0, 0, box.width, box.height);
  }

  box.addEventListener("pointerdown", begin);
  box.addEventListener("pointermove", go);
  clearing.addEventListener("click", clear);

  return {
    isBegun: () => strokes.length > 0,
    isSigned: () => strokes.flat().length >= FEWEST_POINTS,
    path: () => strokes.map((one) => one.map(([x, y], i) => `${i ? "L" : "M"}${x} ${y}`).join("")).join(""),
  };
}

export const pad = padIn(document.getElementById("pad"), document.getElementById("clear"));
