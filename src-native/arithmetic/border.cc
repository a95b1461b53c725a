#include "../base/border.h"
#include "table.h"

namespace hark {

HARK_TABLE(ArithmeticKernels, arithmetic)

namespace {

size_t product(const Napi::CallbackInfo& info, double a, double b, double c = 1) {
  if (!(a * b * c <= INT32_MAX)) throw Napi::TypeError::New(info.Env(), "the sizes are too large");
  return size_t(a * b * c);
}

// operation, parameter, x, y
void unary(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Unary operation = Unary(a.integer("operation", NEGATE, LEAKY));
  const float parameter = float(a.number("parameter"));
  Napi::Float32Array x = a.floatArray("x");
  product(info, double(x.ElementLength()), 1);
  float* y = a.floats("y", x.ElementLength());
  arithmetic().unary(operation, int(x.ElementLength()), parameter, x.Data(), y);
}

// operation, shape (Int32Array: of each axis its size, the step of a, the step of b), a, b, y
void binary(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Binary operation = Binary(a.integer("operation", ADD, SQUARED_DIFFERENCE));
  Broadcast s;
  s.rank = a.integer("rank", 1, Broadcast::RANK);
  const int* shape = a.integers("shape", size_t(s.rank) * 3, 0, INT32_MAX);
  double size = 1, lastA = 0, lastB = 0;
  for (int axis = 0; axis < s.rank; axis++) {
    s.size[axis] = shape[3 * axis];
    s.stepA[axis] = shape[3 * axis + 1];
    s.stepB[axis] = shape[3 * axis + 2];
    size *= s.size[axis];
    lastA += (s.size[axis] - 1.0) * s.stepA[axis];
    lastB += (s.size[axis] - 1.0) * s.stepB[axis];
  }
  const int last = s.rank - 1;
  if (size < 1 || s.stepA[last] > 1 || s.stepB[last] > 1) throw Napi::TypeError::New(info.Env(), "shape makes no rows");
  product(info, size, 1);
  product(info, lastA + 1, 1);
  product(info, lastB + 1, 1);
  const float* left = a.room("a", size_t(lastA) + 1);
  const float* right = a.room("b", size_t(lastB) + 1);
  arithmetic().binary(operation, s, left, right, a.floats("y", size_t(size)));
}

// kind, outer, count, inner, x [outer, count, inner], y [outer, inner]
void reduce(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Reduction kind = Reduction(a.integer("kind", SUM, SMALLEST));
  const int outer = a.integer("outer", 1, INT32_MAX), count = a.integer("count", 1, INT32_MAX), inner = a.integer("inner", 1, INT32_MAX);
  const float* x = a.floats("x", product(info, outer, count, inner));
  arithmetic().reduce(kind, outer, count, inner, x, a.floats("y", product(info, outer, inner)));
}

// rows, size, logarithm, x, y
void softmax(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const int rows = a.integer("rows", 1, INT32_MAX), size = a.integer("size", 1, INT32_MAX);
  const bool logarithm = a.flag("logarithm");
  const float* x = a.floats("x", product(info, rows, size));
  arithmetic().softmax(rows, size, logarithm, x, a.floats("y", product(info, rows, size)));
}

// inner, condition, a, b, y
void select(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const int inner = a.integer("inner", 1, INT32_MAX);
  Napi::Uint8Array condition = a.byteArray("condition");
  const size_t size = product(info, double(condition.ElementLength()), inner);
  const float* left = a.floats("a", size);
  const float* right = a.floats("b", size);
  arithmetic().select(int(condition.ElementLength()), inner, condition.Data(), left, right, a.floats("y", size));
}

}  // namespace

void addArithmetic(Napi::Env env, Napi::Object exports) {
  add<unary>(env, exports, "unary");
  add<binary>(env, exports, "binary");
  add<reduce>(env, exports, "reduce");
  add<softmax>(env, exports, "softmax");
  add<select>(env, exports, "select");
}

}  // namespace hark
