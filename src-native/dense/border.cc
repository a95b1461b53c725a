#include "../base/border.h"
#include "table.h"

namespace hark {

HARK_TABLE(DenseKernels, dense)

namespace {

// m, n, k, a [m, k] (transposed: [k, m]), transposeA, b [k, n] (transposed: [n, k]), transposeB, bias [n] | null, c [m, n]
void product(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Product p;
  p.m = a.integer("m", 1, MOST_FRAMES);
  p.n = a.integer("n", 1, MOST_FRAMES);
  p.k = a.integer("k", 0, MOST_FRAMES);
  p.a = a.floats("a", size_t(p.m) * p.k);
  p.transposeA = a.flag("transposeA");
  p.b = a.floats("b", size_t(p.k) * p.n);
  p.transposeB = a.flag("transposeB");
  p.bias = a.floatsOrNull("bias", p.n);
  p.c = a.floats("c", size_t(p.m) * p.n);
  dense().product(p);
}

}  // namespace

void addDense(Napi::Env env, Napi::Object exports) {
  add<product>(env, exports, "product");
}

}  // namespace hark
