import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './section.module.css';

interface Props {
  title: string;
  /** Beside the title: how many, or a button. */
  aside?: ReactNode;
  /** Across all columns. */
  wide?: boolean;
  children: ReactNode;
}

/** A titled panel of a page. */
export function Section({ title, aside, wide, children }: Props) {
  return (
    <Paper component="section" className={classes.section} data-wide={wide || undefined} aria-label={title}>
      <div className={classes.head}>
        <Title order={2} size="h3">
          {title}
        </Title>
        {typeof aside === 'string' ? (
          <Text size="xs" c="dimmed">
            {aside}
          </Text>
        ) : (
          aside
        )}
      </div>
      {children}
    </Paper>
  );
}
