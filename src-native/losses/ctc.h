// Connectionist temporal classification (Graves et al. 2006): -ln of the sum over all paths that spell the target, and its
// gradient in the logits. The states are the L labels and the L + 1 blanks around them; each kind stands in a row of its own,
// padded with impossible states at both ends.
#pragma once
#include <atomic>
#include <cmath>

#include "log-space.h"
#include "softmax.h"
#include "table.h"

namespace {

// Where a worker's scratch memory has what, for sequences of up to `time` frames and `labels` labels.
struct CtcMemory {
  int states;   // of one kind, padded
  size_t pair;  // doubles of the blanks' and the labels' row
  size_t doubles, floats;

  CtcMemory(int time, int labels, int classes) : states(roundUp(labels + 1, DW) + 2 * DW), pair(2 * size_t(states)) {
    doubles = pair * (size_t(time) + 2) + 3 * size_t(states);
    floats = 2 * doubles + size_t(time) * classes + classes;
  }
};

// One sequence.
class CtcLattice {
 public:
  CtcLattice(const hark::Ctc& c, const CtcMemory& memory, float* at, const float* logits, int time, const int* target, int labels)
      : classes_(c.classes), blank_(c.blank), time_(time), labels_(labels), target_(target), pair_(memory.pair), states_(memory.states) {
    double* next = reinterpret_cast<double*>(at);
    const auto take = [&](size_t size) {
      double* own = next;
      next += size;
      return own;
    };
    forward_ = take(pair_ * (size_t(time) + 1));
    ahead_ = take(pair_);
    emission_ = take(states_) + DW;
    skip_ = take(states_) + DW;
    share_ = take(states_) + DW;
    logP_ = reinterpret_cast<float*>(next);
    occupancy_ = logP_ + size_t(time) * classes_;
    for (int i = -DW; i < states_ - DW; i++) {
      emission_[i] = IMPOSSIBLE;
      // From a label straight to the next one, unless they are the same.
      skip_[i] = i > 0 && i < labels && target[i] != target[i - 1] ? 0 : IMPOSSIBLE;
    }
    for (int t = 0; t < time; t++) {
      const float* z = logits + size_t(t) * classes_;
      const RowSum row = sumRow(z, classes_);
      float* to = logP_ + size_t(t) * classes_;
      eachVector(classes_, [&](int i, int count, int) {
        storePart(to + i, loadPart(z + i, count, 0) - splat(row.most) - splat(row.logSum), count);
      });
    }
  }

  // ln of the target's probability. blanks(t), labels(t): that of the first t frames, ending in each state. Before the first
  // frame stands the first blank alone.
  double run() {
    for (size_t i = 0; i < pair_; i++) forward_[i] = IMPOSSIBLE;
    blanks(0)[0] = 0;
    for (int t = 0; t < time_; t++) {
      const D blank = spread(emit(t));
      const double *fromBlank = blanks(t), *fromLabel = labels(t);
      double *toBlank = blanks(t + 1), *toLabel = labels(t + 1);
      toLabel[-1] = IMPOSSIBLE;
      for (int i = 0; i <= labels_; i += DW) {
        const D own = loadD(fromLabel + i), before = loadD(fromLabel + i - 1), between = loadD(fromBlank + i);
        storeD(toBlank + i, addLogs(between, before) + blank);
        storeD(toLabel + i, addLogs(own, between, before + loadD(skip_ + i)) + loadD(emission_ + i));
      }
    }
    return addLogs(spread(blanks(time_)[labels_]), spread(labels(time_)[labels_ - 1]))[0];
  }

  // After run(): d(-total) / d logits, times `factor`. What lies ahead of a state includes the emission of the next frame; after
  // the last one stands the last blank alone.
  void back(double total, float factor, float* gradient) {
    double *aheadBlank = ahead_ + DW, *aheadLabel = aheadBlank + states_;
    for (size_t i = 0; i < pair_; i++) ahead_[i] = IMPOSSIBLE;
    aheadBlank[labels_] = 0;
    memset(occupancy_, 0, classes_ * sizeof(float));
    for (int t = time_ - 1; t >= 0; t--) {
      const D blank = spread(emit(t));
      const double *fromBlank = blanks(t + 1), *fromLabel = labels(t + 1);
      D blankShare = spread(0);
      for (int i = 0; i <= labels_; i += DW) {
        const D own = loadD(aheadLabel + i), after = loadD(aheadLabel + i + 1), between = loadD(aheadBlank + i + 1);
        const D restBlank = addLogs(loadD(aheadBlank + i), own);
        const D restLabel = addLogs(own, between, after + loadD(skip_ + i + 1));
        blankShare += exponentialD(loadD(fromBlank + i) + restBlank - spread(total));
        storeD(share_ + i, exponentialD(loadD(fromLabel + i) + restLabel - spread(total)));
        storeD(aheadBlank + i, restBlank + blank);
        storeD(aheadLabel + i, restLabel + loadD(emission_ + i));
      }
      for (int i = 0; i < labels_; i++) occupancy_[target_[i]] += float(share_[i]);
      for (int k = 0; k < DW; k++) occupancy_[blank_] += float(blankShare[k]);
      const float* logP = logP_ + size_t(t) * classes_;
      float* to = gradient + size_t(t) * classes_;
      eachVector(classes_, [&](int i, int count, int) {
        storePart(to + i, (exponential(loadPart(logP + i, count)) - loadPart(occupancy_ + i, count)) * splat(factor), count);
      });
      for (int i = 0; i < labels_; i++) occupancy_[target_[i]] = 0;
      occupancy_[blank_] = 0;
    }
  }

 private:
  int classes_, blank_, time_, labels_;
  const int* target_;
  size_t pair_;
  int states_;
  double *forward_, *ahead_, *emission_, *skip_, *share_;
  float *logP_, *occupancy_;

  double* blanks(int t) { return forward_ + pair_ * t + DW; }
  double* labels(int t) { return blanks(t) + states_; }
  // Takes the labels' log probabilities in frame t. @returns the blank's
  double emit(int t) {
    const float* logP = logP_ + size_t(t) * classes_;
    for (int i = 0; i < labels_; i++) emission_[i] = possible(logP[target_[i]]);
    return possible(logP[blank_]);
  }
  static double possible(double logP) { return logP < IMPOSSIBLE ? IMPOSSIBLE : logP; }
};

void ctcSequence(const hark::Ctc& c, const CtcMemory& memory, float* scratch, int b, const int* target) {
  const int time = c.lengths[b];
  const size_t at = size_t(b) * c.time * c.classes;
  CtcLattice lattice(c, memory, scratch, c.logits + at, time, target, c.targetLengths[b]);
  const double total = lattice.run();
  const bool impossible = total < IMPOSSIBLE / 2;
  c.losses[b] = impossible ? (c.zeroInfinity ? 0 : INFINITY) : float(-total);
  if (!c.gradient) return;
  float* const gradient = c.gradient + at;
  const size_t size = size_t(time) * c.classes;
  if (impossible)
    for (size_t i = 0; i < size; i++) gradient[i] = c.zeroInfinity ? 0 : NAN;
  else
    lattice.back(total, c.factors[b], gradient);
  memset(gradient + size, 0, (size_t(c.time) * c.classes - size) * sizeof(float));
}

void ctc(const hark::Ctc& c) {
  int time = 0, labels = 0;
  Scratch starts(c.batch);
  int* const start = reinterpret_cast<int*>(starts.at);
  for (int b = 0, next = 0; b < c.batch; next += c.targetLengths[b++]) {
    start[b] = next;
    if (c.lengths[b] > time) time = c.lengths[b];
    if (c.targetLengths[b] > labels) labels = c.targetLengths[b];
  }
  const CtcMemory memory(time, labels, c.classes);
  const size_t each = (memory.floats + 15) / 16 * 16;
  const int workers = hark::threadCount() < c.batch ? hark::threadCount() : c.batch;
  Scratch scratch(each * workers);
  // A worker's memory stays in its cache from one sequence to the next.
  std::atomic<int> next{0};
  inParallel(workers, [&](int worker) {
    for (int b; (b = next.fetch_add(1)) < c.batch;) ctcSequence(c, memory, scratch.at + each * worker, b, c.targets + start[b]);
  });
}

}  // namespace
