#include "../base/border.h"
#include "table.h"

namespace hark {

HARK_TABLE(LayerKernels, layers)

namespace {

// kind, batch, time, size, lengths, x, y, best (for MAX, else null)
void pool(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Pooling kind = Pooling(a.integer("kind", MEAN, LAST));
  const int batch = a.integer("batch", 1, MOST), time = a.integer("time", 1, MOST_FRAMES), size = a.integer("size", 1, MOST);
  const int* lengths = a.integers("lengths", batch, 1, time);
  const float* x = a.floats("x", size_t(batch) * time * size);
  float* y = a.floats("y", size_t(batch) * size);
  int* best = a.integersOrNull("best", size_t(batch) * size, 0, time - 1);
  if (kind == MAX && !best) throw Napi::TypeError::New(info.Env(), "best is missing");
  layers().pool(kind, batch, time, size, lengths, x, y, best);
}

// kind, batch, time, size, lengths, dy, best, dx (zeros)
void poolGradient(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Pooling kind = Pooling(a.integer("kind", MEAN, LAST));
  const int batch = a.integer("batch", 1, MOST), time = a.integer("time", 1, MOST_FRAMES), size = a.integer("size", 1, MOST);
  const int* lengths = a.integers("lengths", batch, 1, time);
  const float* dy = a.floats("dy", size_t(batch) * size);
  const int* best = a.integersOrNull("best", size_t(batch) * size, 0, time - 1);
  float* dx = a.floats("dx", size_t(batch) * time * size);
  if (kind == MAX && !best) throw Napi::TypeError::New(info.Env(), "best is missing");
  layers().poolGradient(kind, batch, time, size, lengths, dy, best, dx);
}

// key, threshold, scale, x, y
void dropout(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const uint32_t key = uint32_t(a.whole("key", 0, UINT32_MAX)), threshold = uint32_t(a.whole("threshold", 0, UINT32_MAX));
  const float scale = float(a.number("scale"));
  Napi::Float32Array x = a.floatArray("x");
  float* y = a.floats("y", x.ElementLength());
  if (x.ElementLength() > size_t(INT32_MAX)) throw Napi::TypeError::New(info.Env(), "x is too large");
  layers().dropout(int(x.ElementLength()), key, threshold, scale, x.Data(), y);
}

}  // namespace

void addLayers(Napi::Env env, Napi::Object exports) {
  add<pool>(env, exports, "pool");
  add<poolGradient>(env, exports, "poolGradient");
  add<dropout>(env, exports, "dropout");
}

}  // namespace hark
