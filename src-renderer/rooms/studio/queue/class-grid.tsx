import { Button, Group, Kbd, Text, TextInput } from '@mantine/core';
import { IconSearch, IconTagPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { DIGITS, type Digit } from '../../../app/actions.ts';
import { useBindings } from '../../../app/bindings.ts';
import { keyWords } from '../../../app/keys.ts';
import { useAction } from '../../../app/use-action.ts';
import { classKeys } from '../../../parts/class-keys.ts';
import { count } from '../../../parts/format.ts';
import { ActionTip, Keys } from '../../../parts/kbd.tsx';
import classes from './queue.module.css';

const PAGE = DIGITS.length;

interface Props {
  /** In the order of their keys. */
  names: readonly string[];
  label: string | null;
  /** What a network takes it for; marked. */
  likely: string | null;
  onAssign: (name: string) => void;
  onNew: () => void;
  /** Where the keys go when typing has ended. */
  onLeave: () => void;
}

/** The classes as a grid of keys: ten at a time, further ones by the next page or by typing. */
export function ClassGrid({ names, label, likely, onAssign, onNew, onLeave }: Props) {
  const [page, setPage] = useState(0);
  const [search, setSearch] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const many = names.length > PAGE;
  const words = search.trim().toLowerCase();
  const found = words === '' ? names : names.filter((name) => name.toLowerCase().includes(words));
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const shown = found.slice((page % pages) * PAGE, (page % pages) * PAGE + PAGE);
  const keys = classKeys(shown);
  useAction('queue.page', () => setPage((now) => (now + 1) % pages), many);
  useAction('list.search', () => input.current?.focus(), many);
  useAction('queue.newClass', onNew);

  const leave = () => {
    setSearch('');
    setPage(0);
    onLeave();
  };
  return (
    <section aria-label="Classes" className={classes.classes}>
      {many && (
        <Group gap="xs" wrap="nowrap">
          <TextInput
            ref={input}
            size="xs"
            style={{ flex: 1 }}
            aria-label="Find a class"
            placeholder={`Find among ${count(names.length)} classes`}
            leftSection={<IconSearch size={13} aria-hidden />}
            rightSection={<Keys chord="/" />}
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
              setPage(0);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape') leave();
              if (event.key !== 'Enter' || shown.length === 0) return;
              event.preventDefault();
              onAssign(shown[0]);
              leave();
            }}
          />
          <ActionTip action="queue.page">
            <Button
              size="compact-sm"
              variant="default"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => setPage((page + 1) % pages)}
            >
              {(page % pages) + 1} of {pages}
            </Button>
          </ActionTip>
        </Group>
      )}
      <div className={classes.grid} role="group" aria-label="Classes of this page">
        {shown.map((name) => (
          <ClassKey
            key={name}
            name={name}
            digit={keys.get(name) as Digit}
            chosen={name === label}
            likely={name === likely}
            onAssign={onAssign}
          />
        ))}
        <ActionTip action="queue.newClass">
          <Button
            variant="subtle"
            color="gray"
            className={classes.key}
            leftSection={<IconTagPlus size={15} aria-hidden />}
            onMouseDown={(event) => event.preventDefault()}
            onClick={onNew}
          >
            New class
          </Button>
        </ActionTip>
      </div>
      {shown.length === 0 && (
        <Text size="sm" c="dimmed">
          {words === '' ? 'There are no classes yet: N makes the first one.' : `No class is called “${search.trim()}”.`}
        </Text>
      )}
    </section>
  );
}

interface KeyProps {
  name: string;
  digit: Digit;
  chosen: boolean;
  likely: boolean;
  onAssign: (name: string) => void;
}

function ClassKey({ name, digit, chosen, likely, onAssign }: KeyProps) {
  useAction(`queue.class${digit}`, () => onAssign(name));
  const [chord] = useBindings((state) => state.of(`queue.class${digit}`));
  return (
    <Button
      className={classes.key}
      variant={chosen ? 'filled' : 'default'}
      aria-pressed={chosen}
      aria-keyshortcuts={chord}
      title={likely ? `${name}, the likely one` : name}
      data-likely={likely || undefined}
      leftSection={chord && <Kbd size="sm">{keyWords(chord).join('+')}</Kbd>}
      // The keys stay with the queue: a click takes the focus nowhere.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onAssign(name)}
    >
      <span className="hark-ellipsis">{name}</span>
    </Button>
  );
}
