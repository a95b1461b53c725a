import type { NativeAddon } from '#main/engine/native/addon.ts';
import { NativeBackend } from '#main/engine/native/backend.ts';

type Values = Float32Array | Float64Array | Int32Array | Uint8Array;
const KINDS = [Float32Array, Float64Array, Int32Array, Uint8Array];
type Loose = Record<string, (...args: unknown[]) => unknown>;
const isValues = (value: unknown): value is Values => KINDS.some((Kind) => value instanceof Kind);
/** f, which gives the same for the same array: what was one array to a call stays one. */
const once = (f: (values: Values) => Values) => {
  const known = new Map<Values, Values>();
  return (values: Values): Values => known.get(values) ?? known.set(values, f(values)).get(values)!;
};
/** An argument with `f` of each of its arrays; it may be a list of them. */
const mapArrays = (value: unknown, f: (values: Values) => Values): unknown => {
  if (Array.isArray(value)) return value.map((one) => mapArrays(one, f));
  return isValues(value) ? f(value) : value;
};

/** A call of the addon as it was: arguments before it, its arrays after it, what it answered. */
export interface Call {
  name: string;
  args: unknown[];
  after: (Values | null)[];
  answer: unknown;
  /** By argument: the workspace it is, which a later call reads; its layout is the kernels' own affair. */
  workspaces: (number | null)[];
}

/** Functions that set or measure something and compute nothing. */
export const SETTINGS = ['setThreads', 'instructionSet', 'useInstructionSet', 'readBeyond', 'fmaPeak', 'wantHugePages'];

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
      const copy = once((values) => values.slice());
      const before = args.map((value) => mapArrays(value, copy));
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
/** What whole numbers stand between. */
const WHOLE = 85;
const isGuard = (value: number) => Number.isNaN(value) || value === WHOLE;
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
    const guarded = once((given) => {
      const values = given instanceof Float32Array ? change(given) : given;
      const Kind = values.constructor as Float32ArrayConstructor;
      const isFloat = values instanceof Float32Array || values instanceof Float64Array;
      const all = new Kind(values.length + 2 * MARGIN).fill(isFloat ? NaN : WHOLE);
      guards.push(all);
      const inner = all.subarray(MARGIN, MARGIN + values.length);
      inner.set(values);
      return inner;
    });
    const args = call.args.map((value, index) => {
      const workspace = call.workspaces[index];
      if (workspace !== null) {
        if (!workspaces.has(workspace))
          workspaces.set(workspace, new Float32Array(WORKSPACE * (value as Values).length));
        return workspaces.get(workspace);
      }
      return mapArrays(value, guarded);
    });
    const answer = (addon as unknown as Loose)[call.name](...args);
    return {
      call,
      arrays: args.map((value, index) => (isValues(value) && call.workspaces[index] === null ? value : null)),
      answer,
      within: guards.every((all) =>
        [all.subarray(0, MARGIN), all.subarray(all.length - MARGIN)].every((margin) => margin.every(isGuard)),
      ),
    };
  });
}
