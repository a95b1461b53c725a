import { ActionIcon, Menu, SegmentedControl, Select, Tooltip, type ActionIconProps } from '@mantine/core';
import { IconArrowsVertical, IconDownload, IconMagnet } from '@tabler/icons-react';
import type { StudioClip } from '#shared/contract/studio.ts';
import { actionOf, type ActionId } from '../../../app/actions.ts';
import { runAction } from '../../../app/use-action.ts';
import { ActionTip } from '../../../parts/kbd.tsx';
import { SpectrogramControls } from '../../../parts/sound/spectrogram-controls.tsx';
import { useHabits, useStudio } from '../state.ts';
import { LAYERS, type OpenSound } from './layers.ts';
import { isSpan } from './select.ts';
import classes from './view.module.css';

const SNAP_WORDS = { none: 'No snapping', zero: 'Zero crossings', borders: 'Borders, silence' } as const;

/** How the sound is looked at: tool, snapping, zoom, channels, overlays, spectrogram, the picture to take away. */
export function ViewBar({ sound }: { open: StudioClip; sound: OpenSound }) {
  const { tool, snap, amplitude } = useHabits();
  const channel = useStudio((state) => state.channel);
  const some = useStudio(({ selection }) => isSpan(selection));
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
      <ActionTip action="studio.snap" label="What borders are drawn to">
        <Select
          aria-label="Snap to"
          className={classes.snap}
          leftSection={<IconMagnet size={14} aria-hidden />}
          data={Object.entries(SNAP_WORDS).map(([value, label]) => ({ value, label }))}
          value={snap}
          onChange={(value) => value && useHabits.setState({ snap: value as keyof typeof SNAP_WORDS })}
          allowDeselect={false}
        />
      </ActionTip>
      <span className={classes.gap} />
      <Do action="studio.zoomOut" />
      <Do action="studio.zoomIn" />
      <Do action="studio.fitClip" />
      <Do action="studio.fitSelection" disabled={!some} />
      <Do action="studio.zoomSamples" />
      <span className={classes.gap} />
      <Tooltip label="Magnification of the waveform">
        <Select
          aria-label="Magnification of the waveform"
          className={classes.amplitude}
          leftSection={<IconArrowsVertical size={14} aria-hidden />}
          data={[...new Set([1, 2, 4, 8, 16, 32, 64, amplitude])]
            .sort((a, b) => a - b)
            .map((one) => ({ value: String(one), label: `${one} ×` }))}
          value={String(amplitude)}
          onChange={(value) => value && useHabits.setState({ amplitude: Number(value) })}
          allowDeselect={false}
        />
      </Tooltip>
      {sound.channels > 1 && (
        <Select
          aria-label="Channels"
          className={classes.channels}
          data={[
            { value: '', label: 'All channels' },
            { value: 'mix', label: 'Mix' },
            ...Array.from({ length: sound.channels }, (_, i) => ({ value: String(i), label: `Channel ${i + 1}` })),
          ]}
          value={channel === null ? '' : String(channel)}
          onChange={(value) => useStudio.setState({ channel: value === 'mix' ? 'mix' : value ? Number(value) : null })}
          allowDeselect={false}
        />
      )}
      <span className={classes.spacer} />
      {LAYERS.map(({ id, controls: Controls }) => Controls && <Controls key={id} sound={sound} />)}
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
