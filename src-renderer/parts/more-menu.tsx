import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  /** Of the button, e.g. "More for RNN, GRU on digits". */
  label: string;
  size?: 'md' | 'lg';
  /** Items of Mantine's menu. */
  children: ReactNode;
}

/** What else can be done with something: three dots. */
export function MoreMenu({ label, size = 'md', children }: Props) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={label} size={size}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
