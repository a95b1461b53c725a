import { Chip, Group, Input } from '@mantine/core';
import { useId } from 'react';
import { FACTORS, type FactorId } from '#shared/domain/factors.ts';
import { CELLS, type Cell } from '#shared/domain/model-spec.ts';
import { CellName } from '../../../parts/results/cell-mark.tsx';

interface Props {
  factor: FactorId;
  cells: readonly Cell[];
  onChange: (cells: Cell[]) => void;
}

/** Which of the cells a factor says something of are trained. */
export function CellsField({ factor, cells, onChange }: Props) {
  const label = useId();
  return (
    <Input.Wrapper
      label="Networks"
      labelElement="div"
      labelProps={{ id: label }}
      description="trained at each level"
      error={cells.length === 0 ? 'Choose a network.' : undefined}
    >
      <div role="group" aria-labelledby={label}>
        <Chip.Group
          multiple
          value={[...cells]}
          onChange={(chosen) => onChange(CELLS.filter((cell) => chosen.includes(cell)))}
        >
          <Group gap="xs" mt={4}>
            {FACTORS[factor].cells.map((cell) => (
              <Chip key={cell} value={cell} size="xs" variant="outline">
                <CellName cell={cell} />
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </div>
    </Input.Wrapper>
  );
}
