import { HarkError } from '#shared/domain/errors.ts';
import type { ClipDetail, ClipQuery, ClipRow } from '#shared/domain/clip.ts';
import type { DatasetStatistics, DatasetSummary } from '#shared/domain/dataset.ts';
import type { SplitCounts, SplitSpec } from '#shared/domain/split.ts';
import { digits, type MadeClip, type MadeDataset } from './clips.ts';
import type { Os } from './os.ts';
import type { FakeState } from './state.ts';

export function libraryCalls(os: Os, state: FakeState) {
  const { library } = os;
  return {
    datasets: library.datasets.handler(() => state.datasets.filter(({ removed }) => !removed).map(summaryOf)),
    import: library.import.handler(({ input }) => ({ job: runImport(state, input.path, input.name, input.layout) })),
    sample: library.sample.handler(() => ({ job: runImport(state, 'sample', 'Built-in sample', 'sample') })),
    statistics: library.statistics.handler(({ input }) => statisticsOf(state.dataset(input.dataset))),
    skipped: library.skipped.handler(({ input }) => state.dataset(input.dataset).skipped),
    clips: library.clips.handler(({ input }) => pageOf(state.dataset(input.dataset), input)),
    clip: library.clip.handler(({ input }) => detailOf(state, input.clip)),
    split: library.split.handler(({ input }) => splitCounts(state.dataset(input.dataset), input.split)),
    rename: library.rename.handler(({ input }) => {
      const { summary } = state.dataset(input.dataset);
      const old = summary.name;
      state.step(
        `Rename "${old}" to "${input.name}"`,
        ['datasets', 'comparisons'],
        () => (summary.name = input.name),
        () => (summary.name = old),
      );
      return {};
    }),
    remove: library.remove.handler(({ input }) => {
      const dataset = state.dataset(input.dataset);
      state.step(
        `Remove dataset "${dataset.summary.name}"`,
        ['datasets', 'clips'],
        () => (dataset.removed = true),
        () => (dataset.removed = false),
      );
      return {};
    }),
    checkFiles: library.checkFiles.handler(({ input }) => ({
      missing: summaryOf(state.dataset(input.dataset)).missing,
    })),
    relocate: library.relocate.handler(({ input }) => {
      const lost = state.dataset(input.dataset).clips.filter(({ missing }) => missing);
      const found = lost.slice(0, Math.ceil(lost.length / 2));
      for (const clip of found) clip.missing = false;
      state.changed('datasets', 'clips');
      return { found: found.length, missing: lost.length - found.length };
    }),
    relabel: library.relabel.handler(({ input }) => {
      const { clip } = state.clip(input.clip);
      const old = clip.label;
      const entry = {
        id: state.newId(),
        label: input.label,
        set: null,
        setBy: 'user' as const,
        setAt: new Date().toISOString(),
        undone: false,
      };
      clip.history.push(entry);
      const apply = (label: string, undone: boolean) => {
        entry.undone = undone;
        clip.label = label;
        clip.relabelled = label !== clip.history[0].label;
      };
      state.step(
        `Label "${old}" to "${input.label}": ${clip.file}`,
        ['clips', 'comparisons'],
        () => apply(input.label, false),
        () => apply(old, true),
      );
      return detailOf(state, input.clip);
    }),
  };
}

function summaryOf({ summary, clips }: MadeDataset): DatasetSummary {
  return { ...summary, missing: clips.filter(({ missing }) => missing).length };
}

function runImport(
  state: FakeState,
  path: string,
  name: string | null,
  layout: DatasetSummary['layout'] | null,
): string {
  if (path.includes('empty'))
    throw new HarkError('bad-input', 'There is no sound file in this folder.', {
      where: path,
      remedy: 'Choose the folder that holds the recordings.',
    });
  const id = `import-${state.newId()}`;
  const total = 2400;
  const title = `Import ${name ?? path.split('/').at(-1)}`;
  const job = { id, kind: 'import' as const, title, total, unit: 'files', secondsLeft: 3, subject: null };
  state.setJob({ ...job, state: 'running', done: 0, message: 'Looking through the folder' });
  const steps = 10;
  let step = 0;
  state.every(state.options.importMs / steps, (stop) => {
    if (state.jobs.get(id)?.state !== 'running') return stop();
    step++;
    if (step < steps) {
      const left = ((steps - step) * state.options.importMs) / steps / 1000;
      return state.setJob({
        ...job,
        state: 'running',
        done: (total * step) / steps,
        message: 'Reading',
        secondsLeft: left,
      });
    }
    stop();
    const made = state.add(digits);
    Object.assign(made.summary, {
      name: name ?? path.split('/').at(-1),
      root: path,
      layout: layout ?? 'folder',
      skipped: 2,
    });
    made.skipped.push(
      { file: 'left/take 14.wav', reason: 'The file is empty.' },
      { file: 'stop/IMG_0042.mov', reason: 'Video files are not read.' },
    );
    state.setJob({
      ...job,
      state: 'done',
      done: total,
      message: '3000 clips, 2 files left out',
      secondsLeft: null,
      subject: made.summary.id,
    });
    state.changed('datasets');
  });
  return id;
}

function statisticsOf(made: MadeDataset): DatasetStatistics {
  const { clips, summary, backgrounds } = made;
  const tally = (of: (clip: MadeClip) => string | null) => {
    const table = new Map<string, { name: string; clips: number; seconds: number }>();
    for (const clip of clips) {
      const name = of(clip);
      if (name === null) continue;
      const row = table.get(name) ?? { name, clips: 0, seconds: 0 };
      row.clips++;
      row.seconds += clip.duration;
      table.set(name, row);
    }
    return [...table.values()].sort((a, b) => b.clips - a.clips || a.name.localeCompare(b.name));
  };
  const durations = clips.map(({ duration }) => duration).sort((a, b) => a - b);
  const [min, median, max] = [durations[0] ?? 0, durations[durations.length >> 1] ?? 0, durations.at(-1) ?? 0];
  const bins = 24;
  const edges = Array.from({ length: bins + 1 }, (_, i) => min + ((max - min) * i) / bins);
  const counts = Array.from({ length: bins }, () => 0);
  for (const duration of durations)
    counts[Math.min(bins - 1, Math.floor(((duration - min) / (max - min || 1)) * bins))]++;
  const twins = clips.filter(({ duplicate }) => duplicate);
  return {
    dataset: summary.id,
    clips: clips.length,
    seconds: summary.seconds,
    classes: tally(({ label }) => label),
    speakers: tally(({ speaker }) => speaker),
    sampleRates: summary.sampleRates.map((sampleRate) => ({
      sampleRate,
      clips: clips.filter((clip) => clip.sampleRate === sampleRate).length,
    })),
    durations: { edges, counts, min, median, max },
    duplicates:
      twins.length > 1
        ? [{ contentHash: twins[0].contentHash, clips: twins.map(({ id, file, label }) => ({ id, file, label })) }]
        : [],
    backgrounds,
  };
}

function pageOf(made: MadeDataset, query: ClipQuery): { total: number; rows: ClipRow[] } {
  const words = query.search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = made.clips.filter(
    (clip) =>
      (query.label === null || clip.label === query.label) &&
      (query.speaker === null || clip.speaker === query.speaker) &&
      (query.only === 'all' || clip[query.only]) &&
      words.every((word) => `${clip.file} ${clip.label} ${clip.speaker ?? ''}`.toLowerCase().includes(word)),
  );
  const key = query.sort;
  const sign = query.descending ? -1 : 1;
  if (key !== 'file' || query.descending)
    found.sort((a, b) => {
      const [x, y] = [a[key] ?? '', b[key] ?? ''];
      return sign * (x < y ? -1 : x > y ? 1 : a.id - b.id);
    });
  return { total: found.length, rows: found.slice(query.offset, query.offset + query.limit) };
}

function detailOf(state: FakeState, id: number): ClipDetail {
  const { clip, dataset } = state.clip(id);
  return {
    ...clip,
    dataset: dataset.summary.id,
    path: `${dataset.summary.root}/${clip.file}`,
    container: clip.file.endsWith('.flac') ? 'FLAC' : 'WAV',
    codec: clip.file.endsWith('.flac') ? 'FLAC' : 'PCM',
    version: 'unedited',
    channels: 1,
    bits: 16,
    frames: Math.round(clip.duration * clip.sampleRate),
    start: null,
    end: null,
    warnings: clip.id % 50 === 3 ? ['The header promises 12 more frames than there are.'] : [],
  };
}

function splitCounts(made: MadeDataset, spec: SplitSpec): SplitCounts {
  const { clips, summary } = made;
  if (spec.by === 'official' && !summary.official)
    throw new HarkError('bad-input', 'This dataset came without official lists.', {
      where: 'split.by',
      remedy: 'Choose another rule.',
    });
  const n = clips.length;
  const share = {
    official: () => clips.filter(({ official }) => official === 'test').length / n,
    speaker: () =>
      spec.speakers.length > 0
        ? clips.filter(({ speaker }) => speaker && spec.speakers.includes(speaker)).length / n
        : spec.testFraction,
    fold: () => 1 / spec.folds,
    random: () => spec.testFraction,
  }[spec.by]();
  const test = Math.round(n * share);
  const validation = Math.round((n - test) * spec.validationFraction);
  const leaks = spec.by === 'official' || spec.allowLeaks ? summary.speakers : 0;
  return {
    train: n - test - validation,
    validation,
    test,
    leaks,
    leakNote:
      leaks > 0
        ? `${leaks} speakers have clips both in the test part and outside it: the test is easier than with unseen speakers.`
        : null,
  };
}
