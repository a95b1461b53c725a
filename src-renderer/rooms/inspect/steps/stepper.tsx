import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useAction } from '../../../app/use-action.ts';
import { ActionTip } from '../../../parts/kbd.tsx';
import { momentName } from './labels.ts';
import type { Moment } from './moments.ts';
import { useSteps } from './state.ts';
import classes from './steps.module.css';

const HEADINGS: Record<Moment['phase'], string> = { forward: 'Forward', loss: '', back: 'Back' };

/** All moments in a row: the way forward, the loss, the way back. */
export function Stepper({ moments, at }: { moments: readonly Moment[]; at: number }) {
  const last = moments.length - 1;
  const go = (to: number) => useSteps.setState({ at: Math.min(last, Math.max(0, to)) });
  useAction('steps.next', () => go(at + 1));
  useAction('steps.previous', () => go(at - 1));
  useAction('steps.first', () => go(0));
  useAction('steps.last', () => go(last));
  return (
    <nav className={classes.stepper} aria-label="Steps">
      <ActionTip action="steps.previous">
        <ActionIcon variant="default" aria-label="Step before" disabled={at === 0} onClick={() => go(at - 1)}>
          <IconChevronLeft size={16} aria-hidden />
        </ActionIcon>
      </ActionTip>
      <ol className={classes.moments}>
        {moments.map((moment, index) => (
          <li key={index} data-begins={moments[index - 1]?.phase !== moment.phase || undefined}>
            {moments[index - 1]?.phase !== moment.phase && HEADINGS[moment.phase] && (
              <span className={classes.phase} aria-hidden>
                {HEADINGS[moment.phase]}
              </span>
            )}
            <button
              type="button"
              className={classes.moment}
              aria-label={momentName(moment)}
              aria-current={index === at ? 'step' : undefined}
              data-passed={index < at || undefined}
              onClick={() => go(index)}
            >
              {moment.phase === 'loss' ? (
                'Loss'
              ) : (
                <>
                  <i>t</i> = {moment.t}
                </>
              )}
            </button>
          </li>
        ))}
      </ol>
      <ActionTip action="steps.next">
        <ActionIcon variant="default" aria-label="Next step" disabled={at === last} onClick={() => go(at + 1)}>
          <IconChevronRight size={16} aria-hidden />
        </ActionIcon>
      </ActionTip>
      <VisuallyHidden aria-live="polite">{momentName(moments[at])}</VisuallyHidden>
    </nav>
  );
}
