/**
 * Mixes channels down to one: their mean, so that full scale stays full scale.
 * @param channels at least one, all of one length
 * @returns the channel itself if there is only one
 */
export function mixDown(channels: readonly Float32Array[]): Float32Array {
  if (channels.length === 1) return channels[0];
  const mono = new Float32Array(channels[0].length);
  for (let n = 0; n < mono.length; n++) {
    let sum = 0;
    for (const samples of channels) sum += samples[n];
    mono[n] = sum / channels.length;
  }
  return mono;
}
