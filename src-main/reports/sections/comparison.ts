import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { mean, outOf, readTests, type CellFacts, type Facts } from '../facts.ts';
import { confusionSentence, convergenceSentences, errorSentences, rankingSentences, testName } from '../findings.ts';
import type { Block, Section, Table } from '../model.ts';
import { count, duration, name, percent, pNumber, shorten } from '../words.ts';
import { leakNote } from './data.ts';

/** Speed, outcome and errors side by side. Where space is short its sentences are left to the conclusion, which says them again. */
export function comparing(facts: Facts): Section {
  if (facts.cells.length === 0)
    return {
      id: 'comparison',
      title: 'Comparison',
      blocks: [{ kind: 'paragraph', text: 'There is nothing to compare until a run has been tested.' }],
    };
  const blocks: Block[] = [
    { kind: 'heading', text: 'Convergence speed' },
    { kind: 'paragraph', detail: true, text: convergenceSentences(facts).join(' ') },
    convergenceTable(facts),
    { kind: 'heading', text: 'Final performance' },
    { kind: 'paragraph', detail: true, text: rankingSentences(facts).join(' ') },
    ...testTable(facts),
    ...leakNote(facts),
    { kind: 'heading', text: 'Kinds of error' },
    { kind: 'paragraph', detail: true, text: errorSentences(facts).join(' ') },
    { kind: 'list', items: facts.cells.map((entry) => confusionSentence(entry)) },
    ...confusionTable(facts),
    ...confidence(facts),
    ...speakerTable(facts),
  ];
  return {
    id: 'comparison',
    title: 'Comparison',
    blocks: blocks.filter((b) => b.kind !== 'paragraph' || b.text !== ''),
  };
}

function convergenceTable(facts: Facts): Table {
  const range = (values: number[], write: (value: number) => string) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return low === high ? write(low) : `${write(mean(values))} (${write(low)} to ${write(high)})`;
  };
  const tidy = (value: number) => String(Number(value.toFixed(1)));
  return {
    kind: 'table',
    caption: `First epoch with at least 95 % of a run’s own best ${facts.curveMetric} accuracy${facts.seeds.length > 1 ? '; mean and range over seeds' : ''}; ${facts.splitWords}. Training time only`,
    columns: [
      { name: 'Cell' },
      { name: 'Epochs to 95 %', numeric: true },
      { name: 'Time to 95 %', numeric: true },
      { name: `Best ${facts.curveMetric} accuracy`, numeric: true },
      { name: 'Training time in all', numeric: true },
    ],
    rowCells: facts.cells.map(({ cell }) => cell),
    rows: facts.cells.map((entry) => {
      const known = entry.convergence.length > 0;
      return [
        entry.name,
        known
          ? range(
              entry.convergence.map((c) => c.epochs),
              tidy,
            )
          : '–',
        known
          ? range(
              entry.convergence.map((c) => c.seconds),
              duration,
            )
          : '–',
        known
          ? range(
              entry.convergence.map((c) => c.best),
              percent,
            )
          : '–',
        range(
          entry.runs.map((run) => run.result.trainSeconds),
          duration,
        ),
      ];
    }),
  };
}

function testTable(facts: Facts): Block[] {
  const readings = readTests(
    facts.source.comparison.tests,
    facts.cells.map(({ cell }) => cell),
  );
  if (readings.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: `Paired tests on the same test clips (${testName(facts)}, two-sided${facts.seeds.length > 1 ? '; counts summed over seeds' : ''}); ${facts.basis}`,
      columns: [
        { name: 'Pair' },
        { name: 'Only first right', numeric: true },
        { name: 'Only second right', numeric: true },
        { name: 'p', numeric: true },
        { name: 'p (Holm)', numeric: true },
        { name: 'In words' },
      ],
      rows: readings.map(({ test }) => [
        `${CELL_NAMES[test.a]}\u00a0–\u00a0${CELL_NAMES[test.b]}`,
        count(test.onlyA),
        count(test.onlyB),
        pNumber(test.p),
        pNumber(test.pHolm),
        test.words,
      ]),
    },
  ];
}

const PAIRS = 8;

/** One row a rank, one column a network. */
function confusionTable({ cells, basis }: Facts): Block[] {
  const ranks = Math.min(PAIRS, Math.max(...cells.map((entry) => entry.confusions.length)));
  if (ranks === 0) return [];
  return [
    {
      kind: 'table',
      detail: true,
      caption: `The most confused pairs of each network, truth → answer, with the share of the class’s answers; ${basis}`,
      columns: [{ name: 'Rank', numeric: true }, ...cells.map((entry) => ({ name: entry.name }))],
      rows: Array.from({ length: ranks }, (_, rank) => [
        String(rank + 1),
        ...cells.map(({ confusions }) => {
          const pair = confusions[rank];
          if (!pair) return '–';
          return `${name(pair.truth)} → ${name(pair.predicted)}: ${outOf(pair.times, pair.of)} (${percent(pair.times / pair.of)})`;
        }),
      ]),
    },
  ];
}

function confidence(facts: Facts): Block[] {
  const told = facts.cells.flatMap((entry: CellFacts) => {
    const { right, wrong } = entry.confidence;
    if (right === null || wrong === null) return [];
    return [`${entry.name} ${percent(right)} when right, ${percent(wrong)} when wrong`];
  });
  return told.length === 0
    ? []
    : [
        {
          kind: 'paragraph',
          text: `Mean probability given to the answer: ${told.join('; ')}. The nearer the two, the less the network’s sureness warns of its errors.`,
        },
      ];
}

const SPEAKERS = 12;

function speakerTable(facts: Facts): Block[] {
  if (facts.speakers.length < 2 || facts.errors.clips.length === 0) return [];
  const shown = facts.speakers.slice(0, SPEAKERS);
  return [
    {
      kind: 'table',
      detail: true,
      caption: `Errors by speaker${facts.speakers.length > SPEAKERS ? `, the ${SPEAKERS} of ${count(facts.speakers.length)} with the highest rates` : ''}; answers of all seeds; ${facts.splitWords}`,
      columns: [{ name: 'Speaker' }, ...facts.cells.map((entry) => ({ name: entry.name, numeric: true }))],
      rows: shown.map(({ speaker, cells }) => [
        shorten(name(speaker), 40),
        ...facts.cells.map(({ cell }) => {
          const tally = cells.get(cell);
          return tally ? `${percent(tally.wrong / tally.answers)} (${outOf(tally.wrong, tally.answers)})` : '–';
        }),
      ]),
    },
  ];
}
