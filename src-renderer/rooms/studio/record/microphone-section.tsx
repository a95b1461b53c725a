import { Button, NumberInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { IconMicrophone } from '@tabler/icons-react';
import { Failure } from '../../../parts/failure.tsx';
import { frequency } from '../../../parts/format.ts';
import { Section } from '../../../parts/section.tsx';
import { Meter } from './meter.tsx';
import { closeMicrophone, openMicrophone, useRecorder } from './recorder.ts';
import { useRecordSettings } from './settings.ts';

const SYSTEM = 'system';

/** Which microphone, how loud it is, and what all takes share. */
export function MicrophoneSection() {
  const { microphone, refused, open, devices, phase } = useRecorder();
  const settings = useRecordSettings();
  const busy = phase !== 'idle';
  const choose = (change: Partial<ReturnType<typeof useRecordSettings.getState>>) => {
    useRecordSettings.setState(change);
    if (microphone === 'on') void openMicrophone();
  };
  return (
    <Section title="Microphone" aside={open ? `${open.name} · ${frequency(open.sampleRate)}` : undefined}>
      <Stack gap="sm">
        {refused && <Failure error={refused} />}
        {microphone !== 'on' && (
          <Button
            leftSection={<IconMicrophone size={16} aria-hidden />}
            loading={microphone === 'asking'}
            onClick={() => void openMicrophone()}
          >
            {refused ? 'Try again' : 'Use the microphone'}
          </Button>
        )}
        <Meter silence={settings.silenceDb} />
        <Select
          label="Device"
          disabled={busy}
          allowDeselect={false}
          data={[
            { value: SYSTEM, label: 'The system’s own choice' },
            ...devices.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={devices.some(({ id }) => id === settings.device) ? settings.device : SYSTEM}
          onChange={(value) => choose({ device: value === SYSTEM ? null : value })}
        />
        <Select
          label="Channels"
          disabled={busy}
          allowDeselect={false}
          data={[
            { value: '1', label: 'Mono' },
            { value: '2', label: 'Stereo' },
          ]}
          value={String(settings.channels)}
          onChange={(value) => choose({ channels: value === '2' ? 2 : 1 })}
        />
        <NumberInput
          label="Silence below (dBFS, RMS)"
          description="The mark in the meter: set it over the noise of the room."
          min={-120}
          max={0}
          value={settings.silenceDb}
          onChange={(value) => typeof value === 'number' && useRecordSettings.setState({ silenceDb: value })}
        />
        <TextInput
          label="Speaker"
          description="Kept with each clip; splits by speaker need it."
          maxLength={200}
          value={settings.speaker}
          onChange={(event) => useRecordSettings.setState({ speaker: event.currentTarget.value })}
        />
        <Switch
          size="xs"
          label="Count 3, 2, 1 before each take"
          checked={settings.countIn}
          onChange={(event) => useRecordSettings.setState({ countIn: event.currentTarget.checked })}
        />
        {microphone === 'on' && (
          <Button variant="default" disabled={busy} onClick={closeMicrophone}>
            Switch the microphone off
          </Button>
        )}
      </Stack>
    </Section>
  );
}
