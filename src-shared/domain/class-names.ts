/** Labels in the order people write them: "2" before "10". */
export function classNames(clips: readonly { label: string }[]): string[] {
  const { compare } = new Intl.Collator('en', { numeric: true });
  return [...new Set(clips.map((clip) => clip.label))].sort((a, b) => compare(a, b) || (a < b ? -1 : 1));
}
