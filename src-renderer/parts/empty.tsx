import { Stack, Text, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './empty.module.css';

interface Props {
  icon: Icon;
  title: string;
  /** What this place is for, one or two sentences. */
  children: ReactNode;
  /** The one next step. */
  action?: ReactNode;
}

/** An empty room or panel: what it is for, and the one next step. */
export function Empty({ icon: EmptyIcon, title, children, action }: Props) {
  return (
    <div className={classes.empty}>
      <Stack align="center" gap="sm" maw="26rem">
        <EmptyIcon size={40} stroke={1.2} className={classes.icon} aria-hidden />
        <Title order={2} size="h4" ta="center">
          {title}
        </Title>
        <Text size="sm" c="dimmed" ta="center" component="div">
          {children}
        </Text>
        {action}
      </Stack>
    </div>
  );
}
