const MOST_TURNS = 60;
const PRECISION = 1e-10;

/**
 * All roots of z^n + c[0] z^(n-1) + ... + c[n-1] at once, by the method of O. Aberth (Math. Comp. 27, 1973) and L. W. Ehrlich:
 * Newton's step for each, kept off the others as by charges of one sign.
 * @returns real and imaginary parts [n]
 */
export function polynomialRoots(coefficients: Float64Array): { re: Float64Array; im: Float64Array } {
  const degree = coefficients.length;
  // Off the real axis and not mirrored, or pairs could not part.
  const angle = (k: number) => (2 * Math.PI * (k + 0.3)) / degree;
  const re = Float64Array.from({ length: degree }, (_, k) => 0.9 * Math.cos(angle(k)));
  const im = Float64Array.from({ length: degree }, (_, k) => 0.9 * Math.sin(angle(k)));
  for (let turn = 0, moved = 1; turn < MOST_TURNS && moved > PRECISION; turn++) {
    moved = 0;
    for (let k = 0; k < degree; k++) {
      // Horner's scheme for the value p and the slope q.
      let [pRe, pIm, qRe, qIm] = [1, 0, 0, 0];
      for (let c = 0; c < degree; c++) {
        [qRe, qIm] = [qRe * re[k] - qIm * im[k] + pRe, qRe * im[k] + qIm * re[k] + pIm];
        [pRe, pIm] = [pRe * re[k] - pIm * im[k] + coefficients[c], pRe * im[k] + pIm * re[k]];
      }
      let [sumRe, sumIm] = [0, 0];
      for (let other = 0; other < degree; other++) {
        if (other === k) continue;
        const [gapRe, gapIm] = [re[k] - re[other], im[k] - im[other]];
        const square = gapRe * gapRe + gapIm * gapIm || Number.MIN_VALUE;
        sumRe += gapRe / square;
        sumIm -= gapIm / square;
      }
      // The step is p / (q - p sum).
      const divisorRe = qRe - (pRe * sumRe - pIm * sumIm);
      const divisorIm = qIm - (pRe * sumIm + pIm * sumRe);
      const square = divisorRe * divisorRe + divisorIm * divisorIm;
      if (!(square > 0)) continue;
      const stepRe = (pRe * divisorRe + pIm * divisorIm) / square;
      const stepIm = (pIm * divisorRe - pRe * divisorIm) / square;
      re[k] -= stepRe;
      im[k] -= stepIm;
      moved = Math.max(moved, Math.abs(stepRe), Math.abs(stepIm));
    }
  }
  return { re, im };
}
