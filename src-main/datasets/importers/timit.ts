import path from 'node:path';
import type { Part } from '#shared/domain/split.ts';
import { readLabelFile } from '../labels/files.ts';
import { fitTier } from '../labels/fit.ts';
import type { Sound } from '../labels/format.ts';
import { readSegments } from '../labels/timit.ts';
import { isSoundName, walk } from '../walk.ts';
import { type ClipRegions, type Importer, type ImportPlan, type PlannedClip, wholeFile } from './importer.ts';

const PLACE = /(?:^|\/)(train|test)\/(dr\d)\/([fm][a-z]{2,3}\d{1,2})\/([^/]+)$/i;
const PARTS: Record<string, Part> = { train: 'train', test: 'test' };

/** What lies beside an utterance's sound, all in sample numbers: the file's ending and the tier it becomes. */
const TIERS: [ending: string, tier: string][] = [
  ['phn', 'phones'],
  ['wrd', 'words'],
  ['txt', 'text'],
];

/** The 24 speakers of the core test set (two men and a woman of each dialect region), of the corpus' own documentation. */
const CORE_TEST = new Set(
  (
    'mdab0 mwbt0 felc0 mtas1 mwew0 fpas0 mjmp0 mlnt0 fpkt0 mlll0 mtls0 fjlm0 ' +
    'mbpm0 mklt0 fnlp0 mcmj0 mjdh0 fmgd0 mgrt0 mnjm0 fdhc0 mjln0 mpam0 fmld0'
  ).split(' '),
);

interface Place {
  part: Part;
  region: string;
  speaker: string;
  utterance: string;
  /** What the files of an utterance have in common. */
  stem: string;
}

/** Where a file stands in the corpus; some copies add a second ending to RIFF versions: `SA1.WAV.wav`. */
function placeOf(file: string): Place | null {
  const [, part, region, speaker, name] = PLACE.exec(file) ?? [];
  if (name === undefined) return null;
  const utterance = name.replace(/\.\w+$/, '').replace(/\.wav$/i, '');
  const stem = `${path.posix.dirname(file)}/${utterance}`.toLowerCase();
  return { part: PARTS[part.toLowerCase()], region: region.toUpperCase(), speaker, utterance, stem };
}

function clipOf(file: string, { part, region, speaker, utterance }: Place): PlannedClip {
  const notes = [
    ...(part === 'test' && CORE_TEST.has(speaker.toLowerCase()) ? ['Core test speaker.'] : []),
    ...(/^sa[12]$/i.test(utterance) ? ['Dialect sentence, read by every speaker.'] : []),
  ];
  return wholeFile(file, region, { speaker, official: part, note: notes.join(' ') });
}

/**
 * TIMIT (Garofolo et al., 1993) and what is laid out like it: the label is the dialect region, the speaker the folder; phones, words
 * and the sentence are tiers. All sentences come in; the two that every speaker reads (sa1, sa2) have a note, for recognisers of
 * phones are trained and tested without them.
 */
export const timit: Importer = {
  layout: 'timit',
  looks: 'TRAIN and TEST, in them DR1 to DR8, in them folders of speakers with .wav, .phn, .wrd and .txt files',
  match(look) {
    const placed = look.sounds.filter((file) => placeOf(file)).length;
    if (placed === 0 || placed < 0.9 * look.sounds.length) return null;
    return { score: 1, reason: 'folders of parts, dialect regions and speakers' };
  },
  async open(look, { signal }) {
    const plan: ImportPlan = { clips: [], backgrounds: [], skipped: [] };
    const first = new Map<string, string>();
    /** Files beside the sound, by stem and ending. */
    const beside = new Map<string, string>();
    for await (const file of walk(look.path, signal)) {
      const place = placeOf(file);
      if (!isSoundName(file)) {
        if (place) beside.set(`${place.stem}.${path.posix.extname(file).slice(1).toLowerCase()}`, file);
      } else if (!place) plan.skipped.push({ file, reason: 'It lies in no folder of a speaker.' });
      else if (first.has(place.stem))
        plan.skipped.push({ file, reason: `The same utterance as ${first.get(place.stem)}.` });
      else {
        first.set(place.stem, file);
        plan.clips.push(clipOf(file, place));
      }
    }
    plan.regionsOf = ({ file }, sound) => regionsOf(look.path, placeOf(file)!.stem, beside, sound);
    return plan;
  },
};

async function regionsOf(
  folder: string,
  stem: string,
  beside: ReadonlyMap<string, string>,
  sound: Sound,
): Promise<ClipRegions> {
  const found: ClipRegions = { tiers: [], skipped: [] };
  for (const [ending, name] of TIERS) {
    const file = beside.get(`${stem}.${ending}`);
    if (file === undefined) continue;
    const text = await readLabelFile(path.join(folder, file));
    const read = readSegments(text, sound.sampleRate);
    const { tier, problems } = fitTier({ name, kind: 'intervals', regions: read.regions }, sound.duration);
    if (tier.regions.length > 0) found.tiers.push(tier);
    for (const { line, reason } of [...read.problems, ...problems])
      found.skipped.push({ file: line === null ? file : `${file}:${line}`, reason });
  }
  return found;
}
