import { describe, expect, it } from 'vitest';
import { busyShare, othersShare, threadCounts, warningOf, type Machine } from '../../bench/machine.ts';
import { asMarkdown, asTable } from '../../bench/print.ts';
import { besidePeer, oursAlone } from '../../bench/row.ts';

const machine: Machine = {
  processor: 'Processor X',
  cores: 2,
  instructionSet: 'avx2',
  memoryGb: 16.2,
  system: 'Linux 6',
  node: 'v24.0.0',
  load: [0.1, 0.2, 0.3],
  busy: 0.01,
  date: '2026-01-02T03:04:05.000Z',
};
const rows = [
  {
    ...besidePeer('LSTM, 128 units', [24.5], { name: 'torch 2.13.0', times: [58.25] }, 2.2),
    ...{ threads: 2, peerVersion: '2.13.0 with MKL', note: 'A note.' },
  },
  { ...besidePeer('a | b', [1234.5], { name: 'torch 2.13.0', times: [1000] }, 1), note: 'A note.' },
  oursAlone('adam', [0.0123]),
];

describe('the table for people', () => {
  const lines = asTable(rows, machine).split('\n');

  it('begins with the machine', () => {
    expect(lines[0]).toContain('Processor X, 2 cores, avx2 kernels');
    expect(lines[0]).toContain('load 0.10 0.20 0.30');
    expect(lines[0]).toContain('2026-01-02 03:04 UTC');
  });

  it('stands in columns, figures with three digits that tell something', () => {
    const table = lines.slice(2, 7);
    const end = table[0].indexOf('ours ms') + 'ours ms'.length;
    const ours = table.map((line) => line.slice(0, end).trim().split(/\s+/).at(-1));
    expect([ours[2], ours[3], ours[4]]).toEqual(['24.5', '1235', '0.0123']);
    expect(table[2]).toMatch(/2\.38\s+2\.2\s+reached/);
    expect(table[3]).toMatch(/0\.81\s+1\s+missed/);
  });

  it('leaves out columns that say nothing, and says shared remarks once', () => {
    expect(lines.join('\n')).not.toContain('p99');
    expect(lines.filter((line) => line === 'A note.')).toHaveLength(1);
    expect(lines).toContain('torch 2.13.0 with MKL.');
  });

  it('warns when the machine was not idle', () => {
    expect(warningOf(machine)).toBeNull();
    const busy = { ...machine, busy: 0.4, load: [1.5, 1, 1] as Machine['load'] };
    expect(asTable(rows, busy)).toMatch(
      /WARNING {2}This machine was not idle: 40 % of its 2 cores .*load average 1\.50/,
    );
    expect(asMarkdown(rows, busy)).toContain('**This machine was not idle');
  });
});

describe('the table for docs/benchmarks.md', () => {
  it('is Markdown: as many cells in each line, bars within a cell escaped', () => {
    const lines = asMarkdown(rows, machine).split('\n');
    const table = lines.slice(0, lines.indexOf(''));
    expect(table).toHaveLength(2 + rows.length);
    const cells = table.map((line) => line.split(/(?<!\\)\|/).length);
    expect(new Set(cells).size).toBe(1);
    expect(table[1]).toMatch(/^\| :-- \| --: \|/);
    expect(table[3]).toContain('a \\| b');
  });
});

describe('processor time', () => {
  const at = (busy: number, idle: number) => ({ busy, total: busy + idle });

  it('is shared between those measured and others', () => {
    expect(busyShare(at(100, 100), at(150, 150))).toBe(0.5);
    expect(othersShare(at(0, 0), at(80, 20), 50)).toBeCloseTo(0.3);
    // Clocks of different grain may disagree a little.
    expect(othersShare(at(0, 0), at(80, 20), 81)).toBe(0);
    expect(busyShare(at(5, 5), at(5, 5))).toBe(0);
  });

  it('is measured for one thread, two and all', () => {
    expect([1, 2, 8].map(threadCounts)).toEqual([[1], [1, 2], [1, 2, 8]]);
  });
});
