import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { saveCsv, saveFigure } from './save.ts';
import type { Figure } from './svg.ts';

interface Props {
  figure: () => Figure | Promise<Figure>;
  /** Of the file, without its ending. */
  name: string;
  /** The numbers behind the figure, see `csvOf`. */
  csv: () => string;
  /** What a row of them is: "a row a frame". */
  rows?: string;
}

/** Takes what is shown away: as a picture, or as numbers. */
export function SaveMenu({ figure, name, csv, rows }: Props) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconDownload size={14} aria-hidden />}>
          Save
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void saveFigure(figure, 'png', name)}>Picture as PNG</Menu.Item>
        <Menu.Item onClick={() => void saveFigure(figure, 'svg', name)}>Picture as SVG</Menu.Item>
        <Menu.Item onClick={() => saveCsv(csv(), name)}>Numbers as CSV{rows && `, ${rows}`}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
