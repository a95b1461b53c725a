import { SegmentedControl, Select } from '@mantine/core';
import type { SaliencyMethod } from '#shared/contract/bulk.ts';
import type { GradientSource } from '#shared/contract/inspect.ts';
import type { Cell } from '#shared/domain/model-spec.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import type { RunView } from '#shared/domain/run.ts';
import { plural } from '../../../parts/format.ts';
import { useHabits, useInspect, type UnitOrder } from '../state.ts';
import classes from '../inspect.module.css';

const ALL = 'all';
const NONE = 'none';
const SALIENCY_NAMES: Record<SaliencyMethod | typeof NONE, string> = {
  none: 'no saliency',
  integrated: 'saliency: integrated gradients',
  gradient: 'saliency: gradient × input',
};
/** Shares of the cells that may be heard alone. */
const HEARD = [0.05, 0.1, 0.25];
const GRADIENT_NAMES: Record<GradientSource | typeof NONE, string> = {
  none: 'no gradients',
  all: 'gradients, from all frames',
  end: 'gradients, from the last frame',
};
const ORDER_NAMES: Record<UnitOrder, string> = {
  alike: 'units alike together',
  peak: 'units by their peak',
  unit: 'units by number',
};

interface Props {
  /** All that can be looked into, and those in sight. */
  tested: readonly RunView[];
  runs: readonly RunView[];
  /** Classes. */
  names: readonly string[];
}

/** Which network, layer and direction is in sight, how units are sorted, and whether it is shown what speaks for a class. */
export function ViewBar({ tested, runs, names }: Props) {
  const saliency = useHabits((state) => state.saliency);
  const heard = useInspect((state) => state.heard);
  const gradients = useHabits((state) => state.gradients);
  const target = useInspect((state) => state.target);
  const order = useHabits((state) => state.order);
  const together = useHabits((state) => state.cell) === null;
  const { layer, reverse } = useInspect();
  const layers = Math.max(...runs.map(({ model }) => model.numLayers));
  const both = runs.some(({ model }) => model.bidirectional && model.cell !== 'dnn');
  const units = [...new Set(runs.map(({ model }) => model.hiddenSize))];
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="Network"
        value={together ? ALL : runs[0].cell}
        data={[
          ...tested.map(({ cell }) => ({ value: cell, label: CELL_NAMES[cell] })),
          ...(tested.length > 1 ? [{ value: ALL, label: 'All together' }] : []),
        ]}
        onChange={(value) => useHabits.setState({ cell: value === ALL ? null : (value as Cell) })}
      />
      {layers > 1 && (
        <SegmentedControl
          size="xs"
          aria-label="Layer"
          value={String(layer)}
          data={Array.from({ length: layers }, (_, index) => ({ value: String(index), label: `Layer ${index + 1}` }))}
          onChange={(value) => useInspect.setState({ layer: Number(value), followed: [] })}
        />
      )}
      {both && (
        <SegmentedControl
          size="xs"
          aria-label="Direction"
          value={String(reverse)}
          data={[
            { value: 'false', label: 'Forwards' },
            { value: 'true', label: 'Backwards' },
          ]}
          onChange={(value) => useInspect.setState({ reverse: value === 'true', followed: [] })}
        />
      )}
      <Select
        size="xs"
        w={170}
        aria-label="Order of units"
        allowDeselect={false}
        value={order}
        data={Object.entries(ORDER_NAMES).map(([value, label]) => ({ value, label }))}
        onChange={(value) => value && useHabits.setState({ order: value as UnitOrder })}
      />
      <Select
        size="xs"
        w={230}
        aria-label="Saliency"
        allowDeselect={false}
        value={saliency ?? NONE}
        data={Object.entries(SALIENCY_NAMES).map(([value, label]) => ({ value, label }))}
        onChange={(value) =>
          value && useHabits.setState({ saliency: value === NONE ? null : (value as SaliencyMethod) })
        }
      />
      {saliency && (
        <Select
          size="xs"
          w={130}
          searchable
          aria-label="Class that the saliency is of"
          allowDeselect={false}
          value={target ?? ''}
          data={[{ value: '', label: 'of its answer' }, ...names.map((name) => ({ value: name, label: `of ${name}` }))]}
          onChange={(value) => value !== null && useInspect.setState({ target: value === '' ? null : value })}
        />
      )}
      {saliency && !together && (
        <SegmentedControl
          size="xs"
          aria-label="What is heard"
          value={String(heard)}
          data={[
            { value: 'null', label: 'Hear all' },
            ...HEARD.map((share) => ({ value: String(share), label: `top ${100 * share} %` })),
          ]}
          onChange={(value) => useInspect.setState({ heard: value === 'null' ? null : Number(value) })}
        />
      )}
      <Select
        size="xs"
        w={250}
        aria-label="Gradients through time"
        allowDeselect={false}
        value={gradients ?? NONE}
        data={Object.entries(GRADIENT_NAMES).map(([value, label]) => ({ value, label }))}
        onChange={(value) =>
          value && useHabits.setState({ gradients: value === NONE ? null : (value as GradientSource) })
        }
      />
      <span className={classes.dim}>{units.map((size) => plural(size, 'unit')).join(', ')}</span>
    </>
  );
}
