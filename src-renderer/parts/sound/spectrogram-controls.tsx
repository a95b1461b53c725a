import {
  ActionIcon,
  Button,
  Group,
  NumberInput,
  Popover,
  RangeSlider,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Tooltip,
} from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { COLOUR_MAPS, type ColourMap } from '#shared/math/colour-maps.ts';
import type { FrequencyScale } from './axis.ts';
import { colourGradient } from './colours.ts';
import {
  analysisFor,
  SPECTROGRAM_DEFAULTS,
  useSpectrogramSettings,
  WINDOW_NAMES,
  type WindowName,
} from './spectrogram-settings.ts';

const minus = (value: number) => String(value).replace('-', '−');

/** Seconds: from sharp in time to sharp in frequency. */
const WINDOWS = [0.004, 0.008, 0.016, 0.025, 0.05, 0.1, 0.2];
const FFT_LENGTHS = [256, 512, 1024, 2048, 4096, 8192, 16_384];

/** How spectrograms are drawn: axis, exact range, window, decibels, colours. The choice holds for all of them. */
export function SpectrogramControls({ sampleRate }: { sampleRate: number }) {
  const settings = useSpectrogramSettings();
  const set = useSpectrogramSettings.setState;
  const nyquist = sampleRate / 2;
  return (
    <Popover position="bottom-end" width={380} shadow="md" trapFocus>
      <Popover.Target>
        <Tooltip label="How the spectrogram is drawn">
          <ActionIcon size="lg" aria-label="Spectrogram settings">
            <IconAdjustmentsHorizontal size={18} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label="Spectrogram settings">
        <Stack gap="sm">
          <div>
            <Text size="xs" mb={2} id="axis-label">
              Frequency axis
            </Text>
            <SegmentedControl
              fullWidth
              aria-labelledby="axis-label"
              data={[
                { value: 'linear', label: 'Linear' },
                { value: 'log', label: 'Log' },
                { value: 'mel', label: 'Mel' },
              ]}
              value={settings.scale}
              onChange={(scale) => set({ scale: scale as FrequencyScale })}
            />
          </div>
          <Group grow align="end">
            <NumberInput
              label="From, Hz"
              min={0}
              max={nyquist - 100}
              step={100}
              value={settings.fMin}
              onChange={(value) =>
                typeof value === 'number' && value >= 0 && value < (settings.fMax ?? nyquist) && set({ fMin: value })
              }
            />
            <NumberInput
              label="To, Hz"
              min={100}
              max={nyquist}
              step={100}
              placeholder={String(nyquist)}
              value={settings.fMax ?? ''}
              onChange={(value) => {
                if (value === '') set({ fMax: null });
                else if (typeof value === 'number' && value > settings.fMin) set({ fMax: value });
              }}
            />
          </Group>
          <Group grow align="end">
            <Select
              label="Window"
              data={[...WINDOW_NAMES]}
              value={settings.window}
              onChange={(value) => value && set({ window: value as WindowName })}
              allowDeselect={false}
              comboboxProps={{ withinPortal: false }}
            />
            <Select
              label="Window length"
              data={WINDOWS.map((seconds) => ({ value: String(seconds), label: `${1000 * seconds} ms` }))}
              value={String(settings.windowSeconds)}
              onChange={(value) => value && set({ windowSeconds: Number(value) })}
              allowDeselect={false}
              comboboxProps={{ withinPortal: false }}
            />
            <Select
              label="FFT, samples"
              data={[
                { value: '', label: `auto (${analysisFor({ ...settings, fftLength: null }, sampleRate).nFft})` },
                ...FFT_LENGTHS.map((length) => ({
                  value: String(length),
                  label: String(length),
                  disabled: length < analysisFor(settings, sampleRate).winLength,
                })),
              ]}
              value={settings.fftLength === null ? '' : String(settings.fftLength)}
              onChange={(value) => set({ fftLength: value ? Number(value) : null })}
              allowDeselect={false}
              comboboxProps={{ withinPortal: false }}
            />
          </Group>
          <div>
            <Text size="xs" mb={2}>
              Floor and ceiling: {minus(settings.floorDb)} to {minus(settings.ceilingDb)} dB
            </Text>
            <RangeSlider
              min={-140}
              max={20}
              step={5}
              minRange={10}
              size="sm"
              label={(value) => `${minus(value)} dB`}
              thumbFromLabel="Floor, dB"
              thumbToLabel="Ceiling, dB"
              value={[settings.floorDb, settings.ceilingDb]}
              onChange={([floorDb, ceilingDb]) => set({ floorDb, ceilingDb })}
            />
          </div>
          <Select
            label="Colours"
            data={COLOUR_MAPS.map((name) => ({ value: name, label: name }))}
            value={settings.colours}
            onChange={(value) => value && set({ colours: value as ColourMap })}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            description={
              <span
                style={{ display: 'block', height: 8, borderRadius: 2, background: colourGradient(settings.colours) }}
              />
            }
            inputWrapperOrder={['label', 'input', 'description']}
          />
          <Group>
            <Button variant="default" onClick={() => set(SPECTROGRAM_DEFAULTS)}>
              As at first
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
