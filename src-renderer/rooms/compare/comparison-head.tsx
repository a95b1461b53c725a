import { ActionIcon, Badge, Button, Menu, TagsInput, Text, Title, Tooltip } from '@mantine/core';
import {
  IconCheck,
  IconFileExport,
  IconPencil,
  IconPin,
  IconPinFilled,
  IconRefresh,
  IconTag,
  IconTrash,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import { paths } from '../../app/paths.ts';
import { useAction } from '../../app/use-action.ts';
import { api } from '../../client/client.ts';
import { count, duration, moment, plural } from '../../parts/format.ts';
import { ActionTip } from '../../parts/kbd.tsx';
import { MoreMenu } from '../../parts/more-menu.tsx';
import { NameField } from '../../parts/name-field.tsx';
import { LeakMark } from '../../parts/results/leak-mark.tsx';
import { seedWords } from '../../parts/results/numbers.ts';
import { openExport } from '../reports/export-dialog.tsx';
import { askRemove } from './list/remove.tsx';
import { compareHref, useCompareRoute } from './route.ts';
import { StateBadge } from './state-badge.tsx';
import { useUpdate } from './use-comparison.ts';
import { describeFeatures, describeRecipe, hasEnded } from './words.ts';
import classes from './compare.module.css';

/** Name, tags and what every number on the page rests on; export, run again, delete. */
export function ComparisonHead({ comparison }: { comparison: ComparisonView }) {
  const [, goTo] = useCompareRoute();
  const update = useUpdate();
  const [editing, setEditing] = useState<'name' | 'tags' | null>(null);
  const { id, name, tags, pinned, spec, split } = comparison;
  const { data: sweep } = useQuery(
    api.compare.list.queryOptions({ select: (list) => list.find((one) => one.id === id)?.sweep ?? null }),
  );
  const tested = comparison.summary.length > 0;
  useAction('compare.export', () => openExport(id, name), tested);
  return (
    <header className={classes.head}>
      <div>
        <Text size="xs" c="dimmed">
          <Link href={paths.compare}>Comparisons</Link> / {moment(comparison.createdAt)}
          {sweep && (
            <>
              {' '}
              / {sweep.level} of the ablation <Link href={paths.ablation(sweep.id)}>{sweep.name}</Link>
            </>
          )}
        </Text>
        <div className={classes.title}>
          <Tooltip label={pinned ? 'Unpin' : 'Pin to the top of the list'}>
            <ActionIcon
              aria-label="Pinned"
              aria-pressed={pinned}
              onClick={() => update.mutate({ comparison: id, pinned: !pinned })}
            >
              {pinned ? <IconPinFilled size={16} /> : <IconPin size={16} />}
            </ActionIcon>
          </Tooltip>
          {editing === 'name' ? (
            <NameField
              name={name}
              onRename={(value) => update.mutate({ comparison: id, name: value })}
              onDone={() => setEditing(null)}
            />
          ) : (
            <>
              <Title order={1} className="hark-ellipsis" title={name}>
                {name}
              </Title>
              <ActionIcon aria-label="Rename" onClick={() => setEditing('name')}>
                <IconPencil size={15} />
              </ActionIcon>
            </>
          )}
          <StateBadge state={comparison.state} />
          {editing === 'tags' ? (
            <>
              <TagsInput
                aria-label="Tags"
                autoFocus
                size="xs"
                maxTags={20}
                value={tags}
                onChange={(chosen) => update.mutate({ comparison: id, tags: chosen })}
              />
              <ActionIcon aria-label="Tags are done" onClick={() => setEditing(null)}>
                <IconCheck size={15} />
              </ActionIcon>
            </>
          ) : (
            <span className={classes.tags}>
              {tags.map((tag) => (
                <Badge key={tag} variant="outline" color="gray">
                  {tag}
                </Badge>
              ))}
              <ActionIcon aria-label="Edit tags" onClick={() => setEditing('tags')}>
                <IconTag size={15} />
              </ActionIcon>
            </span>
          )}
        </div>
        <div className={classes.facts}>
          <span>
            <Link href={paths.dataset(comparison.dataset.id)}>{comparison.dataset.name}</Link>
          </span>
          <span>
            {comparison.splitWords} ({count(split.train)} / {count(split.validation)} /{' '}
            {plural(split.test, 'test clip')})
            <LeakMark note={split.leakNote} />
          </span>
          <span>{seedWords(spec.seeds)}</span>
          <span>{describeFeatures(spec.features)}</span>
          <span>{describeRecipe(spec.training, split.validation > 0)}</span>
          <span>backend {comparison.backend}</span>
          {hasEnded(comparison.state) && <span>{duration(comparison.secondsSpent)} of training</span>}
        </div>
      </div>
      <div className={classes.tools}>
        <Button
          variant="default"
          component={Link}
          href={compareHref({ view: 'start', dataset: null, from: id })}
          leftSection={<IconRefresh size={14} aria-hidden />}
        >
          Run again with changes
        </Button>
        <ActionTip action="compare.export">
          <Button
            disabled={!tested}
            leftSection={<IconFileExport size={14} aria-hidden />}
            onClick={() => openExport(id, name)}
          >
            Export report
          </Button>
        </ActionTip>
        <MoreMenu label="More" size="lg">
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={14} />}
            onClick={() => askRemove([{ id, name }], () => goTo({ view: 'start', dataset: null, from: null }))}
          >
            Delete comparison
          </Menu.Item>
        </MoreMenu>
      </div>
    </header>
  );
}
