#include <numeric>

#include "../base/border.h"
#include "table.h"

namespace hark {

HARK_TABLE(NormalisationKernels, normalisation)

namespace {

constexpr double MOST_GROUPS = 16;

// The leading arguments of the layer normalisation's calls: rows, groups, sizes [groups]. A row has as many values as the groups
// have together.
template <class Norm>
Norm groupsOf(Arguments& a) {
  Norm n;
  n.rows = a.integer("rows", 1, MOST_FRAMES);
  n.groups = a.integer("groups", 1, MOST_GROUPS);
  n.sizes = a.integers("sizes", n.groups, 1, int(MOST));
  n.size = std::accumulate(n.sizes, n.sizes + n.groups, 0);
  return n;
}

// ..., eps, x [rows, size], weight [size], bias [size], y [rows, size], statistics [rows, groups, 2]
void layerNorm(const Napi::CallbackInfo& info) {
  Arguments a(info);
  auto n = groupsOf<LayerNorm>(a);
  n.eps = float(a.number("eps"));
  n.x = a.floats("x", size_t(n.rows) * n.size);
  n.weight = a.floats("weight", n.size);
  n.bias = a.floats("bias", n.size);
  n.y = a.floats("y", size_t(n.rows) * n.size);
  n.statistics = a.floats("statistics", size_t(n.rows) * n.groups * 2);
  normalisation().layerNorm(n);
}

// ..., x, weight, statistics, dy, dx, dWeight, dBias
void layerNormGradient(const Napi::CallbackInfo& info) {
  Arguments a(info);
  auto n = groupsOf<LayerNormGradient>(a);
  n.x = a.floats("x", size_t(n.rows) * n.size);
  n.weight = a.floats("weight", n.size);
  n.statistics = a.floats("statistics", size_t(n.rows) * n.groups * 2);
  n.dy = a.floats("dy", size_t(n.rows) * n.size);
  n.dx = a.floats("dx", size_t(n.rows) * n.size);
  n.dWeight = a.floats("dWeight", n.size);
  n.dBias = a.floats("dBias", n.size);
  normalisation().layerNormGradient(n);
}

// The leading arguments of the batch normalisation's calls: batch, channels, span, channelsLast, live [batch] | null
struct Shape : BatchShape {
  size_t size;
  explicit Shape(Arguments& a) {
    batch = a.integer("batch", 1, MOST_FRAMES);
    channels = a.integer("channels", 1, MOST);
    span = a.integer("span", 1, MOST_FRAMES / batch);
    channelsLast = a.flag("channelsLast");
    live = a.integersOrNull("live", batch, 1, span);
    size = size_t(batch) * channels * span;
    // Without padding the sequences are one.
    if (channelsLast && !live) {
      span *= batch;
      batch = 1;
    }
  }
};

// ..., x, mean [channels], variance [channels]
void batchStatistics(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Shape shape(a);
  BatchStatistics n;
  n.x = a.floats("x", shape.size);
  n.mean = a.floats("mean", shape.channels);
  n.variance = a.floats("variance", shape.channels);
  normalisation().batchStatistics(shape, n);
}

// ..., eps, x, mean, variance, weight, bias [channels], y (zeros)
void batchNorm(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Shape shape(a);
  BatchNorm n;
  n.eps = float(a.number("eps"));
  n.x = a.floats("x", shape.size);
  n.mean = a.floats("mean", shape.channels);
  n.variance = a.floats("variance", shape.channels);
  n.weight = a.floats("weight", shape.channels);
  n.bias = a.floats("bias", shape.channels);
  n.y = a.floats("y", shape.size);
  normalisation().batchNorm(shape, n);
}

// ..., eps, training, x, mean, variance, weight, dy, dx (zeros), dWeight, dBias
void batchNormGradient(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Shape shape(a);
  BatchNormGradient n;
  n.eps = float(a.number("eps"));
  n.training = a.flag("training");
  n.x = a.floats("x", shape.size);
  n.mean = a.floats("mean", shape.channels);
  n.variance = a.floats("variance", shape.channels);
  n.weight = a.floats("weight", shape.channels);
  n.dy = a.floats("dy", shape.size);
  n.dx = a.floats("dx", shape.size);
  n.dWeight = a.floats("dWeight", shape.channels);
  n.dBias = a.floats("dBias", shape.channels);
  normalisation().batchNormGradient(shape, n);
}

}  // namespace

void addNormalisation(Napi::Env env, Napi::Object exports) {
  add<layerNorm>(env, exports, "layerNorm");
  add<layerNormGradient>(env, exports, "layerNormGradient");
  add<batchStatistics>(env, exports, "batchStatistics");
  add<batchNorm>(env, exports, "batchNorm");
  add<batchNormGradient>(env, exports, "batchNormGradient");
}

}  // namespace hark
