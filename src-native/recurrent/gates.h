// What sets the cells apart: where a gate's numbers stand, and the arithmetic of one step for W units of one sequence.
#pragma once
#include "../base/vector.h"

namespace {

// The gates of a block of UNITS hidden units of one row stand together: WIDTH vectors, position by position. Positions
// FROM_X.. are fed by W_ih x, positions FROM_H.. by W_hh h (they differ for GRU's new gate, whose two halves stay apart), GATES
// of each. gateOfX/H: PyTorch's number of the gate at such a position.
template <int CELL>
struct Gates;

template <>
struct Gates<hark::RNN> {
  static constexpr int VECTORS = 2, POSITIONS = 1, GATES = 1, FROM_X = 0, FROM_H = 0;
  static constexpr int ROWS = REGISTERS == 32 ? 12 : 6;
  static constexpr bool HAS_C = false, KEEPS_GATES = false;
  static constexpr int gateOfX[1] = {0}, gateOfH[1] = {0};
};
template <>
struct Gates<hark::LSTM> {
  static constexpr int VECTORS = 1, POSITIONS = 4, GATES = 4, FROM_X = 0, FROM_H = 0;
  static constexpr int ROWS = REGISTERS == 32 ? 6 : 3;
  static constexpr bool HAS_C = true, KEEPS_GATES = true;
  static constexpr int gateOfX[4] = {0, 1, 2, 3}, gateOfH[4] = {0, 1, 2, 3};
};
// Positions: n's part from x, r, z, n's part from h.
template <>
struct Gates<hark::GRU> {
  static constexpr int VECTORS = 1, POSITIONS = 4, GATES = 3, FROM_X = 0, FROM_H = 1;
  static constexpr int ROWS = REGISTERS == 32 ? 6 : 3;
  static constexpr bool HAS_C = false, KEEPS_GATES = true;
  static constexpr int gateOfX[3] = {2, 0, 1}, gateOfH[3] = {0, 1, 2};
};

template <int CELL>
constexpr int UNITS = Gates<CELL>::VECTORS * W;  // hidden units of a block
template <int CELL>
constexpr int WIDTH = Gates<CELL>::POSITIONS * UNITS<CELL>;  // floats of a block of one row
template <int CELL>
constexpr int FED = Gates<CELL>::GATES * UNITS<CELL>;  // those of them that x (or h) feeds

// z: pre-activations in, what the way back needs out. Returns h; c is the state, before and after.
inline V stepOf(Size<hark::RNN>, V (&z)[1], V, V&) { return tanhOf(z[0]); }

inline V stepOf(Size<hark::LSTM>, V (&z)[4], V, V& c) {
  z[0] = sigmoid(z[0]);
  z[1] = sigmoid(z[1]);
  z[2] = tanhOf(z[2]);
  z[3] = sigmoid(z[3]);
  c = z[1] * c + z[0] * z[2];
  return z[3] * tanhOf(c);
}

inline V stepOf(Size<hark::GRU>, V (&z)[4], V before, V&) {
  V r = sigmoid(z[1]), u = sigmoid(z[2]);
  V n = tanhOf(z[0] + r * z[3]);
  z[0] = n;
  z[1] = r;
  z[2] = u;
  return n + u * (before - n);
}

// The way back. z: what stepOf left in, gradients of the pre-activations out. dh: gradient of h in, the part of h_(t-1)'s that
// does not pass W_hh out. dc: gradient of c_t in, of c_(t-1) out.
inline void backOf(Size<hark::RNN>, V (&z)[1], V h, V, V, V, V& dh, V&) {
  z[0] = dh * (splat(1.0f) - h * h);
  dh = V{};
}

inline void backOf(Size<hark::LSTM>, V (&z)[4], V, V, V c, V cBefore, V& dh, V& dc) {
  const V one = splat(1.0f);
  V i = z[0], f = z[1], g = z[2], o = z[3];
  V squashed = tanhOf(c);
  V d = dc + dh * o * (one - squashed * squashed);
  z[0] = d * g * i * (one - i);
  z[1] = d * cBefore * f * (one - f);
  z[2] = d * i * (one - g * g);
  z[3] = dh * squashed * o * (one - o);
  dc = d * f;
  dh = V{};
}

inline void backOf(Size<hark::GRU>, V (&z)[4], V, V hBefore, V, V, V& dh, V&) {
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
