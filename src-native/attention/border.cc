#include "../base/border.h"
#include "table.h"

namespace hark {

HARK_TABLE(AttentionKernels, attention)

namespace {

// The leading arguments: batch, heads, queries, keys, size, queryLengths [batch] | null, keyLengths [batch] | null, causal,
// dropoutKey, dropoutThreshold, dropoutScale
struct Shape : AttentionShape {
  explicit Shape(Arguments& a) {
    batch = a.integer("batch", 1, MOST);
    heads = a.integer("heads", 1, double(1 << 30) / batch);
    queries = a.integer("queries", 1, MOST_FRAMES / batch);
    keys = a.integer("keys", 1, MOST_FRAMES / batch);
    size = a.integer("size", 1, MOST / heads);
    queryLengths = a.integersOrNull("queryLengths", batch, 1, queries);
    keyLengths = a.integersOrNull("keyLengths", batch, 1, keys);
    causal = a.flag("causal");
    dropoutKey = a.bits("dropoutKey");
    dropoutThreshold = a.bits("dropoutThreshold");
    dropoutScale = float(a.number("dropoutScale"));
  }
  size_t rows() const { return size_t(batch) * heads * queries; }

  // The array [batch, frames, step] that they stand in, step, and the column at which their heads begin.
  template <class T>
  Frames<T> frames(Arguments& a, const char* name, int count) const {
    const Napi::Float32Array array = a.floatArray(name);
    const int step = a.integer("step", double(heads) * size, MOST);
    const int column = a.integer("column", 0, step - heads * size);
    if (array.ElementLength() != size_t(batch) * count * step)
      throw Napi::TypeError::New(array.Env(), std::string(name) + " has the wrong length");
    return {const_cast<float*>(array.Data()) + column, count, step};
  }
};

// ..., q, k, v (each: array, step, column), output, statistics, weights | null: the last three zeros
void attend(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Shape shape(a);
  Attention n;
  n.q = shape.frames<const float>(a, "q", shape.queries);
  n.k = shape.frames<const float>(a, "k", shape.keys);
  n.v = shape.frames<const float>(a, "v", shape.keys);
  const int width = shape.heads * shape.size;
  n.output = {a.floats("output", size_t(shape.batch) * shape.queries * width), shape.queries, width};
  n.statistics = a.floats("statistics", shape.rows() * 2);
  n.weights = a.floatsOrNull("weights", shape.rows() * shape.keys);
  attention().attention(shape, n);
}

// ..., q, k, v, dOutput, statistics, dWeights | null, dQ, dK, dV (each as q; zeros)
void attendGradient(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Shape shape(a);
  AttentionGradient n;
  n.q = shape.frames<const float>(a, "q", shape.queries);
  n.k = shape.frames<const float>(a, "k", shape.keys);
  n.v = shape.frames<const float>(a, "v", shape.keys);
  const int width = shape.heads * shape.size;
  n.dOutput = {a.floats("dOutput", size_t(shape.batch) * shape.queries * width), shape.queries, width};
  n.statistics = a.floats("statistics", shape.rows() * 2);
  n.dWeights = a.floatsOrNull("dWeights", shape.rows() * shape.keys);
  n.dQ = shape.frames<float>(a, "dQ", shape.queries);
  n.dK = shape.frames<float>(a, "dK", shape.keys);
  n.dV = shape.frames<float>(a, "dV", shape.keys);
  attention().attentionGradient(shape, n);
}

}  // namespace

void addAttention(Napi::Env env, Napi::Object exports) {
  add<attend>(env, exports, "attention");
  add<attendGradient>(env, exports, "attentionGradient");
}

}  // namespace hark
