// A photo, made small before it is kept on the phone; what a camera writes beside it stays behind.

const WIDE = 1600; // Pixels of the longer side, and how many letters it may have in base 64.
const LARGEST = 1_300_000;

export async function shrink(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, WIDE / Math.max(picture.width, picture.height));
  const sheet = document.createElement("canvas");
  sheet.width = Math.round(picture.width * scale);
  sheet.height = Math.round(picture.height * scale);
  sheet.getContext("2d").drawImage(picture, 0, 0, sheet.width, sheet.height);
  for (const quality of [0.8, 0.6, 0.4]) {
    const letters = sheet.toDataURL("image/jpeg", quality).split(",")[1];
    if (letters.length < LARGEST) return letters;
  }
  throw new Error("too large");
}
