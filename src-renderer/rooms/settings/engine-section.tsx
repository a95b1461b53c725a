import { Alert, Button, Radio, Select, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BackendCheck, BackendName, EngineSettings, EngineView } from '#shared/domain/system.ts';
import { api, client } from '../../client/client.ts';
import { Failure } from '../../parts/failure.tsx';
import { plural } from '../../parts/format.ts';
import { Loading } from '../../parts/loading.tsx';
import { Section } from '../../parts/section.tsx';
import classes from './settings.module.css';

const NAMES: Record<BackendName, { title: string; is: string }> = {
  native: { title: 'Native', is: 'Hark’s own kernels, compiled for this processor' },
  tensorflow: { title: 'TensorFlow', is: 'Google’s libtensorflow, by way of tfjs-node' },
  wasm: { title: 'WebAssembly', is: 'Runs everywhere, on one thread' },
  cpu: { title: 'JavaScript', is: 'Runs everywhere, the slowest' },
};
const AUTOMATIC = 'automatic';
const ALL_CORES = 'all';

/** What networks are computed on, why on nothing better, and the choice of it. */
export function EngineSection() {
  const queries = useQueryClient();
  const options = api.lab.engine.queryOptions({ input: {} });
  const engine = useQuery(options);
  const show = (view: EngineView) => {
    queries.setQueryData(options.queryKey, view);
    void queries.invalidateQueries({ queryKey: api.lab.doctor.key() });
  };
  const choose = useMutation({
    mutationFn: (settings: EngineSettings) => client.lab.chooseEngine(settings),
    // One after the other: the arrow keys can be faster than a trial, and the last one counts.
    scope: { id: 'engine' },
    onSuccess: show,
    onMutate: () => look.reset(),
  });
  const look = useMutation({ mutationFn: () => client.lab.engine({ again: true }), onSuccess: show });
  const busy = choose.isPending || look.isPending;

  return (
    <Section
      title="Engine"
      aside={
        <Button
          variant="default"
          size="compact-xs"
          loading={look.isPending}
          disabled={busy || !engine.data}
          onClick={() => look.mutate()}
        >
          Look again
        </Button>
      }
    >
      {engine.error && !engine.data && <Failure error={engine.error} onRetry={() => void engine.refetch()} />}
      {!engine.error && !engine.data && <Loading />}
      <div aria-live="polite" className={classes.refusal}>
        {(choose.error ?? look.error) && <Failure error={choose.error ?? look.error} />}
      </div>
      {engine.data && (
        <Choice
          view={engine.data}
          // What is being tried is shown as chosen, until it is refused.
          chosen={(choose.isPending && choose.variables) || engine.data.chosen}
          onChoose={(settings) => !look.isPending && choose.mutate(settings)}
        />
      )}
    </Section>
  );
}

interface ChoiceProps {
  view: EngineView;
  chosen: EngineSettings;
  onChoose: (settings: EngineSettings) => void;
}

function Choice({ view, chosen, onChoose }: ChoiceProps) {
  const { inUse, overrides, backends, cores } = view;
  const fastest = backends.find(({ available }) => available);
  const counts = Array.from({ length: Math.max(cores, chosen.threads ?? 1) }, (_, index) => String(index + 1));
  return (
    <>
      <Text size="sm">
        In use:{' '}
        {[NAMES[inUse.name].title, inUse.instructionSet, plural(inUse.threads, 'thread')].filter(Boolean).join(', ')}.
        Trainings that begin from now on use the same; those under way go on as they began.
      </Text>
      {overrides.map(({ variable, value }) => (
        <Alert key={variable} color="yellow" mt="xs" p="xs">
          {variable} is set to “{value}” in the environment and stands above the choice made here.
        </Alert>
      ))}
      <Radio.Group
        mt="xs"
        label="Backend"
        value={chosen.backend ?? AUTOMATIC}
        onChange={(value) => onChoose({ ...chosen, backend: value === AUTOMATIC ? null : (value as BackendName) })}
      >
        <div className={classes.backends}>
          <Radio
            value={AUTOMATIC}
            label="Automatic"
            description={`The fastest this machine has${fastest ? `: ${NAMES[fastest.backend].title}` : ''}`}
          />
          {backends.map((check) => (
            <Radio
              key={check.backend}
              value={check.backend}
              label={NAMES[check.backend].title}
              description={describe(check)}
              disabled={!check.available && chosen.backend !== check.backend}
            />
          ))}
        </div>
      </Radio.Group>
      <Select
        className={classes.threads}
        label="Threads"
        description="Native gives the same results to the bit on any number."
        allowDeselect={false}
        data={[{ value: ALL_CORES, label: `All cores (${cores})` }, ...counts]}
        value={chosen.threads === null ? ALL_CORES : String(chosen.threads)}
        onChange={(value) =>
          onChoose({ ...chosen, threads: value === null || value === ALL_CORES ? null : Number(value) })
        }
      />
    </>
  );
}

function describe({ backend, available, instructionSet, reason }: BackendCheck): string {
  const { is } = NAMES[backend];
  return available ? `${is}${instructionSet ? ` (${instructionSet})` : ''}` : `Not available: ${reason}`;
}
