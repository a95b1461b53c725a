import { Button, CopyButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Doctor } from '#shared/domain/system.ts';
import { api } from '../../client/client.ts';
import { Failure } from '../../parts/failure.tsx';
import { memory, plural } from '../../parts/format.ts';
import { Loading } from '../../parts/loading.tsx';
import { Section } from '../../parts/section.tsx';
import classes from './settings.module.css';

/** What Hark runs on, as `hark doctor` tells it; to be copied into a question or a bug report. */
export function System() {
  const doctor = useQuery(api.lab.doctor.queryOptions());
  if (doctor.error) return <Failure error={doctor.error} onRetry={() => void doctor.refetch()} />;
  if (!doctor.data) return <Loading />;
  const facts = factsOf(doctor.data);
  return (
    <Section
      title="This machine"
      aside={
        <CopyButton value={facts.map((fact) => fact.join('\t')).join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" size="compact-xs" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      }
    >
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function factsOf(doctor: Doctor): [string, string][] {
  return [
    ['Hark', doctor.hark],
    ['Lab', doctor.lab],
    ['Engine', [doctor.backend, doctor.instructionSet, plural(doctor.threads, 'thread')].filter(Boolean).join(', ')],
    ...doctor.unavailable.map(({ backend, reason }): [string, string] => [`Without ${backend}`, reason]),
    ['Machine', `${doctor.platform}, ${plural(doctor.cores, 'core')}, ${memory(doctor.memoryMB)} of memory`],
    ['Electron', doctor.electron],
    ...Object.entries(doctor.versions),
  ];
}
