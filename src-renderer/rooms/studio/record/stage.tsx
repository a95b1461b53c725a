import { Button, Group, Progress, SegmentedControl, Stack, Switch, Text, TextInput } from '@mantine/core';
import { runAction } from '../../../app/use-action.ts';
import { Failure } from '../../../parts/failure.tsx';
import { count } from '../../../parts/format.ts';
import { ActionTip } from '../../../parts/kbd.tsx';
import { Section } from '../../../parts/section.tsx';
import { LiveWave } from './live-wave.tsx';
import classes from './record.module.css';
import { dropStuck, endSeries, keepStuck, skip, useRecorder } from './recorder.ts';
import { SeriesSetup } from './series-setup.tsx';
import { useRecordSettings } from './settings.ts';

/** What is to be said, and the take under way. */
export function RecordStage() {
  const series = useRecorder((state) => state.series);
  const mode = useRecordSettings((state) => state.mode);
  const idle = useRecorder((state) => state.phase === 'idle');
  const over = series !== null && series.at >= series.prompts.length;
  return (
    <Section
      title={series ? 'Series of words' : 'Take'}
      aside={
        series ? (
          <Button variant="default" size="compact-xs" disabled={!idle} onClick={endSeries}>
            {over ? 'New series' : 'End the series'}
          </Button>
        ) : (
          <SegmentedControl
            aria-label="What is recorded"
            data={[
              { value: 'free', label: 'Free' },
              { value: 'words', label: 'Series of words' },
            ]}
            value={mode}
            disabled={!idle}
            onChange={(value) => useRecordSettings.setState({ mode: value === 'words' ? 'words' : 'free' })}
          />
        )
      }
    >
      <Stack gap="md">
        {!series && mode === 'words' && <SeriesSetup />}
        {!series && mode === 'free' && <FreeSetup />}
        {(series || mode === 'free') && (
          <>
            {series && <Prompter />}
            <LiveWave />
            <Buttons over={over} />
            <Stuck />
          </>
        )}
      </Stack>
    </Section>
  );
}

function FreeSetup() {
  const { label, trimFree } = useRecordSettings();
  return (
    <Group gap="md" align="flex-end">
      <TextInput
        label="Label of the clip"
        w="16rem"
        maxLength={200}
        value={label}
        error={label.trim() === '' ? 'A clip needs a label.' : undefined}
        onChange={(event) => useRecordSettings.setState({ label: event.currentTarget.value })}
      />
      <Switch
        size="xs"
        mb={6}
        label="Take silence off both ends"
        checked={trimFree}
        onChange={(event) => useRecordSettings.setState({ trimFree: event.currentTarget.checked })}
      />
    </Group>
  );
}

/** The word that is asked for, large enough to be read from afar, and how far the series is. */
function Prompter() {
  const series = useRecorder((state) => state.series);
  if (!series) return null;
  const { prompts, at } = series;
  const prompt = prompts.at(at);
  const words = prompt
    ? `take ${prompt.take} of ${prompt.takes} · ${count(at + 1)} of ${count(prompts.length)}`
    : `${count(prompts.length)} of ${count(prompts.length)}`;
  return (
    <div className={classes.prompter}>
      <div className={classes.word} aria-live="polite">
        {prompt ? prompt.word : 'The series is done'}
      </div>
      <Text size="sm" c="dimmed" className="hark-numbers">
        {words}
      </Text>
      <Progress w="100%" value={(100 * at) / prompts.length} aria-label="Words behind" />
    </div>
  );
}

const PHASES = { idle: 'Ready', counting: 'Counting in', recording: 'Recording', saving: 'Keeping the take' } as const;

function Buttons({ over }: { over: boolean }) {
  const { phase, microphone, counted, series, kept } = useRecorder();
  const going = phase === 'recording' || phase === 'counting';
  return (
    <div className={classes.buttons}>
      <ActionTip action="studio.record" label={going ? 'Stop' : 'Record'}>
        <Button
          size="md"
          color={going ? 'red' : undefined}
          disabled={microphone !== 'on' || phase === 'saving' || (over && !going)}
          onClick={() => runAction('studio.record')}
        >
          {going ? 'Stop' : 'Record'}
        </Button>
      </ActionTip>
      <span className={classes.phase} data-phase={phase} role="status">
        {phase === 'counting' ? <span className={classes.counted}>{counted}</span> : PHASES[phase]}
      </span>
      <Group gap="xs" ml="auto">
        {going && (
          <ActionTip action="studio.cancelTake">
            <Button variant="default" onClick={() => runAction('studio.cancelTake')}>
              Throw away
            </Button>
          </ActionTip>
        )}
        {!going && kept.length > 0 && (
          <ActionTip action="studio.redoTake">
            <Button variant="default" onClick={() => runAction('studio.redoTake')}>
              Last take again
            </Button>
          </ActionTip>
        )}
        {!going && series && (
          <>
            <Button variant="default" disabled={series.at === 0} onClick={() => skip(-1)}>
              Back
            </Button>
            <ActionTip action="studio.skipTake">
              <Button variant="default" disabled={over} onClick={() => runAction('studio.skipTake')}>
                Skip
              </Button>
            </ActionTip>
          </>
        )}
      </Group>
    </div>
  );
}

/** A take that did not become a clip, and what can be done with it. */
function Stuck() {
  const stuck = useRecorder((state) => state.stuck);
  if (!stuck) return null;
  return (
    <Stack gap="xs">
      <Failure error={stuck.error} title={`This take of “${stuck.label}” is no clip yet`} />
      <Group gap="xs">
        <Button onClick={dropStuck}>Record it again</Button>
        {stuck.take !== '' && (
          <Button variant="default" onClick={() => void keepStuck()}>
            Keep it as it is
          </Button>
        )}
      </Group>
    </Stack>
  );
}
