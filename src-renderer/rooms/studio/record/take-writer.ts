import { client } from '../../../client/client.ts';
import { ConnectionLost } from '../../../client/errors.ts';

/** What is heard goes to the lab this often, seconds: a crash loses no more. */
const PART_SECONDS = 0.5;

export interface TakeShape {
  /** Hz */
  sampleRate: number;
  channels: number;
}

/**
 * A take on its way into the lab, part by part in order. A part whose answer was lost is sent again; the lab knows it by its place.
 */
export class TakeWriter {
  readonly shape: TakeShape;
  readonly #take: Promise<string>;
  #blocks: Float32Array[] = [];
  /** Samples of one channel: waiting to be sent, and sent. */
  #waiting = 0;
  #sent = 0;
  #sending: Promise<void> = Promise.resolve();
  #failure: unknown = null;

  constructor(shape: TakeShape) {
    this.shape = shape;
    this.#take = client.recording.begin(shape).then(({ take }) => take);
    this.#take.catch((thrown: unknown) => (this.#failure = thrown));
  }

  /** Seconds so far. */
  get duration(): number {
    return (this.#sent + this.#waiting) / this.shape.sampleRate;
  }

  /** What kept the take from being written; null while all is well. */
  get failure(): unknown {
    return this.#failure;
  }

  /** @param samples interleaved; kept as they are until they are sent */
  add(samples: Float32Array): void {
    this.#blocks.push(samples);
    this.#waiting += samples.length / this.shape.channels;
    if (this.#waiting >= PART_SECONDS * this.shape.sampleRate) this.#send();
  }

  /** Sends what is left; answers the take's name once all of it is in the lab. @throws HarkError what kept it from that */
  async end(): Promise<string> {
    this.#send();
    await this.#sending;
    if (this.#failure !== null) throw this.#failure;
    return this.#take;
  }

  #send(): void {
    if (this.#waiting === 0) return;
    const at = this.#sent;
    const samples = new Blob(this.#blocks as Float32Array<ArrayBuffer>[]);
    this.#sent += this.#waiting;
    this.#waiting = 0;
    this.#blocks = [];
    this.#sending = this.#sending.then(() => this.#deliver(at, samples));
  }

  async #deliver(at: number, samples: Blob): Promise<void> {
    while (this.#failure === null)
      try {
        await client.recording.append({ take: await this.#take, at, samples });
        return;
      } catch (thrown) {
        // The next call waits for the next connection.
        if (!(thrown instanceof ConnectionLost)) this.#failure = thrown;
      }
  }
}
