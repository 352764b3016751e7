// The phone's camera reads the codes of participants' cards, one after another.

const WIDTH = 480; // Pixels that are searched; more only makes a phone slow.
const REST = 120; // Milliseconds between two looks.

export class Scanner {
  isOn = false;
  #canvas = document.createElement("canvas");

  // decoder: address of the script that finds codes. seen: called with the text of each.
  constructor({ decoder, video, seen }) {
    Object.assign(this, { decoder, video, seen });
  }

  async start() {
    const { find } = await import(this.decoder);
    const wanted = { video: { facingMode: "environment" }, audio: false };
    this.video.srcObject = await navigator.mediaDevices.getUserMedia(wanted);
    await this.video.play();
    this.isOn = true;
    this.#look(find);
  }

  stop() {
    this.isOn = false;
    for (const track of this.video.srcObject?.getTracks() ?? []) track.stop();
    this.video.srcObject = null;
  }

  #look(find) {
    if (!this.isOn) return;
    const { videoWidth: width, videoHeight: height } = this.video;
    if (width) {
      this.#canvas.width = Math.min(WIDTH, width);
      this.#canvas.height = Math.round((height * this.#canvas.width) / width);
      const drawn = this.#canvas.getContext("2d", { willReadFrequently: true });
      drawn.drawImage(this.video, 0, 0, this.#canvas.width, this.#canvas.height);
      const text = find(drawn.getImageData(0, 0, this.#canvas.width, this.#canvas.height));
      if (text) this.seen(text);
    }
    setTimeout(() => this.#look(find), REST);
  }
}
