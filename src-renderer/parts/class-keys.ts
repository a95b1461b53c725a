/**
 * Which digit sets which class. A class that is itself called by a digit keeps it; the others take those left,
 * 1 to 9 and then 0, in the classes' order. Classes beyond ten have none.
 */
export function classKeys(classes: readonly string[]): Map<string, string> {
  const keys = new Map(classes.filter((name) => /^\d$/.test(name)).map((name) => [name, name]));
  const taken = new Set(keys.values());
  const free = [...'1234567890'].filter((digit) => !taken.has(digit));
  for (const name of classes) {
    if (keys.has(name)) continue;
    const digit = free.shift();
    if (digit === undefined) break;
    keys.set(name, digit);
  }
  return keys;
}
