// Finds a square code in what a camera shows. Pages that scan load it, no others.
import jsQR from "jsqr";

// pixels: an ImageData. Returns the text of the code, empty where none is seen.
export const find = (pixels) =>
  jsQR(pixels.data, pixels.width, pixels.height, { inversionAttempts: "dontInvert" })?.data ?? "";
