import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { saveInside, saveNumbers, type InSight } from './save-inside.ts';

/** Takes what is in sight away: as a picture, or as numbers. */
export function ExportMenu({ sight }: { sight: InSight }) {
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconDownload size={14} aria-hidden />}>
          Save
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void saveInside(sight, 'png')}>Picture as PNG</Menu.Item>
        <Menu.Item onClick={() => void saveInside(sight, 'svg')}>Picture as SVG</Menu.Item>
        <Menu.Item onClick={() => saveNumbers(sight)}>Numbers as CSV, a row a frame</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
