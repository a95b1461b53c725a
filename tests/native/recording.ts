import type { NativeAddon } from '#main/engine/native/addon.ts';
import { NativeBackend } from '#main/engine/native/backend.ts';

type Values = Float32Array | Int32Array;
type Loose = Record<string, (...args: unknown[]) => unknown>;
const isValues = (value: unknown): value is Values => value instanceof Float32Array || value instanceof Int32Array;

/** A call of the addon as it was: arguments before it, its arrays after it, what it answered. */
export interface Call {
  name: string;
  args: unknown[];
  after: (Values | null)[];
  answer: unknown;
  /** By argument: the workspace it is, which a later call reads; its layout is the kernels' own affair. */
  workspaces: (number | null)[];
}

/** Functions that set something and compute nothing. */
export const SETTINGS = ['setThreads', 'instructionSet', 'useInstructionSet', 'readBeyond'];

export const functionsOf = (addon: NativeAddon): string[] =>
  Object.keys(addon).filter((name) => !SETTINGS.includes(name));

/** How often a workspace was lent: the same memory lent again is another workspace. */
let lendings = 0;

/** Every call of the addon's functions while `work` runs. */
export function record(addon: NativeAddon, work: () => void): Call[] {
  const calls: Call[] = [];
  const lent = new Map<Values, number>();
  const functions = addon as unknown as Loose;
  const own = new Map(functionsOf(addon).map((name) => [name, functions[name]]));
  const { lendWorkspace } = NativeBackend.prototype;
  NativeBackend.prototype.lendWorkspace = function (size) {
    const workspace = lendWorkspace.call(this, size);
    lent.set(workspace.values, lendings++);
    return workspace;
  };
  for (const [name, call] of own)
    functions[name] = (...args) => {
      const before = args.map((value) => (isValues(value) ? value.slice() : value));
      const answer = call(...args);
      const workspaces = args.map((value) => (isValues(value) ? (lent.get(value) ?? null) : null));
      calls.push({ name, args: before, after: args.map((v) => (isValues(v) ? v.slice() : null)), answer, workspaces });
      return answer;
    };
  try {
    work();
  } finally {
    for (const [name, call] of own) functions[name] = call;
    NativeBackend.prototype.lendWorkspace = lendWorkspace;
  }
  return calls;
}

/** Numbers between which an array stands: what is read of them spoils a result, what is written there is seen. */
const MARGIN = 96;
/** Workspaces are laid out in vectors, whose width differs between instruction sets. */
const WORKSPACE = 4;

export interface Replayed {
  call: Call;
  /** By argument; null: no array, or a workspace. */
  arrays: (Values | null)[];
  answer: unknown;
  /** Whether the guards round every array are as they were. */
  within: boolean;
}

/** Does recorded calls again, in their order, each array between guards of NaN. @param change the values that go in */
export function replay(
  addon: NativeAddon,
  calls: readonly Call[],
  change: (values: Float32Array) => Float32Array = (values) => values,
): Replayed[] {
  const workspaces = new Map<number, Float32Array>();
  return calls.map((call) => {
    const guards: Values[] = [];
    const guarded = (values: Values): Values => {
      const Kind = values instanceof Float32Array ? Float32Array : Int32Array;
      const all = new Kind(values.length + 2 * MARGIN).fill(NaN);
      guards.push(all);
      const inner = all.subarray(MARGIN, MARGIN + values.length);
      inner.set(values);
      return inner;
    };
    const args = call.args.map((value, index) => {
      const workspace = call.workspaces[index];
      if (workspace !== null) {
        if (!workspaces.has(workspace))
          workspaces.set(workspace, new Float32Array(WORKSPACE * (value as Values).length));
        return workspaces.get(workspace);
      }
      if (value instanceof Float32Array) return guarded(change(value));
      return isValues(value) ? guarded(value) : value;
    });
    const answer = (addon as unknown as Loose)[call.name](...args);
    const untouched = (value: number) => Number.isNaN(value) || value === 0;
    return {
      call,
      arrays: args.map((value, index) => (isValues(value) && call.workspaces[index] === null ? value : null)),
      answer,
      within: guards.every((all) =>
        [all.subarray(0, MARGIN), all.subarray(all.length - MARGIN)].every((margin) =>
          all instanceof Float32Array ? margin.every(Number.isNaN) : margin.every(untouched),
        ),
      ),
    };
  });
}
