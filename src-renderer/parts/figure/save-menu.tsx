import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { saveCsv } from './csv.ts';
import { saveFigure } from './save.ts';
import type { Figure } from './svg.ts';

interface Props {
  figure: () => Figure | Promise<Figure>;
  /** Of the file, without its ending. */
  name: string;
  csv: () => string;
}

/** Takes a chart away: as a picture, or as numbers. */
export function SaveMenu({ figure, name, csv }: Props) {
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconDownload size={14} aria-hidden />}>
          Save
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void saveFigure(figure, 'png', name)}>Picture as PNG</Menu.Item>
        <Menu.Item onClick={() => void saveFigure(figure, 'svg', name)}>Picture as SVG</Menu.Item>
        <Menu.Item onClick={() => saveCsv(csv(), name)}>Numbers as CSV</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
