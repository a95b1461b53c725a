import { HarkError } from '#shared/domain/errors.ts';
import tapUrl from './tap-worklet.ts?worker&url';

export interface Block {
  /** Interleaved. */
  samples: Float32Array;
  channels: number;
  /** Hz */
  sampleRate: number;
}

export interface MicrophoneOptions {
  /** null: the system's own choice. */
  device: string | null;
  channels: 1 | 2;
  onBlock: (block: Block) => void;
  /** The device has gone: unplugged, or taken away by the system. */
  onLost: (error: HarkError) => void;
}

/** A microphone that is listened to, as long as it is open: its samples as they are, nothing made of them on the way. */
export class Microphone {
  /** As the system calls it. */
  readonly name: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly #stream: MediaStream;
  readonly #context: AudioContext;

  private constructor(stream: MediaStream, context: AudioContext, channels: number) {
    this.#stream = stream;
    this.#context = context;
    this.channels = channels;
    this.sampleRate = context.sampleRate;
    this.name = stream.getAudioTracks()[0].label;
  }

  /** @throws HarkError unavailable, with what to do: refused, none there, in use, or a window that may not ask */
  static async open({ device, channels, onBlock, onLost }: MicrophoneOptions): Promise<Microphone> {
    const stream = await ask(device, channels);
    const context = new AudioContext();
    try {
      await context.audioWorklet.addModule(tapUrl);
      await context.resume();
      const source = context.createMediaStreamSource(stream);
      const tap = new AudioWorkletNode(context, 'hark-tap', {
        ...{ numberOfOutputs: 0, channelCount: channels, channelCountMode: 'explicit' },
        channelInterpretation: 'speakers',
      });
      const { sampleRate } = context;
      tap.port.onmessage = ({ data }: MessageEvent<Float32Array>) => onBlock({ samples: data, channels, sampleRate });
      source.connect(tap);
      const microphone = new Microphone(stream, context, channels);
      stream.getAudioTracks()[0].addEventListener('ended', () => {
        microphone.close();
        onLost(
          new HarkError('unavailable', 'The microphone has gone.', {
            where: microphone.name,
            remedy: 'What was recorded up to here is kept. Plug it in again, or choose another.',
          }),
        );
      });
      return microphone;
    } catch (thrown) {
      stream.getTracks().forEach((track) => track.stop());
      void context.close();
      throw thrown;
    }
  }

  close(): void {
    this.#stream.getTracks().forEach((track) => track.stop());
    if (this.#context.state !== 'closed') void this.#context.close();
  }
}

/** Microphones there are; without names until one may be used. */
export async function microphones(): Promise<{ id: string; name: string }[]> {
  if (!canAsk()) return [];
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '')
    .map(({ deviceId, label }, index) => ({ id: deviceId, name: label || `Microphone ${index + 1}` }));
}

// Browsers leave it out where a page does not come from this machine or over https.
const canAsk = (): boolean => (navigator as { mediaDevices?: MediaDevices }).mediaDevices !== undefined;

async function ask(device: string | null, channels: number): Promise<MediaStream> {
  if (!canAsk())
    throw new HarkError('unavailable', 'This window may not use a microphone.', {
      remedy: 'Open Hark under 127.0.0.1, over https, or in its own window.',
    });
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: {
        ...{ echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: channels },
        ...(device !== null && { deviceId: { exact: device } }),
      },
    });
  } catch (thrown) {
    throw refusal(thrown);
  }
}

/** What a person can do about it, by the browser's name for what went wrong. */
const REFUSALS: Record<string, [message: string, remedy: string]> = {
  NotAllowedError: [
    'The microphone was refused.',
    'Allow it for this page (at the left of the browser’s address bar, or in the system’s privacy settings), then try again.',
  ],
  NotFoundError: ['There is no microphone.', 'Plug one in or switch it on, then try again.'],
  NotReadableError: [
    'The microphone cannot be opened.',
    'Another program may hold it: close that, or choose another microphone.',
  ],
  OverconstrainedError: ['The microphone chosen is not there any more.', 'Choose another.'],
};

export function refusal(thrown: unknown): HarkError {
  const name = (thrown as { name?: unknown } | null)?.name;
  const [message, remedy] = REFUSALS[String(name)] ?? [
    'The microphone cannot be used.',
    'See whether another program can record with it, then try again.',
  ];
  return new HarkError('unavailable', message, { remedy, cause: thrown });
}
