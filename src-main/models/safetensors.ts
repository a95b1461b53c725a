import { HarkError } from '#shared/domain/errors.ts';

export interface NamedTensor {
  shape: number[];
  values: Float32Array;
}
export type Tensors = Map<string, NamedTensor>;

export interface Safetensors {
  tensors: Tensors;
  /** Free words that travel with the tensors. */
  metadata: Record<string, string>;
}

/** More than any header of ours, and little enough to parse without harm (the format's own limit). */
const LARGEST_HEADER = 100_000_000;

/**
 * Tensors in the safetensors format (github.com/huggingface/safetensors): 8 bytes length of the header, little-endian; the
 * header, JSON padded with spaces to a multiple of 8; the values, little-endian, in the order given, without gaps.
 */
export function encodeSafetensors({ tensors, metadata }: Safetensors): Uint8Array {
  let bytes = 0;
  const entries = [...tensors].map(([name, { shape, values }]) => {
    if (values.length !== shape.reduce((size, n) => size * n, 1))
      throw new HarkError('internal', `${name} holds ${values.length} values, not [${shape.join(', ')}].`);
    const begin = bytes;
    bytes += values.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [begin, bytes] }] as const;
  });
  const json = new TextEncoder().encode(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }));
  const header = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + header + bytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(header), true);
  file.fill(0x20, 8, 8 + header);
  file.set(json, 8);
  let at = 8 + header;
  for (const { values } of tensors.values()) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return file;
}

/**
 * Reads what `encodeSafetensors` (or PyTorch's safetensors, in float32) wrote; every number in it is checked before it is used.
 * @param where the file's name, for the error
 * @throws HarkError `unreadable-file`
 */
export function decodeSafetensors(file: Uint8Array, where: string): Safetensors {
  const damaged = (reason: string): HarkError =>
    new HarkError('unreadable-file', `This is not a whole safetensors file: ${reason}.`, { where });
  if (file.length < 8) throw damaged('it is shorter than its first field');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(Math.min(LARGEST_HEADER, file.length - 8))) throw damaged('its header is cut off');
  const start = 8 + Number(length);
  const header = parseHeader(file.subarray(8, start), damaged);

  const tensors: Tensors = new Map();
  // Not file.subarray: a Buffer's `slice` would not copy.
  const data = new Uint8Array(file.buffer, file.byteOffset + start, file.length - start);
  let end = 0;
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const { read, shape, begin, finish } = checkEntry(name, entry, data.length, damaged);
    // A copy: the values need not lie at a multiple of their size.
    const values = read(data.slice(begin, finish).buffer);
    if (!values) throw damaged(`${name} holds whole numbers too large for F32`);
    tensors.set(name, { shape, values });
    end = Math.max(end, finish);
  }
  if (end !== data.length) throw damaged(`${data.length - end} bytes behind the last tensor`);
  return { tensors, metadata: checkMetadata(header['__metadata__'], damaged) };
}

/** What is read: floats, and the whole numbers that PyTorch counts batches with (exactly, or not at all). */
const TYPES: Record<string, { bytes: number; read(buffer: ArrayBuffer): Float32Array | null }> = {
  F32: { bytes: 4, read: (buffer) => new Float32Array(buffer) },
  I64: {
    bytes: 8,
    read(buffer) {
      const exact = [...new BigInt64Array(buffer)].map(Number);
      const values = Float32Array.from(exact);
      return values.every((value, i) => value === exact[i]) ? values : null;
    },
  },
};

type Damaged = (reason: string) => HarkError;

function parseHeader(bytes: Uint8Array, damaged: Damaged): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw damaged('its header is not JSON');
  }
  if (!isObject(header)) throw damaged('its header is not an object');
  return header;
}

function checkEntry(name: string, entry: unknown, available: number, damaged: Damaged) {
  if (!isObject(entry)) throw damaged(`${name} is not described`);
  const { dtype, shape, data_offsets: offsets } = entry;
  const type = typeof dtype === 'string' && Object.hasOwn(TYPES, dtype) ? TYPES[dtype] : undefined;
  if (!type) throw damaged(`${name} holds ${String(dtype)}; only F32 and I64 are read`);
  if (!isWholeNumbers(shape)) throw damaged(`the shape of ${name} makes no sense`);
  if (!isWholeNumbers(offsets) || offsets.length !== 2) throw damaged(`the place of ${name} makes no sense`);
  const [begin, finish] = offsets;
  const size = shape.reduce((product, n) => product * n, type.bytes);
  if (finish > available) throw damaged(`${name} is cut off`);
  if (finish - begin !== size) throw damaged(`${name} has ${finish - begin} bytes for [${shape.join(', ')}]`);
  return { read: type.read, shape, begin, finish };
}

function checkMetadata(metadata: unknown, damaged: Damaged): Record<string, string> {
  if (metadata === undefined) return {};
  if (!isObject(metadata) || !Object.values(metadata).every((value) => typeof value === 'string'))
    throw damaged('its metadata are not words');
  return metadata as Record<string, string>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isWholeNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
