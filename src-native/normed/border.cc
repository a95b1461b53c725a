#include <vector>

#include "../base/border.h"
#include "../recurrent/plan.h"
#include "table.h"

namespace hark {

HARK_TABLE(NormedKernels, normed)

namespace {

// Leading arguments of all calls: cell, batch, time, hiddenSize, reverse, lengths | null.
struct Call {
  int batch, time, hidden, side;
  std::shared_ptr<const LayerPlan> plan;
  std::vector<int> begins;  // of each sequence, its first frame among all that exist
  Layer layer;

  static Call read(Arguments& a) {
    const Cell cell = Cell(a.integer("cell", RNN, GRU));
    const int batch = a.integer("batch", 1, MOST), time = a.integer("time", 1, MOST_FRAMES / batch);
    const int hidden = a.integer("hiddenSize", 1, MOST / 16);
    const bool reverse = a.flag("reverse");
    const int* lengths = a.integersOrNull("lengths", batch, 1, time);
    return Call(cell, batch, time, hidden, reverse, lengths);
  }
  bool hasC() const { return layer.cell == LSTM; }
  size_t fedSize() const { return size_t(layer.plan.rows) * side; }
  size_t outputSize() const { return size_t(batch) * time * hidden; }
  size_t stateSize() const { return size_t(batch) * hidden; }
  size_t weightSize() const { return size_t(side) * hidden; }
  size_t workspaceSize() const { return normed().workspaceSize(layer); }

  // What only an LSTM has: `size` floats of it, or null of another cell.
  float* ofC(Arguments& a, const char* name, size_t size) const { return hasC() ? a.floats(name, size) : a.floatsOrNull(name, 0); }

 private:
  Call(Cell cell, int batch, int time, int hidden, bool reverse, const int* lengths)
      : batch(batch), time(time), hidden(hidden), side((cell == RNN ? 1 : cell == LSTM ? 4 : 3) * hidden), plan(LayerPlan::of(batch, time, lengths)) {
    for (int sequence = 0, frames = 0; sequence < batch; sequence++) {
      begins.push_back(frames);
      frames += lengths ? lengths[sequence] : time;
    }
    layer = {cell, side, hidden, reverse, plan->view()};
  }
};

Napi::Value normedWorkspaceSize(const Napi::CallbackInfo& info) {
  Arguments a(info);
  return Napi::Number::New(info.Env(), double(Call::read(a).workspaceSize()));
}

void normedForward(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Call c = Call::read(a);
  NormedForward f;
  f.begins = c.begins.data();
  f.eps = float(a.number("eps"));
  f.fed = a.floats("fed", c.fedSize());
  f.weightHh = a.floats("weightHh", c.weightSize());
  f.norm = a.floats("norm", c.side);
  f.bias = a.floats("bias", c.side);
  f.normC = c.ofC(a, "normC", c.hidden);
  f.normCBias = c.ofC(a, "normCBias", c.hidden);
  f.h0 = a.floats("h0", c.stateSize());
  f.c0 = c.ofC(a, "c0", c.stateSize());
  f.hiddenMask = a.floatsOrNull("hiddenMask", c.stateSize());
  f.output = a.floats("output", c.outputSize());
  f.hN = a.floats("hN", c.stateSize());
  f.cN = c.ofC(a, "cN", c.stateSize());
  f.workspace = a.roomOrNull("workspace", c.workspaceSize());
  normed().forward(c.layer, f);
}

void normedBackward(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Call c = Call::read(a);
  NormedBackward b;
  b.begins = c.begins.data();
  b.weightHh = a.floats("weightHh", c.weightSize());
  b.norm = a.floats("norm", c.side);
  b.normC = c.ofC(a, "normC", c.hidden);
  b.normCBias = c.ofC(a, "normCBias", c.hidden);
  b.output = a.floats("output", c.outputSize());
  b.h0 = a.floats("h0", c.stateSize());
  b.c0 = c.ofC(a, "c0", c.stateSize());
  b.hiddenMask = a.floatsOrNull("hiddenMask", c.stateSize());
  b.dOutput = a.floats("dOutput", c.outputSize());
  b.dHN = a.floats("dHN", c.stateSize());
  b.dCN = c.ofC(a, "dCN", c.stateSize());
  b.workspace = a.room("workspace", c.workspaceSize());
  b.dFed = a.floats("dFed", c.fedSize());
  b.dWeightHh = a.floats("dWeightHh", c.weightSize());
  b.dNorm = a.floats("dNorm", c.side);
  b.dBias = a.floats("dBias", c.side);
  b.dNormC = c.ofC(a, "dNormC", c.hidden);
  b.dNormCBias = c.ofC(a, "dNormCBias", c.hidden);
  b.dH0 = a.floats("dH0", c.stateSize());
  b.dC0 = c.ofC(a, "dC0", c.stateSize());
  normed().backward(c.layer, b);
}

// workspace of a forward pass, before its way back, and traces: [traces of the cell][batch, time, hidden]
void normedTraces(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const Call c = Call::read(a);
  const float* workspace = a.room("workspace", c.workspaceSize());
  normed().traces(c.layer, workspace, a.floats("traces", normed().traceCount(c.layer) * c.outputSize()));
}

}  // namespace

void addNormed(Napi::Env env, Napi::Object exports) {
  add<normedWorkspaceSize>(env, exports, "normedWorkspaceSize");
  add<normedForward>(env, exports, "normedForward");
  add<normedBackward>(env, exports, "normedBackward");
  add<normedTraces>(env, exports, "normedTraces");
}

}  // namespace hark
