// Compiled once per instruction set; HARK_ISA is its name.
#include "kernels.h"

#include "pool.h"
#include "recurrent.h"
#include "elementwise.h"

namespace {

// One instance of a function template per cell, chosen by the layer.
template <class F>
auto byCell(hark::Cell cell, const F& f) {
  if (cell == hark::RNN) return f(Size<hark::RNN>{});
  if (cell == hark::LSTM) return f(Size<hark::LSTM>{});
  return f(Size<hark::GRU>{});
}

size_t workspaceSizeOf(const Layer& l) {
  return byCell(l.cell, [&](auto cell) { return workspaceSize<cell.value>(l); });
}
void forwardOf(const Layer& l, const hark::Forward& f) {
  byCell(l.cell, [&](auto cell) { forward<cell.value>(l, f); });
}
void backwardOf(const Layer& l, const hark::Backward& b) {
  byCell(l.cell, [&](auto cell) { backward<cell.value>(l, b); });
}
void inputGradientOf(const Layer& l, const float* weightIh, const float* workspace, float* dX) {
  byCell(l.cell, [&](auto cell) { inputGradient<cell.value>(l, weightIh, workspace, dX); });
}
void weightGradientOf(const Layer& l, const hark::WeightGradient& g) {
  byCell(l.cell, [&](auto cell) { weightGradient<cell.value>(l, g); });
}

}  // namespace

#define JOIN(a, b) a##b
#define TABLE(isa) JOIN(kernels_, isa)
#define TEXT(isa) #isa
#define NAME(isa) TEXT(isa)

namespace hark {
extern const Kernels TABLE(HARK_ISA);
const Kernels TABLE(HARK_ISA) = {
    NAME(HARK_ISA), workspaceSizeOf, forwardOf, backwardOf, inputGradientOf, weightGradientOf, product, pool,
    poolGradient, dropout, elementwise, columnSums, sgd, adam, rmsprop, squares, scale,
};
}  // namespace hark
