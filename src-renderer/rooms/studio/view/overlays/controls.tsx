import { Button, Checkbox, Group, Popover, Stack, Text } from '@mantine/core';
import { IconStack2, IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import { useBindings } from '../../../../app/bindings.ts';
import { useAction } from '../../../../app/use-action.ts';
import { ActionTip, Keys } from '../../../../parts/kbd.tsx';
import type { OpenSound } from '../layers.ts';
import { OVERLAY_TABLE, type Overlay } from './kinds.ts';
import { Legend } from './legend.tsx';
import classes from './overlays.module.css';
import { toggleOverlay, useShown, useShownOverlays } from './settings.ts';
import { Swatch } from './swatch.tsx';
import { ValueTable } from './value-table.tsx';

/** Which overlays are shown, what they say at the playhead, and their values as a table. */
export function OverlayControls({ sound }: { sound: OpenSound }) {
  const [menu, setMenu] = useState(false);
  const [table, setTable] = useState(false);
  const shown = useShownOverlays();
  useAction('overlay.menu', () => setMenu((now) => !now));
  useAction('overlay.table', () => setTable((now) => !now), shown.length > 0);
  return (
    <>
      <Popover opened={menu} onChange={setMenu} position="bottom-start" width={300} shadow="md" trapFocus>
        <Popover.Target>
          <ActionTip action="overlay.menu" disabled={menu}>
            <Button
              variant="default"
              leftSection={<IconStack2 size={16} aria-hidden />}
              aria-haspopup="dialog"
              onClick={() => setMenu((now) => !now)}
            >
              Overlays{shown.length > 0 && ` (${shown.length})`}
            </Button>
          </ActionTip>
        </Popover.Target>
        <Popover.Dropdown aria-label="Overlays">
          <Stack gap="xs">
            {OVERLAY_TABLE.map((overlay) => (
              <Switch key={overlay.kind} overlay={overlay} />
            ))}
          </Stack>
        </Popover.Dropdown>
      </Popover>
      {OVERLAY_TABLE.map((overlay) => (
        <SwitchKey key={overlay.kind} overlay={overlay} />
      ))}
      {shown.length > 0 && (
        <Popover opened={table} onChange={setTable} position="bottom-start" width={600} shadow="md" trapFocus>
          <Popover.Target>
            <ActionTip action="overlay.table" disabled={table}>
              <Button
                variant="subtle"
                color="gray"
                leftSection={<IconTable size={16} aria-hidden />}
                aria-haspopup="dialog"
                onClick={() => setTable((now) => !now)}
              >
                Values
              </Button>
            </ActionTip>
          </Popover.Target>
          <Popover.Dropdown aria-label="Values of the overlays">
            {table && <ValueTable sound={sound} overlays={shown} />}
          </Popover.Dropdown>
        </Popover>
      )}
      <Legend sound={sound} overlays={shown} />
    </>
  );
}

function Switch({ overlay }: { overlay: Overlay }) {
  const shown = useShown((state) => state.shown[overlay.kind] ?? false);
  const [chord] = useBindings((state) => state.of(overlay.action));
  return (
    <Group justify="space-between" wrap="nowrap">
      <Checkbox
        checked={shown}
        onChange={() => toggleOverlay(overlay.kind)}
        label={
          <span className={classes.name}>
            <Swatch overlay={overlay} />
            {overlay.title}
            {overlay.unit && (
              <Text span c="dimmed" size="xs">
                {overlay.unit}
              </Text>
            )}
          </span>
        }
      />
      {chord && <Keys chord={chord} />}
    </Group>
  );
}

function SwitchKey({ overlay }: { overlay: Overlay }) {
  useAction(overlay.action, () => toggleOverlay(overlay.kind));
  return null;
}
