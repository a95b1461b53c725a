import { describe, expect, it } from 'vitest';
import { besidePeer, isReached, oursAlone, withTail } from '../../bench/row.ts';

describe('a row', () => {
  it('is the ratio of medians, peer over ours', () => {
    const row = besidePeer('LSTM', [9, 10, 500], { name: 'torch', times: [20, 25, 30, 1000, 1] }, 2.2);
    expect(row).toMatchObject({ row: 'LSTM', peer: 'torch', oursMs: 10, peerMs: 25, ratio: 2.5, target: 2.2 });
  });

  it('says the fewest measurements behind its medians, and the quartiles of both', () => {
    const row = besidePeer('LSTM', [1, 2, 3, 4, 5], { name: 'torch', times: [10, 20, 30] }, null);
    expect(row.n).toBe(3);
    expect(row.oursQuartilesMs).toEqual([2, 4]);
    expect(row.peerQuartilesMs).toEqual([15, 25]);
  });

  it('shows ours where the peer is not installed', () => {
    const row = besidePeer('LSTM', [4, 5, 6], { name: 'librosa', times: null }, 5);
    expect(row).toMatchObject({ peer: 'librosa (not installed)', oursMs: 5, peerMs: null, ratio: null, target: 5 });
    expect(isReached(row)).toBeNull();
  });

  it('has no peer where there is none to have', () => {
    expect(oursAlone('adam', [1, 3])).toMatchObject({ peer: null, oursMs: 2, peerMs: null, ratio: null, target: null });
  });

  it('tells reached from missed, the target itself being reached', () => {
    const ratio = (peer: number) => isReached(besidePeer('x', [10], { name: 'y', times: [peer] }, 2));
    expect([ratio(19.9), ratio(20), ratio(30)]).toEqual([false, true, true]);
    expect(isReached(besidePeer('x', [10], { name: 'y', times: [20] }, null))).toBeNull();
  });

  it('knows the tail of many measurements', () => {
    const times = Array.from({ length: 201 }, (_, i) => i);
    const row = withTail(oursAlone('x', times), times, null);
    expect(row.oursMs).toBe(100);
    expect(row.oursP99Ms).toBe(198);
    expect(row).not.toHaveProperty('peerP99Ms');
    expect(withTail(row, times, [7]).peerP99Ms).toBe(7);
  });
});
