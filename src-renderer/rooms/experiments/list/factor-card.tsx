import { ActionIcon, Button, Paper, Skeleton, Text, Title, Tooltip } from '@mantine/core';
import { IconAdjustments, IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { asHarkError } from '#shared/domain/errors.ts';
import { FACTORS, type FactorId } from '#shared/domain/factors.ts';
import type { SweepSpec, SweepSummary } from '#shared/domain/sweep.ts';
import { paths } from '../../../app/paths.ts';
import { api } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { plural } from '../../../parts/format.ts';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { seedWords } from '../../../parts/results/numbers.ts';
import { useStart } from '../use-sweeps.ts';
import classes from '../experiments.module.css';

interface Props {
  dataset: number;
  factor: FactorId;
  /** Ablations of it on this dataset, the newest first. */
  made: readonly SweepSummary[];
}

/** A setting that can be changed alone: what it would tell, what one click does, and whether it has been done. */
export function FactorCard({ dataset, factor, made }: Props) {
  const { name, asks, hinders } = FACTORS[factor];
  const defaults = useQuery(api.experiments.defaults.queryOptions({ input: { dataset, factor }, retry: false }));
  const start = useStart();
  const spec = defaults.data;
  const hindrance = defaults.error ? asHarkError(defaults.error).message : spec ? hinders(spec.base) : null;
  return (
    <Paper component="article" className={classes.factor} aria-label={name}>
      <div className={classes.factorHead}>
        <Title order={3}>{name}</Title>
        {made.length > 0 && (
          <Link href={paths.ablation(made[0].id)} className={classes.made} title={`The newest: ${made[0].name}`}>
            {made.length === 1 ? 'made once' : `made ${made.length} times`}
          </Link>
        )}
      </div>
      <Text size="sm">{asks}</Text>
      {spec ? <Plan spec={spec} /> : !defaults.error && <Skeleton height={34} />}
      {hindrance !== null && (
        <Text size="xs" className={classes.hindrance}>
          {hindrance}
        </Text>
      )}
      {start.error && <Failure error={start.error} title="The ablation did not begin" />}
      <div className={classes.factorFoot}>
        <Button
          size="compact-sm"
          aria-label={`Start: ${name}`}
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          disabled={!spec || hindrance !== null}
          loading={start.isPending}
          onClick={() => start.mutate({ dataset, factor })}
        >
          Start
        </Button>
        <Tooltip label="Other levels, cells, seeds or epochs">
          <ActionIcon
            component={Link}
            href={paths.newAblation(factor)}
            aria-label={`Settings: ${name}`}
            variant="default"
          >
            <IconAdjustments size={15} />
          </ActionIcon>
        </Tooltip>
        {spec && (
          <Text size="xs" c="dimmed" className="hark-numbers">
            {plural(spec.levels.length * spec.base.cells.length * spec.base.seeds.length, 'run')} of{' '}
            {plural(spec.base.training.epochs, 'epoch')}, {seedWords(spec.base.seeds)}
          </Text>
        )}
      </div>
    </Paper>
  );
}

/** Levels and cells. */
function Plan({ spec }: { spec: SweepSpec }) {
  const { words } = FACTORS[spec.factor];
  return (
    <div className={classes.plan}>
      <div className={classes.levels}>
        {spec.levels.map((level) => (
          <span key={String(level)} title={words(level)}>
            {shortly(spec.factor, level)}
          </span>
        ))}
        <span className={classes.unit}>{FACTORS[spec.factor].unit}</span>
      </div>
      <div className={classes.cells}>
        {spec.base.cells.map((cell) => (
          <CellName key={cell} cell={cell} />
        ))}
      </div>
    </div>
  );
}

/** A level beside others of its factor, where the unit stands once. */
const shortly = (factor: FactorId, level: SweepSpec['levels'][number]): string =>
  typeof level === 'number' ? String(level) : FACTORS[factor].words(level);
