/** A table for a terminal: columns as wide as they need, numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => [...row[column]].length)));
  const right = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => /^[-+]?[\d.,]+( ?%)?$/.test(String(row[column]))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const gap = ' '.repeat(widths[column] - [...cell].length);
        return right[column] ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd();
  const [first, ...rest] = cells.map(line);
  return [first, widths.map((width) => '-'.repeat(width)).join('  '), ...rest].join('\n');
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** e.g. "48 s", "1 min 20 s", "2 h 5 min". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
