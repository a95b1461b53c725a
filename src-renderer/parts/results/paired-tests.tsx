import { Tooltip } from '@mantine/core';
import type { PairedTest } from '#shared/domain/comparison.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { useCellStyle } from '../cells.ts';
import { count, plural } from '../format.ts';
import { CellMark } from './cell-mark.tsx';
import { pValue } from './numbers.ts';
import classes from './results.module.css';

/** Paired tests between the cells, in words first: what only one of the two got right is what they rest on. */
export function PairedTests({ tests }: { tests: readonly PairedTest[] }) {
  const style = useCellStyle();
  const most = Math.max(1, ...tests.flatMap((test) => [test.onlyA, test.onlyB]));
  return (
    <ul className={classes.tests}>
      {tests.map((test) => (
        <li key={`${test.a}-${test.b}`} className={classes.test}>
          <div className={classes.pair}>
            <CellMark cell={test.a} /> {CELL_NAMES[test.a]} and {CELL_NAMES[test.b]} <CellMark cell={test.b} />
          </div>
          <p className={classes.words}>{test.words}</p>
          <Tooltip
            label={`Right with ${CELL_NAMES[test.a]} alone: ${count(test.onlyA)}; with ${CELL_NAMES[test.b]} alone: ${count(test.onlyB)}; of ${plural(test.clips, 'clip')}`}
            multiline
            maw={300}
          >
            <div className={classes.only} tabIndex={0} role="img" aria-label={onlyWords(test)}>
              <span className={classes.onlyA}>
                {count(test.onlyA)}
                <i style={{ width: `${(test.onlyA / most) * 50}%`, background: style(test.a).colour }} />
              </span>
              <span className={classes.onlyB}>
                <i style={{ width: `${(test.onlyB / most) * 50}%`, background: style(test.b).colour }} />
                {count(test.onlyB)}
              </span>
            </div>
          </Tooltip>
          <Tooltip
            label="Two-sided; corrected by Holm's method, since among many pairs one differs by chance"
            multiline
            maw={300}
          >
            <div className={classes.p} tabIndex={0}>
              {tests.length > 1 ? (
                <span className={classes.unit}>
                  {pValue(test.pHolm)} corrected for {tests.length} pairs, {pValue(test.p)} without
                </span>
              ) : (
                pValue(test.p)
              )}
            </div>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}

const onlyWords = (test: PairedTest) =>
  `Only ${CELL_NAMES[test.a]} right: ${test.onlyA}. Only ${CELL_NAMES[test.b]} right: ${test.onlyB}.`;
