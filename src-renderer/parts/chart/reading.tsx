import type { CSSProperties, ReactNode } from 'react';
import classes from './chart.module.css';

interface Props {
  title: ReactNode;
  /** Where it stands in the chart (see `beside`); without it stands where it is put. */
  place?: CSSProperties;
  children: ReactNode;
}

/** The values at the pointer. What it says also stands in a table or a label: it is for those who point. */
export function Reading({ title, place, children }: Props) {
  return (
    <div className={classes.reading} data-placed={place && true} style={place} aria-hidden>
      <div className={classes.readingTitle}>{title}</div>
      {children}
    </div>
  );
}

/** One value among them. */
export function ReadingRow({ colour, name, children }: { colour?: string; name: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.readingRow}>
      <span className={classes.dot} style={{ background: colour }} />
      <span>{name}</span>
      <span className={classes.readingValue}>{children}</span>
    </div>
  );
}

/** Beside a place of a chart, on that side which has room. @param x from the left @param width of the chart */
export const beside = (x: number, width: number, gap = 10): CSSProperties =>
  x > width / 2 ? { right: width - x + gap } : { left: x + gap };
