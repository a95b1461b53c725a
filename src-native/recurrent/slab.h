// Rows of the gates' gradients, gathered until there are enough for a product.
#pragma once
#include "shape.h"

namespace {

// Consecutive rows of a slice, in the order the way back comes by them: frame after frame, upwards or downwards.
template <int CELL>
class Slab {
 public:
  static constexpr int DEPTH = 128;  // most rows of one

  // Floats from row to row.
  static int stride(const Shape<CELL>& s) { return spread(s.width()); }
  static size_t memory(const Shape<CELL>& s) { return size_t(DEPTH) * stride(s); }

  // memory: of the rows of one slab, or of `all` rows of the layer.
  Slab(const Shape<CELL>& s, float* memory, bool all) : memory_(memory), stride_(stride(s)), all_(all), upwards_(s.reverse) {}

  float* row(int row) const { return memory_ + size_t(row - origin_) * stride_; }

  // Takes the rows of one more frame. Where they would be too many, f(from, to) first works off those that are there.
  template <class F>
  void take(int firstRow, int rows, const F& f) {
    if (to_ - from_ + rows > DEPTH) finish(f);
    if (from_ == to_) {
      from_ = firstRow, to_ = firstRow + rows;
      origin_ = all_ ? 0 : upwards_ ? from_ : to_ - DEPTH;
    }
    from_ = firstRow < from_ ? firstRow : from_;
    to_ = firstRow + rows > to_ ? firstRow + rows : to_;
  }
  template <class F>
  void finish(const F& f) {
    if (from_ < to_) f(from_, to_);
    from_ = to_ = 0;
  }

 private:
  float* const memory_;
  const int stride_;
  const bool all_, upwards_;
  int from_ = 0, to_ = 0, origin_ = 0;
};

}  // namespace
