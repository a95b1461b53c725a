import type { EditOf } from '#shared/domain/edit.ts';
import { band, butterworth, Cascade, type Biquad } from './biquad.ts';
import { BLOCK } from './block.ts';
import type { Operation } from './operation.ts';
import { changed } from './span.ts';

const SECTIONS: Record<EditOf<'filter'>['filter'], (edit: EditOf<'filter'>, sampleRate: number) => Biquad[]> = {
  lowPass: ({ frequency, order }, sampleRate) => butterworth('lowPass', frequency, order, sampleRate),
  highPass: ({ frequency, order }, sampleRate) => butterworth('highPass', frequency, order, sampleRate),
  bandPass: ({ frequency, width }, sampleRate) => [band('bandPass', frequency, width!, sampleRate)],
  notch: ({ frequency, width }, sampleRate) => [band('notch', frequency, width!, sampleRate)],
};

/** Forward in time only, as SoX filters; at rest where the span begins, and cut off where it ends, as editors do on a selection. */
export const filter: Operation<'filter'> = (signal, edit, context) => {
  const sections = SECTIONS[edit.filter](edit, signal.sampleRate);
  const cascades = signal.channels.map(() => new Cascade(sections));
  const work = new Float64Array(BLOCK);
  return changed(signal, edit, context, (samples, channel) => {
    const exact = work.subarray(0, samples.length);
    exact.set(samples);
    cascades[channel].run(exact);
    samples.set(exact);
  });
};
