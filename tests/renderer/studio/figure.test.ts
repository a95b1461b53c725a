import { describe, expect, it } from 'vitest';
import { figure, type FigureData } from '../../../src-renderer/rooms/studio/view/figure.ts';

const DATA: FigureData = {
  title: 'six · <ada> & "ben".wav',
  parameters: 'hann 400 · FFT 512',
  view: { start: 1, end: 3 },
  waves: [{ name: 'channel 1', min: [-0.5, -1], max: [0.5, 1] }],
  spectrogram: { image: 'data:image/png;base64,AAAA', range: { scale: 'linear', fMin: 0, fMax: 8000 } },
  tiers: [{ id: 1, dataset: 1, name: 'words', kind: 'intervals', position: 0 }],
  regions: [
    {
      ...{ id: 1, clip: 1, tier: 1, start: 1.5, end: 2, fMin: 1000, fMax: 2000, label: 'a<b', note: '' },
      ...{ setBy: 'user', setAt: '2026-01-01T00:00:00Z' },
    },
  ],
};

describe('the picture to take away', () => {
  const { svg } = figure(DATA);
  it('is sound XML whatever names hold', () => {
    expect(svg).toContain('six · &lt;ada&gt; &amp; &quot;ben&quot;.wav');
    expect(svg).toContain('>a&lt;b<');
    expect(svg.match(/<(g|svg|text|clipPath)\b/g)!.length).toBe(svg.match(/<\/(g|svg|text|clipPath)>/g)!.length);
  });
  it('has vector axes, waveform and boxes around the embedded spectrogram, and the parameters', () => {
    expect(svg).toContain('<polygon');
    expect(svg).toContain('href="data:image/png;base64,AAAA"');
    expect(svg).toMatch(/>8\skHz</);
    expect(svg).toContain('>0:02.0<');
    expect(svg).toContain('hann 400 · FFT 512');
    // The box lies at a quarter of the time, and from 1/8 to 1/4 of the height (340) above the bottom.
    const [, x, y, height] =
      /<rect x="([\d.]+)" y="([\d.]+)" width="280" height="([\d.]+)" fill="none" stroke="#ffffff"/.exec(svg)!;
    expect(Number(x)).toBe(64 + 280);
    expect(Number(height)).toBe(42.5);
    expect(Number(y)).toBe(40 + 110 + 6 + 340 * 0.75);
  });
});
