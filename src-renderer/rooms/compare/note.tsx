import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './compare.module.css';

interface Props {
  tone: 'info' | 'warning' | 'error';
  /** What to do about it. */
  action?: ReactNode;
  children: ReactNode;
}

/** Something to know before the numbers are believed; an error is told aloud. */
export function Note({ tone, action, children }: Props) {
  const Sign = tone === 'info' ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={classes.note} data-tone={tone} role={tone === 'error' ? 'alert' : 'note'}>
      <Sign size={16} aria-hidden />
      <div>{children}</div>
      {action}
    </div>
  );
}
