// From the cell of a layer to the instance of a template.
#pragma once
#include "../base/vector.h"
#include "table.h"

namespace {

// One instance of a function template per cell, chosen by the layer: f(Size<cell>).
template <class F>
auto byCell(hark::Cell cell, const F& f) {
  if (cell == hark::RNN) return f(Size<hark::RNN>{});
  if (cell == hark::LSTM) return f(Size<hark::LSTM>{});
  return f(Size<hark::GRU>{});
}

}  // namespace
