import { ascii } from './bytes.ts';
import type { ByteSource } from './byte-source.ts';
import { CONVERT } from './format.ts';

interface NotSound {
  match(head: Uint8Array, source: ByteSource): boolean;
  reason: string;
  remedy?: string;
}

const begins =
  (magic: string, at = 0) =>
  (head: Uint8Array) =>
    ascii(head, at, magic.length) === magic;
const riff = (kind: string) => (head: Uint8Array) => begins('RIFF')(head) && begins(kind, 8)(head);
const bytesAre =
  (...bytes: number[]) =>
  (head: Uint8Array) =>
    bytes.every((byte, i) => head[i] === byte);
const LEAVE_OUT = 'Leave it out.';
const HEAD_BYTES = 512;

/** What is found in folders of sound that is not sound Hark reads, first match first. */
const KINDS: NotSound[] = [
  {
    match: (_head, source) => source.size === 0,
    reason: 'The file is empty.',
    remedy: 'Get it again from where it came from.',
  },
  {
    match: begins('version https://git-lfs.github.com/'),
    reason: 'This is a Git LFS pointer, not sound: the recording itself was never fetched.',
    remedy: 'Run "git lfs pull" in its folder.',
  },
  {
    match: (head) => bytesAre(0, 5, 0x16, 7)(head) || bytesAre(0, 5, 0x16, 0)(head),
    reason: 'This is a macOS side file (AppleDouble), not sound.',
    remedy: LEAVE_OUT,
  },
  { match: begins('RIFX'), reason: 'This is a big-endian WAV (RIFX), which Hark cannot read.', remedy: CONVERT },
  { match: riff('AVI '), reason: 'This is a video (AVI), not a sound file.', remedy: CONVERT },
  { match: riff('WEBP'), reason: 'This is a picture (WebP), not sound.', remedy: LEAVE_OUT },
  {
    match: (head) => begins('RIFF')(head) && head.length < 12,
    reason: 'It begins like a WAV but ends inside its header.',
    remedy: 'Get it again from where it came from.',
  },
  { match: begins('RIFF'), reason: 'This is a RIFF file, but not a WAV.', remedy: CONVERT },
  { match: begins('riff'), reason: 'This is a Wave64 file, which Hark cannot read.', remedy: CONVERT },
  { match: begins('caff'), reason: 'This is a Core Audio file (CAF), which Hark cannot read.', remedy: CONVERT },
  { match: begins('#!AMR'), reason: 'This is an AMR file, which Hark cannot read.', remedy: CONVERT },
  { match: begins('wvpk'), reason: 'This is a WavPack file, which Hark cannot read.', remedy: CONVERT },
  { match: begins('MAC '), reason: 'This is a Monkey’s Audio file, which Hark cannot read.', remedy: CONVERT },
  { match: begins('MThd'), reason: 'This is a MIDI file: notes, not sound.', remedy: 'Render it to WAV first.' },
  {
    match: bytesAre(0x1a, 0x45, 0xdf, 0xa3),
    reason: 'This is a WebM or Matroska file, which Hark cannot read.',
    remedy: CONVERT,
  },
  {
    match: bytesAre(0x30, 0x26, 0xb2, 0x75),
    reason: 'This is a Windows Media file, which Hark cannot read.',
    remedy: CONVERT,
  },
  {
    match: (head) => head[0] === 0xff && (head[1] & 0xf6) === 0xf0,
    reason: 'This is a raw AAC stream, which Hark cannot read.',
    remedy: CONVERT,
  },
  { match: bytesAre(0x50, 0x4b, 3, 4), reason: 'This is a ZIP archive, not sound.', remedy: 'Unpack it first.' },
  { match: bytesAre(0x1f, 0x8b), reason: 'This is a gzip archive, not sound.', remedy: 'Unpack it first.' },
  { match: bytesAre(0x89, 0x50, 0x4e, 0x47), reason: 'This is a picture (PNG), not sound.', remedy: LEAVE_OUT },
  { match: bytesAre(0xff, 0xd8, 0xff), reason: 'This is a picture (JPEG), not sound.', remedy: LEAVE_OUT },
  { match: (head) => isText(head), reason: 'This is a text file, not sound.', remedy: LEAVE_OUT },
  { match: () => true, reason: 'This is not a kind of sound file Hark knows.', remedy: CONVERT },
];

/** Why a file that no format claims is refused, in words, and what to do about it. */
export function whyNotSound(source: ByteSource): { reason: string; remedy?: string } {
  const head = source.read(0, HEAD_BYTES);
  return KINDS.find((kind) => kind.match(head, source))!;
}

/** No control characters but white space. */
function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x20 || (byte >= 9 && byte <= 13));
}
