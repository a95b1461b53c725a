import { Button, Menu, Popover, SegmentedControl, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { TIER_KINDS, type Tier } from '#shared/domain/region.ts';
import { tellError } from '../../../app/tell.tsx';
import { api, client, queries } from '../../../client/client.ts';
import { useStudio } from '../state.ts';
import type { Ink } from '../view/ink.ts';
import { tierColour } from './draw.ts';
import classes from './regions.module.css';

const KIND_WORDS: Record<Tier['kind'], { title: string; about: string }> = {
  intervals: { title: 'Intervals', about: 'One after another over the whole clip; neighbours share their border.' },
  points: { title: 'Points', about: 'Moments.' },
  regions: { title: 'Regions', about: 'Spans that may overlap, and boxes in time x frequency.' },
};

/** Does something to tiers and shows what came of it. */
async function change(call: Promise<unknown>, failed: string): Promise<void> {
  try {
    await call;
    await queries.invalidateQueries({ queryKey: api.studio.open.key() });
  } catch (error) {
    tellError(error, failed);
  }
}

/** A tier's name beside its lane: chooses it for new regions; its menu renames, moves and removes it. */
export function TierName({ tier, position, tiers, ink }: { tier: Tier; position: number; tiers: Tier[]; ink: Ink }) {
  const [renaming, setRenaming] = useState(false);
  const chosen = useStudio((state) => (state.tier ?? tiers[0]?.id) === tier.id);
  const move = (to: number) =>
    change(client.studio.updateTier({ tier: tier.id, position: to }), 'The tier was not moved');
  if (renaming) return <RenameTier tier={tier} onDone={() => setRenaming(false)} />;
  return (
    <Menu position="right-start">
      <Menu.Target>
        <UnstyledButton
          className={classes.tierName}
          data-chosen={chosen || undefined}
          style={{ '--tier': tierColour(position, ink) }}
          title={`${tier.name}\n${KIND_WORDS[tier.kind].title}: ${KIND_WORDS[tier.kind].about}`}
          aria-label={`Tier ${tier.name}, ${KIND_WORDS[tier.kind].title.toLowerCase()}${chosen ? ', at hand' : ''}`}
          onClick={() => useStudio.setState({ tier: tier.id })}
        >
          <span>{tier.name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {tier.name} · {KIND_WORDS[tier.kind].title.toLowerCase()}
        </Menu.Label>
        <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setRenaming(true)}>
          Rename
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowUp size={14} />}
          disabled={position === 0}
          onClick={() => void move(position - 1)}
        >
          Move up
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={14} />}
          disabled={position === tiers.length - 1}
          onClick={() => void move(position + 1)}
        >
          Move down
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={14} />}
          onClick={() => void change(client.studio.removeTier({ tier: tier.id }), 'The tier was not removed')}
        >
          Remove with its regions
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function RenameTier({ tier, onDone }: { tier: Tier; onDone: () => void }) {
  const [name, setName] = useState(tier.name);
  const set = () => {
    const next = name.trim();
    if (next && next !== tier.name)
      void change(client.studio.updateTier({ tier: tier.id, name: next }), 'The tier was not renamed');
    onDone();
  };
  return (
    <TextInput
      aria-label="Name of the tier"
      className={classes.renameTier}
      value={name}
      maxLength={100}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={set}
      onKeyDown={(event) => {
        if (event.key === 'Enter') set();
        else if (event.key === 'Escape') onDone();
      }}
    />
  );
}

/** Asks what a new tier is called and what it holds. */
export function AddTier({ dataset }: { dataset: number }) {
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Tier['kind']>('intervals');
  const add = async () => {
    await change(
      client.studio.addTier({ dataset, name: name.trim(), kind }).then((tier) => useStudio.setState({ tier: tier.id })),
      'The tier was not added',
    );
    setOpened(false);
    setName('');
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" width={300} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          leftSection={<IconPlus size={12} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          Add a tier
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Add a tier">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) void add();
          }}
        >
          <Stack gap="xs">
            <TextInput
              label="Name"
              placeholder="words"
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              data-autofocus
            />
            <SegmentedControl
              aria-label="What it holds"
              data={TIER_KINDS.map((value) => ({ value, label: KIND_WORDS[value].title }))}
              value={kind}
              onChange={(value) => setKind(value as Tier['kind'])}
            />
            <Text size="xs" c="dimmed">
              {KIND_WORDS[kind].about} All clips of the dataset get it.
            </Text>
            <Button type="submit" disabled={!name.trim()}>
              Add
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
