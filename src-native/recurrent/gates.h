// What sets the cells apart: where a gate's numbers stand, and the arithmetic of one step for W units of one sequence.
#pragma once
#include "../base/vector.h"

namespace {

// The gates of a block of UNITS hidden units of one row stand together: WIDTH floats, position by position. Positions FROM_X..
// are fed by W_ih x, positions FROM_H.. by W_hh h (they differ for GRU's new gate, whose two halves stay apart), GATES of each.
// gateOfX/H: PyTorch's number of the gate at such a position. positionOf: where the gates stand in PyTorch's order.
template <int CELL>
struct Gates;

template <>
struct Gates<hark::RNN> {
  static constexpr int POSITIONS = 1, GATES = 1, FROM_X = 0, FROM_H = 0;
  static constexpr bool HAS_C = false, KEEPS_GATES = false;
  static constexpr int gateOfX[1] = {0}, gateOfH[1] = {0};
};
template <>
struct Gates<hark::LSTM> {
  static constexpr int POSITIONS = 4, GATES = 4, FROM_X = 0, FROM_H = 0;
  static constexpr bool HAS_C = true, KEEPS_GATES = true;
  static constexpr int gateOfX[4] = {0, 1, 2, 3}, gateOfH[4] = {0, 1, 2, 3}, positionOf[5] = {0, 1, 2, 3};
};
// Positions: n's part from x, r, z, n's part from h.
template <>
struct Gates<hark::GRU> {
  static constexpr int POSITIONS = 4, GATES = 3, FROM_X = 0, FROM_H = 1;
  static constexpr bool HAS_C = false, KEEPS_GATES = true;
  static constexpr int gateOfX[3] = {2, 0, 1}, gateOfH[3] = {0, 1, 2}, positionOf[4] = {1, 2, 0, 3};
};

// Two vectors of units a position, and as many rows at once as the registers hold: the widest tile of a product there is.
constexpr int VECTORS = 2, UNITS = VECTORS * W, STEP_ROWS = REGISTERS == 32 ? 12 : 6;
template <int CELL>
constexpr bool fedByX(int position) {
  return position >= Gates<CELL>::FROM_X && position < Gates<CELL>::FROM_X + Gates<CELL>::GATES;
}
template <int CELL>
constexpr bool fedByH(int position) {
  return position >= Gates<CELL>::FROM_H && position < Gates<CELL>::FROM_H + Gates<CELL>::GATES;
}
template <int CELL>
constexpr int WIDTH = Gates<CELL>::POSITIONS * UNITS;  // floats of a block of one row
template <int CELL>
constexpr int FED = Gates<CELL>::GATES * UNITS;  // those of them that x (or h) feeds

// One step of N rows side by side. z: pre-activations in, what the way back needs out. before: h_(t-1) (GRU's alone); c: the
// cell state, before and after.
template <int N>
inline void stepOf(Size<hark::RNN>, V (&z)[1][N], const V (&)[N], V (&)[N], V (&h)[N]) {
  tanhOfEach(z[0]);
  HARK_EACH h[i] = z[0][i];
}

template <int N>
inline void stepOf(Size<hark::LSTM>, V (&z)[4][N], const V (&)[N], V (&c)[N], V (&h)[N]) {
  sigmoidOfEach(z[0]);
  sigmoidOfEach(z[1]);
  tanhOfEach(z[2]);
  HARK_EACH h[i] = c[i] = z[1][i] * c[i] + z[0][i] * z[2][i];
  sigmoidOfEach(z[3]);
  tanhOfEach(h);
  HARK_EACH h[i] = z[3][i] * h[i];
}

template <int N>
inline void stepOf(Size<hark::GRU>, V (&z)[4][N], const V (&before)[N], V (&)[N], V (&h)[N]) {
  sigmoidOfEach(z[1]);
  sigmoidOfEach(z[2]);
  HARK_EACH z[0][i] = z[0][i] + z[1][i] * z[3][i];
  tanhOfEach(z[0]);
  HARK_EACH h[i] = z[0][i] + z[2][i] * (before[i] - z[0][i]);
}

// The way back of one row. z: what stepOf left in, gradients of the pre-activations out. h: h_t (for GRU h_(t-1)); cBefore:
// c_(t-1). dh: gradient of h_t in, the part of h_(t-1)'s that does not pass W_hh out. dc: gradient of c_t in, of c_(t-1) out.
inline void backOf(Size<hark::RNN>, V (&z)[1], V h, V, V& dh, V&) {
  z[0] = dh * (splat(1.0f) - h * h);
  dh = V{};
}

inline void backOf(Size<hark::LSTM>, V (&z)[4], V h, V cBefore, V& dh, V& dc) {
  const V one = splat(1.0f);
  V i = z[0], f = z[1], g = z[2], o = z[3];
  // tanh c = h / o: a division instead of another exponential. Where o is next to nothing, so is all that it is multiplied by.
  V squashed = h / greatest(o, splat(1e-30f));
  V d = dc + dh * o * (one - squashed * squashed);
  z[0] = d * g * i * (one - i);
  z[1] = d * cBefore * f * (one - f);
  z[2] = d * i * (one - g * g);
  z[3] = dh * squashed * o * (one - o);
  dc = d * f;
  dh = V{};
}

inline void backOf(Size<hark::GRU>, V (&z)[4], V hBefore, V, V& dh, V&) {
  const V one = splat(1.0f);
  V n = z[0], r = z[1], u = z[2], fromH = z[3];
  V dn = dh * (one - u) * (one - n * n);
  z[0] = dn;
  z[1] = dn * fromH * r * (one - r);
  z[2] = dh * (hBefore - n) * u * (one - u);
  z[3] = dn * r;
  dh = dh * u;
}

}  // namespace
