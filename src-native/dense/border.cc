#include "../base/border.h"
#include "table.h"

namespace hark {

HARK_TABLE(DenseKernels, dense)

namespace {

// Floats of a matrix; places in it are counted in 32 bits.
int sizeOf(const Napi::CallbackInfo& info, const char* name, int rows, int columns) {
  const int64_t size = int64_t(rows) * columns;
  if (size > INT32_MAX) throw Napi::TypeError::New(info.Env(), std::string(name) + " is too large");
  return int(size);
}

// One factor of all products of a batch: its values, then where each matrix begins in them, or null where there is one.
void readFactor(Arguments& a, const char* name, int batch, int size, const float*& values, const int*& at, const Napi::CallbackInfo& info) {
  Napi::Float32Array array = a.floatArray(name);
  if (array.ElementLength() > size_t(INT32_MAX) || array.ElementLength() < size_t(size))
    throw Napi::TypeError::New(info.Env(), std::string(name) + " has " + std::to_string(array.ElementLength()) + " values for matrices of " + std::to_string(size));
  values = array.Data();
  at = a.integersOrNull((std::string(name) + "At").c_str(), batch, 0, int(array.ElementLength()) - size);
  if (!at && array.ElementLength() != size_t(size))
    throw Napi::TypeError::New(info.Env(), std::string(name) + " has " + std::to_string(array.ElementLength()) + " values, not " + std::to_string(size));
}

// batch, m, n, k, a [m, k] (transposed: [k, m]), aAt [batch] | null, transposeA, b [k, n] (transposed: [n, k]),
// bAt [batch] | null, transposeB, bias [n] | null, activation, c [batch, m, n]
void product(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Product p;
  p.batch = a.integer("batch", 1, MOST_FRAMES);
  p.m = a.integer("m", 1, MOST_FRAMES);
  p.n = a.integer("n", 1, MOST_FRAMES);
  p.k = a.integer("k", 0, MOST_FRAMES);
  readFactor(a, "a", p.batch, sizeOf(info, "a", p.m, p.k), p.a, p.aAt, info);
  p.transposeA = a.flag("transposeA");
  readFactor(a, "b", p.batch, sizeOf(info, "b", p.k, p.n), p.b, p.bAt, info);
  p.transposeB = a.flag("transposeB");
  p.bias = a.floatsOrNull("bias", p.n);
  p.activation = Activation(a.integer("activation", LINEAR, SIGMOID));
  p.c = a.floats("c", size_t(p.batch) * sizeOf(info, "c", p.m, p.n));
  dense().product(p);
}

// activation, y, dy, dx
void activationGradient(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Activation activation = Activation(a.integer("activation", LINEAR, SIGMOID));
  Napi::Float32Array y = a.floatArray("y");
  const float* dy = a.floats("dy", y.ElementLength());
  float* dx = a.floats("dx", y.ElementLength());
  if (y.ElementLength() > size_t(INT32_MAX)) throw Napi::TypeError::New(info.Env(), "y is too large");
  dense().activationGradient(activation, int(y.ElementLength()), y.Data(), dy, dx);
}

}  // namespace

void addDense(Napi::Env env, Napi::Object exports) {
  add<product>(env, exports, "product");
  add<activationGradient>(env, exports, "activationGradient");
}

}  // namespace hark
