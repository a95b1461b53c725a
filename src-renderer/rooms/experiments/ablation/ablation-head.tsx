import { ActionIcon, Button, Menu, Text, Title } from '@mantine/core';
import { IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { FACTORS } from '#shared/domain/factors.ts';
import type { SweepView } from '#shared/domain/sweep.ts';
import { paths } from '../../../app/paths.ts';
import { duration, moment, plural } from '../../../parts/format.ts';
import { MoreMenu } from '../../../parts/more-menu.tsx';
import { NameField } from '../../../parts/name-field.tsx';
import { seedWords } from '../../../parts/results/numbers.ts';
import { StateBadge } from '../../compare/state-badge.tsx';
import { hasEnded } from '../../compare/words.ts';
import { askRemove } from '../remove.tsx';
import { useRename } from '../use-sweeps.ts';
import classes from '../experiments.module.css';

/** Name, state and what the numbers below rest on; rename, start another one, delete. */
export function AblationHead({ sweep }: { sweep: SweepView }) {
  const [, navigate] = useLocation();
  const rename = useRename();
  const [renaming, setRenaming] = useState(false);
  const { id, name, state, spec, dataset, splitWords, testClips, secondsSpent } = sweep;
  return (
    <header className={classes.head}>
      <div>
        <Text size="xs" c="dimmed">
          <Link href={paths.experiments}>Ablations</Link> / {moment(sweep.createdAt)}
        </Text>
        <div className={classes.title}>
          {renaming ? (
            <NameField
              name={name}
              onRename={(value) => rename.mutate({ sweep: id, name: value })}
              onDone={() => setRenaming(false)}
            />
          ) : (
            <>
              <Title order={2} size="h1" className="hark-ellipsis" title={name}>
                {name}
              </Title>
              <ActionIcon aria-label="Rename" onClick={() => setRenaming(true)}>
                <IconPencil size={15} />
              </ActionIcon>
            </>
          )}
          <StateBadge state={state} />
        </div>
        <div className={classes.facts}>
          <span>{FACTORS[spec.factor].name}</span>
          <Link href={paths.dataset(dataset.id)}>{dataset.name}</Link>
          <span>
            {splitWords}
            {testClips > 0 && ` (${plural(testClips, 'test clip')})`}
          </span>
          <span>{seedWords(spec.base.seeds)}</span>
          <span>{plural(spec.base.training.epochs, 'epoch')} a run</span>
          {hasEnded(state) && <span>{duration(secondsSpent)} of training</span>}
        </div>
      </div>
      <div className={classes.tools}>
        <Button
          variant="default"
          component={Link}
          href={paths.newAblation(spec.factor)}
          leftSection={<IconRefresh size={14} aria-hidden />}
        >
          Another with changes
        </Button>
        <MoreMenu label="More" size="lg">
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={14} />}
            onClick={() => askRemove(sweep, () => navigate(paths.experiments))}
          >
            Delete ablation
          </Menu.Item>
        </MoreMenu>
      </div>
    </header>
  );
}
