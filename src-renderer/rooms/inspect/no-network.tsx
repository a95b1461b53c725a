import { Button } from '@mantine/core';
import { IconChartHistogram, IconEyeSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { Empty } from '../../parts/empty.tsx';

/** There is no trained network yet: what the page is for, and the way to one. */
export function NoNetwork({ children }: { children: ReactNode }) {
  return (
    <Empty
      icon={IconEyeSearch}
      title="No network to look into yet"
      action={
        <Button
          component={Link}
          href={paths.compare}
          variant="default"
          leftSection={<IconChartHistogram size={14} aria-hidden />}
        >
          Compare networks
        </Button>
      }
    >
      {children}
    </Empty>
  );
}
