// The border between JavaScript and the kernels: every function checks its arguments, then calls the table of the instruction
// set in use. Argument lists stand beside their types in src-main/engine/native/addon.ts.
#include <napi.h>

#include <cstdlib>
#include <cstring>

#include "arguments.h"
#include "kernels.h"
#include "plan.h"
#include "pool.h"

#ifndef _WIN32
#include <dlfcn.h>
#endif

namespace hark {

#ifdef HARK_X86
extern const Kernels kernels_baseline, kernels_avx2, kernels_avx512;
#else
// The one set of this processor, under its name.
#define JOIN(a, b) a##b
#define TABLE(isa) JOIN(kernels_, isa)
extern const Kernels TABLE(HARK_BASELINE);
#endif

namespace {

struct Candidate {
  const Kernels* kernels;
  bool runs;
};

// Best first.
const Kernels* choose(const char* wanted) {
#ifdef HARK_X86
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  const Candidate candidates[] = {{&kernels_avx512, avx512}, {&kernels_avx2, avx2}, {&kernels_baseline, true}};
#else
  const Candidate candidates[] = {{&TABLE(HARK_BASELINE), true}};
#endif
  for (const Candidate& candidate : candidates)
    if (candidate.runs && (!wanted || std::strcmp(wanted, candidate.kernels->name) == 0)) return candidate.kernels;
  return nullptr;
}

const Kernels* kernels = choose(nullptr);

// Sizes above this are refused: products of three of them stay within 64 bits, row counts within 31.
constexpr double MOST = 1 << 20;
constexpr double MOST_FRAMES = 1 << 26;

// Leading arguments of all recurrent calls: cell, batch, time, inputSize, hiddenSize, reverse, lengths | null.
struct Call {
  int batch, time, in, hidden, gates;
  Layer layer;
  LayerPlan plan;

  static Call read(Arguments& a) {
    const Cell cell = Cell(a.integer("cell", RNN, GRU));
    const int batch = a.integer("batch", 1, MOST), time = a.integer("time", 1, MOST_FRAMES / batch);
    const int in = a.integer("inputSize", 1, MOST), hidden = a.integer("hiddenSize", 1, MOST / 16);
    const bool reverse = a.flag("reverse");
    const int* lengths = a.integersOrNull("lengths", batch, 1, time);
    return Call(cell, batch, time, in, hidden, reverse, lengths);
  }
  size_t xSize() const { return size_t(batch) * time * in; }
  size_t outputSize() const { return size_t(batch) * time * hidden; }
  size_t stateSize() const { return size_t(batch) * hidden; }
  size_t cellSize() const { return layer.cell == LSTM ? stateSize() : 0; }
  size_t weightIhSize() const { return size_t(gates) * hidden * in; }
  size_t weightHhSize() const { return size_t(gates) * hidden * hidden; }
  size_t biasSize() const { return size_t(gates) * hidden; }
  size_t workspaceSize() const { return kernels->workspaceSize(layer); }

 private:
  Call(Cell cell, int batch, int time, int in, int hidden, bool reverse, const int* lengths)
      : batch(batch), time(time), in(in), hidden(hidden), gates(cell == RNN ? 1 : cell == LSTM ? 4 : 3), plan(batch, time, lengths) {
    layer = {cell, in, hidden, reverse, plan.view()};
  }
};

Napi::Value recurrentWorkspaceSize(const Napi::CallbackInfo& info) {
  Arguments a(info);
  return Napi::Number::New(info.Env(), double(Call::read(a).workspaceSize()));
}

void recurrentForward(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Call c = Call::read(a);
  Forward f;
  f.x = a.floats("x", c.xSize());
  f.weightIh = a.floats("weightIh", c.weightIhSize());
  f.weightHh = a.floats("weightHh", c.weightHhSize());
  f.biasIh = a.floats("biasIh", c.biasSize());
  f.biasHh = a.floats("biasHh", c.biasSize());
  f.h0 = a.floats("h0", c.stateSize());
  f.c0 = a.floatsOrNull("c0", c.cellSize());
  f.output = a.floats("output", c.outputSize());
  f.hN = a.floats("hN", c.stateSize());
  f.cN = a.floatsOrNull("cN", c.cellSize());
  f.workspace = a.roomOrNull("workspace", c.workspaceSize());
  if (c.layer.cell == LSTM && (!f.c0 || !f.cN)) throw Napi::TypeError::New(info.Env(), "an LSTM needs c0 and cN");
  kernels->forward(c.layer, f);
}

void recurrentBackward(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Call c = Call::read(a);
  Backward b;
  b.weightHh = a.floats("weightHh", c.weightHhSize());
  b.output = a.floats("output", c.outputSize());
  b.h0 = a.floats("h0", c.stateSize());
  b.c0 = a.floatsOrNull("c0", c.cellSize());
  b.dOutput = a.floats("dOutput", c.outputSize());
  b.dHN = a.floats("dHN", c.stateSize());
  b.dCN = a.floatsOrNull("dCN", c.cellSize());
  b.workspace = a.room("workspace", c.workspaceSize());
  b.dH0 = a.floats("dH0", c.stateSize());
  b.dC0 = a.floatsOrNull("dC0", c.cellSize());
  if (c.layer.cell == LSTM && (!b.c0 || !b.dCN || !b.dC0)) throw Napi::TypeError::New(info.Env(), "an LSTM needs c0, dCN and dC0");
  kernels->backward(c.layer, b);
}

void recurrentInputGradient(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Call c = Call::read(a);
  const float* weightIh = a.floats("weightIh", c.weightIhSize());
  const float* workspace = a.room("workspace", c.workspaceSize());
  kernels->inputGradient(c.layer, weightIh, workspace, a.floats("dX", c.xSize()));
}

void recurrentWeightGradient(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Call c = Call::read(a);
  WeightGradient g;
  g.x = a.floats("x", c.xSize());
  g.output = a.floats("output", c.outputSize());
  g.h0 = a.floats("h0", c.stateSize());
  g.workspace = a.room("workspace", c.workspaceSize());
  g.dWeightIh = a.floats("dWeightIh", c.weightIhSize());
  g.dWeightHh = a.floats("dWeightHh", c.weightHhSize());
  g.dBiasIh = a.floats("dBiasIh", c.biasSize());
  g.dBiasHh = a.floats("dBiasHh", c.biasSize());
  kernels->weightGradient(c.layer, g);
}

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
  kernels->product(p);
}

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
  kernels->pool(kind, batch, time, size, lengths, x, y, best);
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
  kernels->poolGradient(kind, batch, time, size, lengths, dy, best, dx);
}

// key, threshold, scale, x, y
void dropout(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const double key = a.number("key"), threshold = a.number("threshold");
  const float scale = float(a.number("scale"));
  Napi::Float32Array x = a.floatArray("x");
  float* y = a.floats("y", x.ElementLength());
  if (x.ElementLength() > size_t(INT32_MAX)) throw Napi::TypeError::New(info.Env(), "x is too large");
  kernels->dropout(int(x.ElementLength()), uint32_t(int64_t(key)), uint32_t(int64_t(threshold)), scale, x.Data(), y);
}

// operation, a, b | null, y
void elementwise(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Operation operation = Operation(a.integer("operation", ADD, STEP));
  Napi::Float32Array left = a.floatArray("a");
  const size_t size = left.ElementLength();
  const float* right = a.floatsOrNull("b", size);
  float* y = a.floats("y", size);
  if (size > size_t(INT32_MAX)) throw Napi::TypeError::New(info.Env(), "a is too large");
  if (operation <= MULTIPLY && !right) throw Napi::TypeError::New(info.Env(), "b is missing");
  kernels->elementwise(operation, int(size), left.Data(), right, y);
}

// rows, columns, x [rows, columns], y [columns]
void columnSums(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const int rows = a.integer("rows", 1, MOST_FRAMES), columns = a.integer("columns", 1, MOST_FRAMES);
  const float* x = a.floats("x", size_t(rows) * columns);
  kernels->columnSums(rows, columns, x, a.floats("y", columns));
}

struct Weights {
  Update u{};
  explicit Weights(Arguments& a) {
    Napi::Float32Array p = a.floatArray("p");
    u.p = p.Data();
    u.size = int(p.ElementLength());
    u.g = a.floats("g", p.ElementLength());
  }
};

// p, g, momentum_buffer | null, rate, momentum, nesterov, weightDecay
void sgd(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Update u = Weights(a).u;
  u.first = a.floatsOrNull("momentum_buffer", u.size);
  u.rate = float(a.number("rate"));
  u.momentum = float(a.number("momentum"));
  u.nesterov = a.flag("nesterov");
  u.weightDecay = float(a.number("weightDecay"));
  kernels->sgd(u);
}

// p, g, exp_avg, exp_avg_sq, rate, beta1, beta2, eps, correction, weightDecay, shrink
void adam(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Update u = Weights(a).u;
  u.first = a.floats("exp_avg", u.size);
  u.second = a.floats("exp_avg_sq", u.size);
  u.rate = float(a.number("rate"));
  u.beta1 = float(a.number("beta1"));
  u.beta2 = float(a.number("beta2"));
  u.eps = float(a.number("eps"));
  u.correction = float(a.number("correction"));
  u.weightDecay = float(a.number("weightDecay"));
  u.shrink = float(a.number("shrink"));
  kernels->adam(u);
}

// p, g, square_avg, momentum_buffer | null, grad_avg | null, rate, alpha, eps, momentum, weightDecay
void rmsprop(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Update u = Weights(a).u;
  u.first = a.floats("square_avg", u.size);
  u.second = a.floatsOrNull("momentum_buffer", u.size);
  u.third = a.floatsOrNull("grad_avg", u.size);
  u.rate = float(a.number("rate"));
  u.beta1 = float(a.number("alpha"));
  u.eps = float(a.number("eps"));
  u.momentum = float(a.number("momentum"));
  u.weightDecay = float(a.number("weightDecay"));
  kernels->rmsprop(u);
}

Napi::Value squares(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Napi::Float32Array x = a.floatArray("x");
  return Napi::Number::New(info.Env(), kernels->squares(int(x.ElementLength()), x.Data()));
}

void scale(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Napi::Float32Array x = a.floatArray("x");
  kernels->scale(int(x.ElementLength()), float(a.number("factor")), x.Data());
}

void setThreads(const Napi::CallbackInfo& info) {
  Arguments a(info);
  setThreadCount(a.integer("threads", 1, 256));
}

Napi::Value instructionSet(const Napi::CallbackInfo& info) { return Napi::String::New(info.Env(), kernels->name); }

// The name of a set: from now on it is used. False where this machine has it not.
Napi::Value useInstructionSet(const Napi::CallbackInfo& info) {
  const std::string wanted = info[0].ToString();
  const Kernels* found = choose(wanted.c_str());
  if (found) kernels = found;
  return Napi::Boolean::New(info.Env(), found != nullptr);
}

// The pool's threads run this code for as long as the process lives, so it must never be unloaded (a Node worker that ends
// would do that).
void stayLoaded() {
#ifndef _WIN32
  Dl_info info;
  if (dladdr(reinterpret_cast<void*>(&stayLoaded), &info)) dlopen(info.dli_fname, RTLD_NOW | RTLD_NODELETE);
#endif
}

template <void (*F)(const Napi::CallbackInfo&)>
void add(Napi::Env env, Napi::Object exports, const char* name) {
  exports.Set(name, Napi::Function::New<F>(env, name));
}
template <Napi::Value (*F)(const Napi::CallbackInfo&)>
void add(Napi::Env env, Napi::Object exports, const char* name) {
  exports.Set(name, Napi::Function::New<F>(env, name));
}

Napi::Object start(Napi::Env env, Napi::Object exports) {
  stayLoaded();
  add<recurrentWorkspaceSize>(env, exports, "recurrentWorkspaceSize");
  add<recurrentForward>(env, exports, "recurrentForward");
  add<recurrentBackward>(env, exports, "recurrentBackward");
  add<recurrentInputGradient>(env, exports, "recurrentInputGradient");
  add<recurrentWeightGradient>(env, exports, "recurrentWeightGradient");
  add<product>(env, exports, "product");
  add<pool>(env, exports, "pool");
  add<poolGradient>(env, exports, "poolGradient");
  add<dropout>(env, exports, "dropout");
  add<elementwise>(env, exports, "elementwise");
  add<columnSums>(env, exports, "columnSums");
  add<sgd>(env, exports, "sgd");
  add<adam>(env, exports, "adam");
  add<rmsprop>(env, exports, "rmsprop");
  add<squares>(env, exports, "squares");
  add<scale>(env, exports, "scale");
  add<setThreads>(env, exports, "setThreads");
  add<instructionSet>(env, exports, "instructionSet");
  add<useInstructionSet>(env, exports, "useInstructionSet");
  return exports;
}

NODE_API_MODULE(hark, start)

}  // namespace
}  // namespace hark
