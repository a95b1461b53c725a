/** src-native/peak */
export interface PeakCalls {
  /**
   * Floating-point operations a second that `threads` threads reach together in multiply-adds on registers, a multiply-add being
   * two: what no kernel of the instruction set in use can exceed on this machine. Blocks for `milliseconds`, 1..10,000.
   */
  fmaPeak(threads: number, milliseconds: number): number;
}
