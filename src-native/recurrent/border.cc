#include "../base/border.h"
#include "plan.h"
#include "table.h"

namespace hark {

HARK_TABLE(RecurrentKernels, recurrent)

namespace {

// Leading arguments of all recurrent calls: cell, batch, time, inputSize, hiddenSize, reverse, lengths | null. hiddenMask, where it
// is asked for, may be null.
struct Call {
  int batch, time, in, hidden, gates;
  Layer layer;
  std::shared_ptr<const LayerPlan> plan;

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
  size_t workspaceSize() const { return recurrent().workspaceSize(layer); }

 private:
  Call(Cell cell, int batch, int time, int in, int hidden, bool reverse, const int* lengths)
      : batch(batch), time(time), in(in), hidden(hidden), gates(cell == RNN ? 1 : cell == LSTM ? 4 : 3), plan(LayerPlan::of(batch, time, lengths)) {
    layer = {cell, in, hidden, reverse, plan->view()};
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
  f.hiddenMask = a.floatsOrNull("hiddenMask", c.stateSize());
  f.output = a.floats("output", c.outputSize());
  f.hN = a.floats("hN", c.stateSize());
  f.cN = a.floatsOrNull("cN", c.cellSize());
  f.workspace = a.roomOrNull("workspace", c.workspaceSize());
  if (c.layer.cell == LSTM && (!f.c0 || !f.cN)) throw Napi::TypeError::New(info.Env(), "an LSTM needs c0 and cN");
  recurrent().forward(c.layer, f);
}

void recurrentBackward(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Call c = Call::read(a);
  Backward b;
  b.x = a.floats("x", c.xSize());
  b.weightIh = a.floats("weightIh", c.weightIhSize());
  b.weightHh = a.floats("weightHh", c.weightHhSize());
  b.output = a.floats("output", c.outputSize());
  b.h0 = a.floats("h0", c.stateSize());
  b.c0 = a.floatsOrNull("c0", c.cellSize());
  b.hiddenMask = a.floatsOrNull("hiddenMask", c.stateSize());
  b.workspace = a.room("workspace", c.workspaceSize());
  b.dOutput = a.floats("dOutput", c.outputSize());
  b.dHN = a.floats("dHN", c.stateSize());
  b.dCN = a.floatsOrNull("dCN", c.cellSize());
  b.dH0 = a.floats("dH0", c.stateSize());
  b.dC0 = a.floatsOrNull("dC0", c.cellSize());
  b.dWeightIh = a.floats("dWeightIh", c.weightIhSize());
  b.dWeightHh = a.floats("dWeightHh", c.weightHhSize());
  b.dBiasIh = a.floats("dBiasIh", c.biasSize());
  b.dBiasHh = a.floats("dBiasHh", c.biasSize());
  b.dX = a.floatsOrNull("dX", c.xSize());
  if (c.layer.cell == LSTM && (!b.c0 || !b.dCN || !b.dC0)) throw Napi::TypeError::New(info.Env(), "an LSTM needs c0, dCN and dC0");
  recurrent().backward(c.layer, b);
}

// workspace of a forward pass, and traces: [traces of the cell][batch, time, hidden]
void recurrentTraces(const Napi::CallbackInfo& info) {
  Arguments a(info);
  Call c = Call::read(a);
  const float* workspace = a.room("workspace", c.workspaceSize());
  recurrent().traces(c.layer, workspace, a.floats("traces", recurrent().traceCount(c.layer) * c.outputSize()));
}

}  // namespace

void addRecurrent(Napi::Env env, Napi::Object exports) {
  add<recurrentWorkspaceSize>(env, exports, "recurrentWorkspaceSize");
  add<recurrentForward>(env, exports, "recurrentForward");
  add<recurrentBackward>(env, exports, "recurrentBackward");
  add<recurrentTraces>(env, exports, "recurrentTraces");
}

}  // namespace hark
