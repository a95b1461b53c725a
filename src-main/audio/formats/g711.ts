/**
 * ITU-T G.711 code words to samples, full scale ±1 (the 14 and 13 bit values at the top of 16).
 * mu-law: bits inverted; sign, 3-bit exponent e, 4-bit mantissa m: ((2m + 33) << e) - 33, times 4.
 * A-law: even bits inverted; e = 0: 2m + 1, else (2m + 33) << (e - 1), times 8.
 */
export const muLaw = Float32Array.from({ length: 256 }, (_, code) => {
  const word = ~code & 0xff;
  const magnitude = (((2 * (word & 15) + 33) << ((word >> 4) & 7)) - 33) * 4;
  return (word & 0x80 ? -magnitude : magnitude) / 32_768;
});

export const aLaw = Float32Array.from({ length: 256 }, (_, code) => {
  const word = code ^ 0x55;
  const exponent = (word >> 4) & 7;
  const mantissa = 2 * (word & 15);
  const magnitude = (exponent === 0 ? mantissa + 1 : (mantissa + 33) << (exponent - 1)) * 8;
  return (word & 0x80 ? magnitude : -magnitude) / 32_768;
});
