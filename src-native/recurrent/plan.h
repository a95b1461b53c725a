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
  Plan view() const;

 private:
  int batch_, time_, slices_, rows_ = 0;
  std::vector<int> order_, sliceFirst_, active_, firstRow_, rowSequence_, rowFrame_;
  std::unique_ptr<bool[]> rowFollowed_;
};

}  // namespace hark
