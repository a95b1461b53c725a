import { Button, Chip, Group, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { CELLS, type Cell } from '#shared/domain/model-spec.ts';
import type { TradeOff } from '#shared/domain/sweep.ts';
import { SaveMenu } from '../../../parts/figure/save-menu.tsx';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { Section } from '../../../parts/section.tsx';
import { Note } from '../../compare/note.tsx';
import { fileName } from '../ablation/words.ts';
import { QUANTITIES, quantityOf, type Quantity } from '../quantities.ts';
import { BubbleChart, SizeLegend } from './bubble-chart.tsx';
import { tradeOffsFigure } from './figure.ts';
import { paretoFront } from './front.ts';
import { groupsOf, splitsOf } from './groups.ts';
import { TradeOffTable } from './trade-off-table.tsx';
import { amountWords, tradeOffsCsv } from './words.ts';
import page from '../experiments.module.css';
import classes from './trade-offs.module.css';

const COSTS = QUANTITIES.filter(({ share }) => !share);
const ALL = 'all';

interface Props {
  dataset: string;
  /** Not empty. */
  all: readonly TradeOff[];
}

/** The bubble plot with what is along, what the areas mean, and which networks are in it; and the table. */
export function TradeOffs({ dataset, all }: Props) {
  const [cost, setCost] = useState<Quantity['id']>('parameters');
  const [size, setSize] = useState<Quantity['id']>('inference');
  const [without, setWithout] = useState<readonly Cell[]>([]);
  const [group, setGroup] = useState(ALL);
  const [wanted, setWanted] = useState<string | null>(null);
  const splits = splitsOf(all);
  const split = splits.find(({ words }) => words === wanted)?.words ?? splits[0].words;
  const ofSplit = all.filter(({ splitWords }) => splitWords === split);
  const groups = groupsOf(ofSplit);
  const chosen = groups.find(({ id }) => id === group);
  const rows = ofSplit.filter((row) => !without.includes(row.cell) && (chosen?.has(row) ?? true));
  const cells = CELLS.filter((cell) => ofSplit.some((row) => row.cell === cell));
  const [x, area] = [quantityOf(cost), quantityOf(size)];
  // One quantity is not shown twice.
  const along = (next: Quantity['id']) => {
    if (next === size) setSize(cost);
    setCost(next);
  };
  const front = new Set(
    paretoFront(rows.map((row) => ({ row, cost: x.value(row), worth: row.accuracy }))).map(({ row }) => row),
  );
  const notes = [`${amountWords(rows)} on ${dataset}, ${split}.`];

  return (
    <div className={page.page}>
      {splits.length > 1 && (
        <Note
          tone="warning"
          action={
            <Select
              aria-label="Split"
              w={260}
              allowDeselect={false}
              value={split}
              onChange={(words) => setWanted(words)}
              data={splits.map(({ words, networks }) => ({ value: words, label: `${words} (${networks})` }))}
            />
          }
        >
          These networks were tested on {splits.length} different splits, whose accuracies cannot be compared. One split
          at a time is shown.
        </Note>
      )}
      <Section
        title="Accuracy by cost"
        aside={
          rows.length > 0 ? (
            <SaveMenu
              name={`trade-offs-${fileName(dataset)}-${cost}`}
              figure={() => tradeOffsFigure(rows, x, area, `Accuracy by cost on ${dataset}`, notes)}
              csv={() => tradeOffsCsv(rows, dataset, front)}
              rows="a row a network"
            />
          ) : undefined
        }
      >
        <div className={classes.bar}>
          <Select
            label="Along"
            w={210}
            allowDeselect={false}
            value={cost}
            onChange={(value) => along(value as Quantity['id'])}
            data={COSTS.map(({ id, title }) => ({ value: id, label: title }))}
          />
          <Select
            label="Area"
            w={210}
            allowDeselect={false}
            value={size}
            onChange={(value) => setSize(value as Quantity['id'])}
            data={COSTS.filter(({ id }) => id !== cost).map(({ id, title }) => ({ value: id, label: title }))}
          />
          <Select
            label="Of"
            w={300}
            allowDeselect={false}
            searchable={groups.length > 8}
            value={chosen ? group : ALL}
            onChange={(value) => setGroup(value ?? ALL)}
            data={[
              { value: ALL, label: 'all comparisons' },
              ...groups.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <Chip.Group
            multiple
            value={cells.filter((cell) => !without.includes(cell))}
            onChange={(shown) => setWithout(cells.filter((cell) => !shown.includes(cell)))}
          >
            <Group gap="xs" role="group" aria-label="Networks shown">
              {cells.map((cell) => (
                <Chip key={cell} value={cell} size="xs" variant="outline">
                  <CellName cell={cell} />
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </div>
        {rows.length === 0 ? (
          <div className={classes.nothing}>
            <Text c="dimmed">No network is left by what is chosen above.</Text>
            <Button
              variant="default"
              onClick={() => {
                setWithout([]);
                setGroup(ALL);
              }}
            >
              Show all {ofSplit.length}
            </Button>
          </div>
        ) : (
          <>
            <Text size="xs" c="dimmed">
              Test accuracy (%) upwards; thin lines are 95 % intervals.
            </Text>
            <BubbleChart rows={rows} cost={x} size={area} />
            <div className={classes.legend}>
              <SizeLegend rows={rows} size={area} />
              <span className={classes.frontLegend}>
                <svg width={30} height={12} aria-hidden>
                  <polyline className={classes.front} points="1,10 14,10 14,3 29,3" />
                </svg>
                Pareto front: none of the others is both as cheap and as good
              </span>
            </div>
            <Text size="xs" c="dimmed" className="hark-numbers">
              {notes[0]} Times and memory are of the machine each was trained and tested on.
            </Text>
          </>
        )}
      </Section>
      {rows.length > 0 && <TradeOffTable rows={rows} front={front} />}
    </div>
  );
}
