/** `length` bytes as Latin-1 text. */
export function ascii(bytes: Uint8Array, offset: number, length: number): string {
  let text = '';
  for (let i = offset; i < Math.min(offset + length, bytes.length); i++) text += String.fromCharCode(bytes[i]);
  return text;
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A chunk of a RIFF or IFF file. */
export interface Chunk {
  id: string;
  /** Of its first content byte. */
  offset: number;
  /** Bytes of content as stated; the file may hold fewer. */
  size: number;
}
