// A phone's camera as a reader of codes: by the browser itself where it can, else by the server, a small grey picture
// at a time. It knows pictures and texts; it refuses to know what a code stands for.

const WIDTH = 640; // of a picture sent: enough for a badge that fills a third of it
const HEAVIEST = 60 * 1024; // bytes of a picture sent
const PAUSE = 330; // three pictures a second at most, one on its way
const REFUSED = [401, 403, 413];

export const hasCamera = () => Boolean(navigator.mediaDevices?.getUserMedia);

export class Camera {
  // video: where it shows; read(blob): a response of the server; onCode(text); onTrouble("no-camera" | "offline" | "refused").
  constructor(video, { read, onCode, onTrouble }) {
    Object.assign(this, { video, read, onCode, onTrouble });
    this.stream = null;
    this.canvas = document.createElement("canvas");
  }

  async start() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      this.video.srcObject = this.stream;
      await this.video.play();
    } catch {
      this.stop();
      return this.onTrouble("no-camera");
    }
    const detector = await this.detector();
    return detector ? this.watch(detector) : this.send();
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = this.video.srcObject = null;
  }

  // Some browsers have the detector and no formats.
  async detector() {
    if (!("BarcodeDetector" in window)) return null;
    const formats = (await BarcodeDetector.getSupportedFormats?.().catch(() => [])) ?? ["qr_code"];
    return formats.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
  }

  async watch(detector) {
    if (!this.stream) return;
    const [seen] = await detector.detect(this.video).catch(() => []);
    if (!this.stream) return;
    if (!seen) return setTimeout(() => this.watch(detector), 150);
    this.found(seen.rawValue);
  }

  async send() {
    if (!this.stream) return;
    const since = Date.now();
    const picture = await this.picture();
    if (picture && document.visibilityState === "visible") {
      try {
        const response = await this.read(picture);
        if (!this.stream) return;
        if (response.redirected || REFUSED.includes(response.status)) return this.give("refused");
        const { text } = await response.json().catch(() => ({}));
        if (!this.stream) return;
        if (text) return this.found(text);
      } catch {
        if (this.stream) return this.give("offline");
      }
    }
    setTimeout(() => this.send(), Math.max(0, PAUSE - (Date.now() - since)));
  }

  // What the camera sees: grey, small, as JPEG; null before its first picture.
  async picture() {
    const { videoWidth: width, videoHeight: height } = this.video;
    if (!width || !height) return null;
    const scale = Math.min(1, WIDTH / Math.max(width, height));
    Object.assign(this.canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
    const pen = this.canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    const frame = pen.getImageData(0, 0, this.canvas.width, this.canvas.height);
    const { data } = frame;
    for (let at = 0; at < data.length; at += 4) {
      data[at] = data[at + 1] = data[at + 2] = (data[at] * 77 + data[at + 1] * 151 + data[at + 2] * 28) >> 8;
    }
    pen.putImageData(frame, 0, 0);
    for (const quality of [0.7, 0.4, 0.2]) {
      const blob = await new Promise((done) => this.canvas.toBlob(done, "image/jpeg", quality));
      if (blob && blob.size <= HEAVIEST) return blob;
    }
    return null;
  }

  found(text) {
    this.stop();
    navigator.vibrate?.(60);
    this.onCode(text);
  }

  give(trouble) {
    this.stop();
    this.onTrouble(trouble);
  }
}
