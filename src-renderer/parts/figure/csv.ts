/** A field of a CSV file, in quotes where it has to be (RFC 4180). */
export const csvField = (value: string): string =>
  /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

/** A table as a CSV file: a heading, then the rows; null is an empty field, numbers are written in full. */
export function csvOf(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  return [head, ...rows].map((row) => `${row.map((value) => csvField(String(value ?? ''))).join(',')}\r\n`).join('');
}
