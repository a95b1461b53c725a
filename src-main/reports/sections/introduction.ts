import { drawDots } from '../figures/dots.ts';
import type { Facts } from '../facts.ts';
import type { Block, Section } from '../model.ts';
import { count, interval, list, name, percent, quoted, shortList } from '../words.ts';

const PURPOSE: Record<string, string> = {
  rnn: 'The plain RNN keeps its memory in one state that every step overwrites',
  lstm: 'the LSTM guards a cell state with input, forget and output gates',
  gru: 'the GRU manages with two gates and one state',
  dnn: 'the DNN looks at each frame by itself and has no memory',
};
const WITH_CONTEXT = 'the DNN looks at each frame with a few of its neighbours and has no memory';

/** What was asked, of which data, and the answer in one picture. */
export function introduction(facts: Facts): Section {
  const { comparison, dataset } = facts.source;
  const { cells, model } = comparison.spec;
  const names = cells.map((cell) => cell.toUpperCase());
  const about = cells.map((cell) => (cell === 'dnn' && model.context > 0 ? WITH_CONTEXT : PURPOSE[cell]));
  const blocks: Block[] = [
    {
      kind: 'paragraph',
      text:
        `This report ${cells.length === 1 ? `describes a ${names[0]}` : `compares ${list(names)}`} as ${cells.length === 1 ? 'a classifier' : 'classifiers'} of short recordings: each clip of “${name(dataset.name)}” is to be given ${comparison.classes.length === 1 ? 'the only label' : `one of ${count(comparison.classes.length)} labels`} (${shortList(comparison.classes.map(quoted), 12)}). ` +
        (cells.length === 1
          ? 'The network, its data and its training are described below, together with every error it made.'
          : 'Data, split, features, budget and seeds are the same for all; only the cell differs.'),
    },
    { kind: 'paragraph', detail: true, text: `${sentence(about)}.` },
  ];
  if (facts.cells.length > 0)
    blocks.push({
      kind: 'figure',
      id: 'accuracy',
      caption: `Test accuracy with its 95 % interval${facts.seeds.length > 1 ? '; small dots are the seeds' : ''}. The axis does not begin at zero. ${facts.basis}.`,
      drawings: [
        drawDots(
          'Test accuracy',
          facts.cells.map(({ cell, summary, runs }) => ({
            cell,
            value: summary.accuracy,
            interval: summary.interval,
            seeds: runs.map((run) => run.result.testAccuracy),
            words: `${percent(summary.accuracy)}  (${interval(summary.interval)})`,
          })),
        ),
      ],
    });
  else
    blocks.push({
      kind: 'note',
      text: `No run of this comparison has been tested yet (${count(comparison.runs.length)} planned; state: ${comparison.state}). The report describes what was set up.`,
    });
  return { id: 'introduction', title: 'Introduction', blocks };
}

const sentence = (parts: string[]) => {
  const text = parts.join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};
