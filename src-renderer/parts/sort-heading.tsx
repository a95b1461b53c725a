import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import classes from './sort-heading.module.css';

interface Props {
  title: string;
  /** Whether the rows are in this column's order, and which way; null: they are not. */
  order: 'ascending' | 'descending' | null;
  right?: boolean | undefined;
  /** Chosen again it turns round. */
  onSort: (descending: boolean) => void;
}

/** The heading of a column of a grid that its rows can be sorted by. */
export function SortHeading({ title, order, right, onSort }: Props) {
  const Arrow = order === 'descending' ? IconArrowDown : IconArrowUp;
  return (
    <span role="columnheader" aria-sort={order ?? 'none'} data-right={right || undefined}>
      <button
        className={classes.sort}
        onClick={() => onSort(order === 'ascending')}
        title={`Sort by ${title.toLowerCase()}`}
      >
        {title}
        {order && <Arrow size={12} aria-hidden />}
      </button>
    </span>
  );
}
