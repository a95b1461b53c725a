import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FolderLook } from '../look.ts';
import { byName } from './by-name.ts';
import { type Importer, type PlannedClip, wholeFile } from './importer.ts';

const FOLDER = /^(clean|noisy)_(train|test)(?:set)?((?:_\d+spk)?)_wav(?:_16k)?$/i;
const SPEAKER = /^(p\d+)_\d+$/;
const LOG = /^log_(train|test)set(?:_\d+spk)?\.txt$/i;

interface Take {
  kind: 'clean' | 'noisy';
  part: 'train' | 'test';
  /** What both takes of an utterance are called. */
  utterance: string;
}

function takeOf(file: string): Take | null {
  const [folder, name] = file.split('/').slice(-2);
  const [, kind, part, set] = (name === undefined ? null : FOLDER.exec(folder)) ?? [];
  if (kind === undefined) return null;
  const utterance = path.posix.parse(name).name;
  return {
    kind: kind.toLowerCase() as Take['kind'],
    part: part.toLowerCase() as Take['part'],
    utterance: `${part.toLowerCase()}${set} ${utterance}`,
  };
}

function clipOf(file: string): PlannedClip | null {
  const take = takeOf(file);
  if (!take) return null;
  const speaker = SPEAKER.exec(path.posix.parse(file).name)?.[1] ?? null;
  return wholeFile(file, take.kind, { speaker, official: take.part, source: take.utterance });
}

const named = byName({
  layout: 'voicebank-demand',
  looks: 'folders clean_trainset_wav, noisy_trainset_wav and the same of testset, with the same names in both',
  score: 1,
  reason: 'folders of clean and of noisy takes of the same utterances',
  refusal: 'It lies in no folder of clean or noisy takes.',
  read: clipOf,
});

/**
 * VoiceBank-DEMAND (Valentini-Botinhao, 2017) and what is laid out like it: every utterance clean and with noise. The two clips of an
 * utterance have the same source, and are told apart by the label they came with, `clean` or `noisy`.
 */
export const voicebankDemand: Importer = {
  ...named,
  match(look) {
    const kinds = new Set(look.sounds.map((file) => takeOf(file)?.kind));
    return kinds.has('clean') && kinds.has('noisy') ? named.match(look) : null;
  },
  async open(look, options) {
    const plan = await named.open(look, options);
    const noises = await readLogs(look);
    const pairs = Map.groupBy(plan.clips, (clip) => clip.source);
    for (const clip of plan.clips) {
      const alone = new Set(pairs.get(clip.source)!.map(({ label }) => label)).size < 2;
      const notes = [
        ...(clip.label === 'noisy' ? [noises.get(path.posix.parse(clip.file).name) ?? ''] : []),
        ...(alone ? [`Its ${clip.label === 'noisy' ? 'clean' : 'noisy'} take is not here.`] : []),
      ];
      clip.note = notes.filter(Boolean).join(' ');
    }
    return plan;
  },
};

/** What the logs beside the folders say of each noisy take: the noise and its level. */
async function readLogs({ path: folder, files }: FolderLook): Promise<Map<string, string>> {
  const noises = new Map<string, string>();
  for (const file of files.filter((name) => LOG.test(name))) {
    const text = await readFile(path.join(folder, file), 'utf8').catch(() => '');
    for (const line of text.split(/\r?\n/)) {
      const [name, noise, snr] = line.trim().split(/\s+/);
      if (snr !== undefined) noises.set(name, `Noise: ${noise}, ${snr} dB SNR.`);
    }
  }
  return noises;
}
