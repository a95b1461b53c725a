// Works out, from the lengths of a batch, which frames exist and where their gates are kept (table.h).
#pragma once
#include <memory>
#include <vector>

#include "table.h"

namespace hark {

class LayerPlan {
 public:
  // lengths: [batch], each 1..time; null: all `time`.
  LayerPlan(int batch, int time, const int* lengths);
  // The same as one that this thread has made shortly before, where there is one: the calls of a step ask for it again.
  static std::shared_ptr<const LayerPlan> of(int batch, int time, const int* lengths);
  Plan view() const;

 private:
  bool isOf(int batch, int time, const int* lengths) const;
  int batch_, time_, slices_, rows_ = 0;
  bool ragged_;
  std::vector<int> lengths_, order_, sliceFirst_, active_, firstRow_, rowSequence_, rowFrame_;
  std::unique_ptr<bool[]> rowFollowed_;
};

}  // namespace hark
