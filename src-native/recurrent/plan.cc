#include "plan.h"

#include <algorithm>
#include <numeric>

namespace hark {

// Slices of at most 16 sequences, and two as soon as each has work for the vectors' rows. The number must not depend on the
// threads: it settles the order of the rows, and with it the order in which gradients are summed.
static int slicesOf(int batch) { return std::max((batch + 15) / 16, batch >= 8 ? 2 : 1); }

LayerPlan::LayerPlan(int batch, int time, const int* lengths) : batch_(batch), time_(time), slices_(slicesOf(batch)), ragged_(lengths) {
  if (lengths) lengths_.assign(lengths, lengths + batch);
  const auto length = [&](int sequence) { return lengths ? lengths[sequence] : time; };
  // Longest first, dealt out like cards, so that every slice gets its share of long ones.
  std::vector<int> byLength(batch);
  std::iota(byLength.begin(), byLength.end(), 0);
  std::stable_sort(byLength.begin(), byLength.end(), [&](int a, int b) { return length(a) > length(b); });
  for (int slice = 0; slice < slices_; slice++) {
    sliceFirst_.push_back(int(order_.size()));
    for (int place = slice; place < batch; place += slices_) order_.push_back(byLength[place]);
  }
  sliceFirst_.push_back(batch);

  const int total = [&] {
    int sum = 0;
    for (int sequence = 0; sequence < batch; sequence++) sum += length(sequence);
    return sum;
  }();
  rowSequence_.reserve(total);
  rowFrame_.reserve(total);
  rowFollowed_ = std::make_unique<bool[]>(total);
  for (int slice = 0; slice < slices_; slice++)
    for (int t = 0; t < time; t++) {
      firstRow_.push_back(rows_);
      int alive = 0;
      for (int place = sliceFirst_[slice]; place < sliceFirst_[slice + 1] && length(order_[place]) > t; place++, alive++) {
        rowSequence_.push_back(order_[place]);
        rowFrame_.push_back(t);
        rowFollowed_[rows_++] = t + 1 < length(order_[place]);
      }
      active_.push_back(alive);
    }
}

bool LayerPlan::isOf(int batch, int time, const int* lengths) const {
  return batch == batch_ && time == time_ && ragged_ == bool(lengths) && (!lengths || std::equal(lengths_.begin(), lengths_.end(), lengths));
}

std::shared_ptr<const LayerPlan> LayerPlan::of(int batch, int time, const int* lengths) {
  thread_local std::shared_ptr<const LayerPlan> last;
  if (!last || !last->isOf(batch, time, lengths)) last = std::make_shared<const LayerPlan>(batch, time, lengths);
  return last;
}

Plan LayerPlan::view() const {
  return {batch_,         time_,            slices_,           rows_,           order_.data(), sliceFirst_.data(),
          active_.data(), firstRow_.data(), rowSequence_.data(), rowFrame_.data(), rowFollowed_.get()};
}

}  // namespace hark
