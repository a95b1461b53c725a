// What the border asks of arithmetic by element, with broadcasting, and of reductions.
#pragma once
#include <cstdint>

namespace hark {

enum Unary {
  NEGATE, ABSOLUTE, SQUARE, ROOT, INVERSE_ROOT, RECIPROCAL, EXPONENTIAL, LOGARITHM, LOGISTIC, HYPERBOLIC_TANGENT, POSITIVE, STEP, ELU, LEAKY
};
enum Binary { ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, MINIMUM, SQUARED_DIFFERENCE };
enum Reduction { SUM, MEAN_OF, LARGEST, SMALLEST };

// The axes of a result, and how far each factor moves along them: 0 where it is repeated. Along the last: 0 or 1.
struct Broadcast {
  static constexpr int RANK = 6;
  int rank;
  int size[RANK], stepA[RANK], stepB[RANK];
};

struct ArithmeticKernels {
  // parameter: the slope of LEAKY below zero
  void (*unary)(Unary, int size, float parameter, const float* x, float* y);
  void (*binary)(Binary, const Broadcast&, const float* a, const float* b, float* y);
  // y [outer, inner] from x [outer, count, inner]
  void (*reduce)(Reduction, int outer, int count, int inner, const float* x, float* y);
  void (*softmax)(int rows, int size, bool logarithm, const float* x, float* y);
  // y = condition ? a : b, a condition for each `inner` values
  void (*select)(int count, int inner, const uint8_t* condition, const float* a, const float* b, float* y);
};

}  // namespace hark
