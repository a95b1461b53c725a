/** What the audio thread offers; the DOM's types know only the window's side of it. */
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** Samples of a channel that are sent at once: at 48 kHz every 43 ms, so that a meter moves and little is posted. */
const BLOCK = 2048;

/** Hands on what it hears as interleaved blocks; runs on the audio thread, where nothing may wait. */
class Tap extends AudioWorkletProcessor {
  #block = new Float32Array(0);
  #channels = 0;
  #filled = 0;

  process(inputs: readonly (readonly Float32Array[])[]): boolean {
    const [input] = inputs;
    if (input.length === 0) return true;
    if (input.length !== this.#channels) {
      this.#channels = input.length;
      this.#block = new Float32Array(BLOCK * this.#channels);
      this.#filled = 0;
    }
    for (let n = 0; n < input[0].length; n++) {
      for (const samples of input) this.#block[this.#filled++] = samples[n];
      if (this.#filled < this.#block.length) continue;
      this.port.postMessage(this.#block, [this.#block.buffer]);
      this.#block = new Float32Array(BLOCK * this.#channels);
      this.#filled = 0;
    }
    return true;
  }
}

registerProcessor('hark-tap', Tap);
