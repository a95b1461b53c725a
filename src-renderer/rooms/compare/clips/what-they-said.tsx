import { Button } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';
import type { PredictionView } from '#shared/domain/run.ts';
import { useCellStyle } from '../../../parts/cells.ts';
import { percent } from '../../../parts/format.ts';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { opinions, rankClasses } from './opinions.ts';
import classes from './clips.module.css';

const FEW = 5;

interface Props {
  predictions: readonly PredictionView[];
  truth: string;
  /** The network whose cell of the matrix was chosen. */
  chosen: Cell;
}

/** What every network said of a clip: its answer, the probability of each class as a bar, and the single seeds. */
export function WhatTheySaid({ predictions, truth, chosen }: Props) {
  const style = useCellStyle();
  const [all, setAll] = useState(false);
  const said = useMemo(() => opinions(predictions), [predictions]);
  const total = said[0]?.mean.size ?? 0;
  const rows = rankClasses(said, truth, all ? Infinity : FEW);
  const seeds = [...new Set(predictions.map(({ seed }) => seed))];
  return (
    <div className={classes.saidTable}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className={classes.dim}>class</span>
            </th>
            {said.map(({ cell, label, probability }) => (
              <th key={cell} scope="col" data-chosen={cell === chosen || undefined}>
                <CellName cell={cell} />
                <div className={label === truth ? classes.right : classes.wrong}>
                  {label === truth ? (
                    <IconCheck size={13} aria-label="right" />
                  ) : (
                    <IconX size={13} aria-label="wrong" />
                  )}
                  <span className="hark-ellipsis" title={label}>
                    {label}
                  </span>
                </div>
                <div className={classes.dim}>{percent(probability)} sure</div>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((label) => (
            <tr key={label}>
              <th scope="row" className={label === truth ? classes.truth : undefined}>
                {label}
                {label === truth && <span className={classes.dim}> truth</span>}
              </th>
              {said.map(({ cell, mean, each }) => {
                const p = mean.get(label) ?? 0;
                const single = each.get(label) ?? [];
                return (
                  <td key={cell} title={`${CELL_NAMES[cell]}: ${label} ${percent(p)}`}>
                    <div className={classes.bar}>
                      <i style={{ width: `${p * 100}%`, background: style(cell).colour }} />
                      {single.length > 1 && single.map((one, i) => <b key={i} style={{ left: `${one * 100}%` }} />)}
                    </div>
                    <span>{p < 0.001 ? '< 0.1 %' : percent(p, p < 0.1 ? 2 : 3)}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        {seeds.length > 1 && (
          <tbody className={classes.seeds}>
            {seeds.map((seed) => (
              <tr key={seed}>
                <th scope="row">seed {seed}</th>
                {said.map(({ cell, runs }) => {
                  const run = runs.find((one) => one.seed === seed);
                  const p = run?.probabilities.find(({ label }) => label === run.label)?.probability;
                  return (
                    <td key={cell}>
                      {run ? (
                        <span className={run.label === truth ? classes.right : classes.wrong}>
                          {run.label === truth ? (
                            <IconCheck size={12} aria-label="right" />
                          ) : (
                            <IconX size={12} aria-label="wrong" />
                          )}
                          <span className="hark-ellipsis" title={run.label}>
                            {run.label}
                          </span>
                          {p !== undefined && <span className={classes.sure}>{percent(p, 2)}</span>}
                        </span>
                      ) : (
                        '–'
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        )}
      </table>
      <div className={classes.saidFoot}>
        {seeds.length > 1 && <span className={classes.dim}>bars: mean of {seeds.length} seeds, ticks: each seed</span>}
        {total > FEW && (
          <Button variant="subtle" size="compact-xs" onClick={() => setAll(!all)} aria-expanded={all}>
            {all ? 'Fewer classes' : `All ${total} classes`}
          </Button>
        )}
      </div>
    </div>
  );
}
