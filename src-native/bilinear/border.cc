#include "../base/border.h"
#include "table.h"

namespace hark {

HARK_TABLE(BilinearKernels, bilinear)

namespace {

// batch, outs, size, t [batch, outs, size], x [batch, size], bias [outs], y [batch, outs]
void join(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const int batch = a.integer("batch", 1, MOST_FRAMES), outs = a.integer("outs", 1, MOST), size = a.integer("size", 1, MOST);
  const float* t = a.floats("t", size_t(batch) * outs * size);
  const float* x = a.floats("x", size_t(batch) * size);
  const float* bias = a.floats("bias", outs);
  bilinear().join(batch, outs, size, t, x, bias, a.floats("y", size_t(batch) * outs));
}

// batch, outs, size, t, x, dy [batch, outs], dT [batch, outs, size], dX [batch, size]
void joinGradient(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const int batch = a.integer("batch", 1, MOST_FRAMES), outs = a.integer("outs", 1, MOST), size = a.integer("size", 1, MOST);
  const float* t = a.floats("t", size_t(batch) * outs * size);
  const float* x = a.floats("x", size_t(batch) * size);
  const float* dy = a.floats("dy", size_t(batch) * outs);
  float* dT = a.floats("dT", size_t(batch) * outs * size);
  bilinear().joinGradient(batch, outs, size, t, x, dy, dT, a.floats("dX", size_t(batch) * size));
}

}  // namespace

void addBilinear(Napi::Env env, Napi::Object exports) {
  add<join>(env, exports, "bilinearJoin");
  add<joinGradient>(env, exports, "bilinearJoinGradient");
}

}  // namespace hark
