import { Button, Chip, Group, Input, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { FACTORS, type FactorId, type LevelValue } from '#shared/domain/factors.ts';
import { inOrder, levelsError, readLevel } from './levels.ts';

interface Props {
  factor: FactorId;
  /** Those that are offered from the beginning. */
  initial: readonly LevelValue[];
  levels: readonly LevelValue[];
  onChange: (levels: LevelValue[]) => void;
}

/** Which levels are tried: chips, and a field for one's own where a factor takes any number. */
export function LevelsField({ factor, initial, levels, onChange }: Props) {
  const { own, none, unit, words } = FACTORS[factor];
  // What was typed stays to be chosen again when it has been taken out.
  const [offered, setOffered] = useState<readonly LevelValue[]>(() =>
    none && !initial.includes(null) ? [...initial, null] : initial,
  );
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | null>(null);
  const label = useId();
  const add = () => {
    const read = readLevel(typed, FACTORS[factor], levels);
    setError(read.error);
    if (read.error !== null) return;
    setOffered((now) => inOrder([...new Set([...now, read.value])]));
    onChange(inOrder([...levels, read.value]));
    setTyped('');
  };
  return (
    <div>
      <Input.Wrapper
        label="Levels"
        labelElement="div"
        labelProps={{ id: label }}
        description={unit ?? 'each is trained alone, all else the same'}
        error={levelsError(levels)}
      >
        <div role="group" aria-labelledby={label}>
          <Chip.Group
            multiple
            value={levels.map(String)}
            onChange={(chosen) => onChange(offered.filter((level) => chosen.includes(String(level))))}
          >
            <Group gap="xs" mt={4}>
              {offered.map((level) => (
                <Chip key={String(level)} size="xs" value={String(level)}>
                  {typeof level === 'number' ? level : words(level)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </div>
      </Input.Wrapper>
      {own && (
        <Group gap="xs" mt="xs" align="flex-start" wrap="nowrap">
          <TextInput
            aria-label={`Own level, ${own.min} to ${own.max}`}
            placeholder={`own level, ${own.min} to ${own.max}`}
            w={240}
            value={typed}
            error={error}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setError(null);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
              event.preventDefault();
              add();
            }}
          />
          <Button variant="default" disabled={typed.trim() === ''} onClick={add}>
            Add
          </Button>
        </Group>
      )}
    </div>
  );
}
