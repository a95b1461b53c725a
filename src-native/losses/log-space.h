// Vectors of doubles, and sums of numbers that are given by their logarithms. The terms' errors are below 1e-9.
#pragma once
#include "../base/vector.h"

namespace {

constexpr int DW = W / 2;
typedef double D __attribute__((vector_size(DW * 8)));
typedef int64_t J __attribute__((vector_size(DW * 8)));
typedef double UnalignedD __attribute__((vector_size(DW * 8), aligned(8), may_alias));

inline D spread(double s) { return D{} + s; }
inline D loadD(const double* p) { return *reinterpret_cast<const UnalignedD*>(p); }
inline void storeD(double* p, D v) { *reinterpret_cast<UnalignedD*>(p) = v; }

// The logarithm of what is impossible. Finite, so that differences stay numbers: sums of it over all frames do not overflow.
constexpr double IMPOSSIBLE = -1e300;

// e^x for x <= 0, 1e-304 where it would be less. As in vector.h, adding 1.5 * 2^52 leaves n in the low bits.
inline D exponentialD(D x) {
  const D least = spread(-700), shifter = spread(6755399441055744.0);
  x = least > x ? least : x;
  const D shifted = x * spread(1.4426950408889634) + shifter;
  const D n = shifted - shifter;
  const D r = x - n * spread(0.6931471805599453);
  // Taylor's series to r^9, |r| <= ln 2 / 2: even and odd powers apart, which do not wait for each other.
  const D q = r * r;
  D even = q * spread(1.0 / 40320) + spread(1.0 / 720), odd = q * spread(1.0 / 362880) + spread(1.0 / 5040);
  even = even * q + spread(1.0 / 24), odd = odd * q + spread(1.0 / 120);
  even = even * q + spread(0.5), odd = odd * q + spread(1.0 / 6);
  even = even * q + spread(1), odd = odd * q + spread(1);
  const J power = ((J)shifted - (0x4338000000000000 - 1023)) << 52;
  return (odd * r + even) * (D)power;
}

// ln(1 + x) for 0 <= x <= 2: ln y = 2 artanh((y - 1) / (y + 1)), with y or y / 2 in 0.7 .. 1.5.
inline D logOnePlus(D x) {
  const D zero = spread(0), one = spread(1);
  const auto large = x > spread(0.41421356237309503);
  const D half = large ? one : zero;
  const D s = (x - half) / (x + spread(2) + half);
  const D q = s * s, qq = q * q;
  D even = qq * spread(2.0 / 13) + spread(2.0 / 9), odd = qq * spread(2.0 / 11) + spread(2.0 / 7);
  even = even * qq + spread(2.0 / 5), odd = odd * qq + spread(2.0 / 3);
  even = even * qq + spread(2);
  return (odd * q + even) * s + half * spread(0.6931471805599453);
}

// ln(e^a + e^b), ln(e^a + e^b + e^c). Not a number stays so.
inline D addLogs(D a, D b) {
  const auto more = a > b;
  const D high = more ? a : b, low = more ? b : a;
  return high + logOnePlus(exponentialD(low - high));
}
inline D addLogs(D a, D b, D c) {
  const auto first = a > b;
  const D low = first ? b : a, high = first ? a : b;
  const auto second = high > c;
  const D middle = second ? c : high, top = second ? high : c;
  return top + logOnePlus(exponentialD(low - top) + exponentialD(middle - top));
}

}  // namespace
