import { create } from 'zustand';
import { asHarkError, type HarkError } from '#shared/domain/errors.ts';
import { client } from '../../../client/client.ts';
import { CLIPS_FROM, levelOf, Outline, SilenceWatch, type Level } from './level.ts';
import { type Block, Microphone, microphones } from './microphone.ts';
import type { Prompt } from './prompts.ts';
import { useRecordSettings } from './settings.ts';
import { TakeWriter } from './take-writer.ts';

export interface KeptTake {
  clip: number;
  dataset: number;
  label: string;
  /** Seconds. */
  duration: number;
  /** Whether a sample reached full scale. */
  clipped: boolean;
}

/** A take that is in the lab but could not be made a clip: too quiet, or the lab refused it. */
interface Stuck {
  take: string;
  label: string;
  error: HarkError;
}

interface Recorder {
  microphone: 'off' | 'asking' | 'on';
  /** Why there is none. */
  refused: HarkError | null;
  /** The one that is open: its name, and its rate in Hz. */
  open: { name: string; sampleRate: number } | null;
  devices: { id: string; name: string }[];
  phase: 'idle' | 'counting' | 'recording' | 'saving';
  /** What the count-in says: 3, 2, 1. */
  counted: number;
  /** What was kept on this page, the newest first. */
  kept: KeptTake[];
  stuck: Stuck | null;
  /** The series that is recorded, and how many of its takes are behind. */
  series: { prompts: readonly Prompt[]; at: number } | null;
}

const FIRST: Recorder = {
  ...{ microphone: 'off', refused: null, open: null, devices: [], phase: 'idle', counted: 0 },
  ...{ kept: [], stuck: null, series: null },
};
export const useRecorder = create<Recorder>(() => FIRST);
const { getState: now, setState: set } = useRecorder;

/** Hears every block: the meter and the picture move with it, apart from the store. `outline`: of the take under way. */
export type Heard = (level: Level, outline: Outline | null, seconds: number) => void;
const listeners = new Set<Heard>();
export function onHeard(listener: Heard): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Points of the picture to a second. */
export const POINTS_PER_SECOND = 100;
const COUNT_MS = 700;
const NEXT_MS = 700;
/** Seconds of silence after which a word is over. */
const WORD_END = 0.7;

let microphone: Microphone | null = null;
/** What is being recorded. */
let writer: TakeWriter | null = null;
let outline: Outline | null = null;
let watch: SilenceWatch | null = null;
let peak = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Asks for the microphone and listens to it; nothing is recorded yet. */
export async function openMicrophone(): Promise<void> {
  closeMicrophone();
  const { device, channels } = useRecordSettings.getState();
  set({ microphone: 'asking', refused: null });
  try {
    microphone = await Microphone.open({ device, channels, onBlock: hear, onLost: lose });
    const { name, sampleRate } = microphone;
    set({ microphone: 'on', open: { name, sampleRate }, devices: await microphones() });
  } catch (thrown) {
    set({ microphone: 'off', open: null, refused: asHarkError(thrown), devices: await microphones() });
  }
}

export function closeMicrophone(): void {
  microphone?.close();
  microphone = null;
  set({ microphone: 'off', open: null });
}

/** The page has been left: a take under way is kept, and nothing listens any more. */
export async function leave(): Promise<void> {
  clearTimeout(timer);
  if (now().phase === 'counting') set({ phase: 'idle' });
  const saving = stop();
  closeMicrophone();
  await saving;
}

/** What a take is called now: the word that is asked for, or the label that is set; null when the series is over. */
function labelNow(): string | null {
  const { series } = now();
  if (series) return series.prompts[series.at]?.word ?? null;
  return useRecordSettings.getState().label.trim() || null;
}

/** Starts a take (after the count-in), or ends the one under way. */
export function startOrStop(): void {
  const { phase } = now();
  if (phase === 'recording') void stop();
  else if (phase === 'counting') cancel();
  else if (phase === 'idle') start();
}

export function start(): void {
  const { phase, stuck } = now();
  if (!microphone || phase !== 'idle' || stuck || labelNow() === null) return;
  clearTimeout(timer);
  if (!useRecordSettings.getState().countIn) return begin();
  const count = (left: number) => {
    if (left === 0) return begin();
    set({ phase: 'counting', counted: left });
    timer = setTimeout(() => count(left - 1), COUNT_MS);
  };
  count(3);
}

function begin(): void {
  if (!microphone) return set({ phase: 'idle' });
  const { sampleRate, channels } = microphone;
  const { silenceDb, autoStop } = useRecordSettings.getState();
  writer = new TakeWriter({ sampleRate, channels });
  outline = new Outline((sampleRate * channels) / POINTS_PER_SECOND);
  watch = now().series && autoStop ? new SilenceWatch(silenceDb, WORD_END) : null;
  peak = 0;
  set({ phase: 'recording' });
}

function hear({ samples, channels, sampleRate }: Block): void {
  const level = levelOf(samples);
  if (writer) {
    peak = Math.max(peak, level.peak);
    outline?.add(samples);
    writer.add(samples);
  }
  for (const listener of listeners) listener(level, outline, writer?.duration ?? 0);
  if (!writer) return;
  const over = watch?.hears(level.rms, samples.length / channels / sampleRate) ?? false;
  if (over || writer.failure !== null) void stop();
}

function lose(error: HarkError): void {
  set({ refused: error });
  const saving = stop();
  closeMicrophone();
  void saving;
}

/** Ends the take and makes it a clip. */
export async function stop(): Promise<void> {
  const taken = take();
  const label = labelNow();
  if (!taken || label === null) return;
  set({ phase: 'saving' });
  try {
    await keep(await taken.end(), label, trims());
  } catch (thrown) {
    // Without the lab there is no name to keep it under: what arrived is offered the next time.
    set({ phase: 'idle', stuck: { take: '', label, error: asHarkError(thrown) } });
  }
}

/** Ends what is counted or recorded, and throws it away. */
export function cancel(): void {
  clearTimeout(timer);
  const taken = take();
  set({ phase: 'idle' });
  taken?.end().then(
    (name) => client.recording.discard({ take: name }),
    // What never reached the lab is gone.
    () => undefined,
  );
}

/** The writer of the take under way; from here on nothing is added to it. */
function take(): TakeWriter | null {
  const taken = writer;
  writer = outline = watch = null;
  return taken;
}

const trims = (): number | null => {
  const { silenceDb, trimFree } = useRecordSettings.getState();
  return now().series || trimFree ? silenceDb : null;
};

async function keep(name: string, label: string, trimDb: number | null): Promise<void> {
  try {
    const speaker = useRecordSettings.getState().speaker.trim() || null;
    const { clip, dataset, duration } = await client.recording.keep({ take: name, label, speaker, trimDb });
    const kept: KeptTake = { clip, dataset, label, duration, clipped: peak >= CLIPS_FROM };
    set((state) => ({ phase: 'idle', stuck: null, kept: [kept, ...state.kept], series: stepped(state.series, 1) }));
    const { series } = now();
    const more = series !== null && series.at < series.prompts.length;
    if (more && useRecordSettings.getState().autoNext) timer = setTimeout(start, NEXT_MS);
  } catch (thrown) {
    set({ phase: 'idle', stuck: { take: name, label, error: asHarkError(thrown) } });
  }
}

const stepped = (series: Recorder['series'], by: number): Recorder['series'] =>
  series && { ...series, at: Math.max(0, Math.min(series.at + by, series.prompts.length)) };

/** The take that could not be kept: as it is, silence and all. */
export async function keepStuck(): Promise<void> {
  const { stuck } = now();
  if (!stuck) return;
  set({ phase: 'saving' });
  await keep(stuck.take, stuck.label, null);
}

/** The take that could not be kept is thrown away, and its word asked for again. */
export function dropStuck(): void {
  const { stuck } = now();
  set({ stuck: null });
  if (stuck?.take) void client.recording.discard({ take: stuck.take }).catch(() => undefined);
}

/** Takes the last clip back and asks for its word again. @throws HarkError conflict when something else was changed since */
export async function redo(): Promise<void> {
  const { kept, phase } = now();
  if (phase !== 'idle' || kept.length === 0) return;
  clearTimeout(timer);
  await client.recording.takeBack({ clip: kept[0].clip });
  set((state) => ({ kept: state.kept.slice(1), series: stepped(state.series, -1) }));
}

/** Goes on to the next word, or back to the last one, without a take. */
export function skip(by = 1): void {
  if (now().phase !== 'idle') return;
  clearTimeout(timer);
  set(({ series }) => ({ series: stepped(series, by) }));
}

export const beginSeries = (prompts: readonly Prompt[]) => set({ series: { prompts, at: 0 } });
export function endSeries(): void {
  clearTimeout(timer);
  set({ series: null });
}
