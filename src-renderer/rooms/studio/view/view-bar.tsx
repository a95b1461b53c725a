import {
  ActionIcon,
  Menu,
  Popover,
  SegmentedControl,
  Select,
  Stack,
  Tooltip,
  type ActionIconProps,
} from '@mantine/core';
import { IconCheck, IconDownload, IconMagnet, IconStack, IconWaveSine } from '@tabler/icons-react';
import { Fragment } from 'react';
import { actionOf, type ActionId } from '../../../app/actions.ts';
import { runAction } from '../../../app/use-action.ts';
import { ActionTip } from '../../../parts/kbd.tsx';
import { SpectrogramControls } from '../../../parts/sound/spectrogram-controls.tsx';
import { useHabits, useStudio } from '../state.ts';
import { LAYERS, type OpenSound } from './layers.ts';
import { isSpan } from './select.ts';
import { SNAPS } from './snap.ts';
import classes from './view.module.css';

const SNAP_WORDS = { none: 'Nothing', zero: 'Zero crossings', borders: 'Borders of regions and silence' } as const;

/** How the sound is looked at: tool, snapping, zoom, channels, overlays, spectrogram, the picture to take away. */
export function ViewBar({ sound }: { sound: OpenSound }) {
  const tool = useHabits((state) => state.tool);
  const some = useStudio(({ selection }) => isSpan(selection));
  const controls = LAYERS.filter((layer) => layer.controls);
  return (
    <div className={classes.bar} role="group" aria-label="View">
      <ActionTip action="studio.tool" label="A drag on the spectrogram selects time, or a box; Shift makes the other">
        <div>
          <SegmentedControl
            aria-label="Select"
            data={[
              { value: 'time', label: 'Time' },
              { value: 'box', label: 'Box' },
            ]}
            value={tool}
            onChange={(value) => useHabits.setState({ tool: value as 'time' | 'box' })}
          />
        </div>
      </ActionTip>
      <SnapMenu />
      <span className={classes.gap} />
      <Do action="studio.zoomOut" />
      <Do action="studio.zoomIn" />
      <Do action="studio.fitClip" />
      <Do action="studio.fitSelection" disabled={!some} />
      <Do action="studio.zoomSamples" />
      <span className={classes.spacer} />
      {controls.length > 0 && (
        <Popover position="bottom-end" width={300} shadow="md" trapFocus>
          <Popover.Target>
            <Tooltip label="Overlays">
              <ActionIcon size="lg" aria-label="Overlays">
                <IconStack size={18} />
              </ActionIcon>
            </Tooltip>
          </Popover.Target>
          <Popover.Dropdown aria-label="Overlays">
            <Stack gap="xs">
              {controls.map(({ id, controls: Controls }) => (
                <Fragment key={id}>{Controls && <Controls sound={sound} />}</Fragment>
              ))}
            </Stack>
          </Popover.Dropdown>
        </Popover>
      )}
      <WaveControls sound={sound} />
      <SpectrogramControls sampleRate={sound.sampleRate} />
      <Menu position="bottom-end">
        <Menu.Target>
          <Tooltip label="Save the picture">
            <ActionIcon size="lg" aria-label="Save the picture">
              <IconDownload size={18} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>What is in sight, with axes and parameters</Menu.Label>
          <Menu.Item onClick={() => runAction('studio.savePng')}>PNG</Menu.Item>
          <Menu.Item onClick={() => runAction('studio.saveSvg')}>SVG</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

/** What borders of selections and regions are drawn to. */
function SnapMenu() {
  const snap = useHabits((state) => state.snap);
  const on = snap !== 'none';
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Tooltip label={`Snapping: ${SNAP_WORDS[snap].toLowerCase()}`}>
          <ActionIcon
            size="lg"
            variant={on ? 'light' : 'subtle'}
            color={on ? 'iris' : 'gray'}
            aria-label={`Snapping: ${SNAP_WORDS[snap].toLowerCase()}`}
          >
            <IconMagnet size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Borders are drawn to</Menu.Label>
        {SNAPS.map((value) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={value === snap}
            leftSection={value === snap ? <IconCheck size={14} /> : <span className={classes.noCheck} />}
            onClick={() => useHabits.setState({ snap: value })}
          >
            {SNAP_WORDS[value]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** How the waveform is drawn: magnified, all channels or one. */
function WaveControls({ sound }: { sound: OpenSound }) {
  const amplitude = useHabits((state) => state.amplitude);
  const channel = useStudio((state) => state.channel);
  const steps = [...new Set([1, 2, 4, 8, 16, 32, 64, amplitude])].sort((a, b) => a - b);
  return (
    <Popover position="bottom-end" width={220} shadow="md" trapFocus>
      <Popover.Target>
        <Tooltip label="How the waveform is drawn">
          <ActionIcon size="lg" aria-label="Waveform settings">
            <IconWaveSine size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label="Waveform settings">
        <Stack gap="xs">
          <Select
            label="Magnification"
            data={steps.map((one) => ({ value: String(one), label: `${one} ×` }))}
            value={String(amplitude)}
            onChange={(value) => value && useHabits.setState({ amplitude: Number(value) })}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
          />
          {sound.channels > 1 && (
            <Select
              label="Channels"
              data={[
                { value: '', label: 'All, one under the other' },
                { value: 'mix', label: 'Mix' },
                ...Array.from({ length: sound.channels }, (_, i) => ({ value: String(i), label: `Channel ${i + 1}` })),
              ]}
              value={channel === null ? '' : String(channel)}
              onChange={(value) =>
                useStudio.setState({ channel: value === 'mix' ? 'mix' : value ? Number(value) : null })
              }
              allowDeselect={false}
              comboboxProps={{ withinPortal: false }}
            />
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** A button for an action, with its title and keys in the tooltip. */
function Do({ action, ...rest }: { action: ActionId } & ActionIconProps) {
  const { icon: Sign, title } = actionOf(action);
  return (
    <ActionTip action={action}>
      <ActionIcon size="lg" aria-label={title} onClick={() => runAction(action)} {...rest}>
        <Sign size={18} stroke={1.6} />
      </ActionIcon>
    </ActionTip>
  );
}
