import { decimal, linesOf, oneWord, sixDigits } from './files.ts';
import type { LabelFileFormat, Problem, ReadClip } from './format.ts';

/** NIST's name for a field that says nothing. */
const NOTHING = '<NA>';
const TIER = 'speakers';

/**
 * NIST's Rich Transcription Time Marked, as evaluations of speaker diarisation use it: lines "SPEAKER file channel onset duration
 * <NA> <NA> name <NA> <NA>", seconds. Other types of line are passed over, and that is said. No field may hold a blank.
 */
export const rttm: LabelFileFormat = {
  ...{ format: 'rttm', extensions: ['rttm'], filePer: 'all', tier: TIER },
  holds: { frequencies: false, notes: false, overlaps: true, points: false, blanks: false, clipLabels: false },
  match: (text, name) =>
    name.toLowerCase().endsWith('.rttm') ||
    /^(SPEAKER|SPKR-INFO)\s+\S+\s+\S+\s/.test(linesOf(text).find(({ words }) => !words.startsWith(';;'))?.words ?? ''),
  read(text) {
    const problems: Problem[] = [];
    const clips = new Map<string, ReadClip>();
    const passed = new Map<string, { line: number; count: number }>();
    for (const { line, words } of linesOf(text)) {
      if (words.startsWith(';;')) continue;
      const [type, file, , onset, length, , , name] = words.trim().split(/\s+/);
      if (type !== 'SPEAKER') {
        const seen = passed.get(type);
        if (seen) seen.count++;
        else passed.set(type, { line, count: 1 });
        continue;
      }
      const [start, duration] = [decimal(onset), decimal(length)];
      if (!file || Number.isNaN(start) || Number.isNaN(duration)) {
        problems.push({ line, reason: 'The line lacks a file, an onset or a duration. It was left out.' });
        continue;
      }
      let clip = clips.get(file);
      if (!clip) clips.set(file, (clip = { file, label: null, tiers: [{ name: TIER, kind: 'regions', regions: [] }] }));
      const label = name === undefined || name === NOTHING ? '' : name;
      clip.tiers[0].regions.push({ line, start, end: start + duration, fMin: null, fMax: null, label, note: '' });
    }
    for (const [type, { line, count }] of passed)
      problems.push({ line, reason: `${count} lines of the type ${type.slice(0, 40)} were passed over.` });
    return { clips: [...clips.values()], problems };
  },
  write: (clips) =>
    clips
      .flatMap(({ file, tiers }) =>
        tiers
          .flatMap(({ regions }) => regions)
          .map(({ start, end, label }) => {
            const [onset, duration] = [start, end - start].map(sixDigits);
            const name = oneWord(label) || NOTHING;
            return `SPEAKER ${oneWord(file.replace(/\.\w+$/, ''))} 1 ${onset} ${duration} ${NOTHING} ${NOTHING} ${name} ${NOTHING} ${NOTHING}\n`;
          }),
      )
      .join(''),
};
