// Scaled dot-product attention (Vaswani et al. 2017): softmax(Q Kᵀ / sqrt(size)) V of each sequence and head. A block of queries meets
// all its keys at once, so that scores and weights never leave the near caches; only the softmax' largest score and sum go to the
// way back, which computes the weights again.
#pragma once
#include <limits>

#include "../base/exponential.h"
#include "../base/random-bits.h"
#include "products.h"

namespace {

// Queries of a block.
constexpr int BLOCK = ROWS * 6;

// All lanes in one, by halves.
template <class F>
inline float acrossLanes(V v, const F& f) {
  float lanes[W];
  store(lanes, v);
  for (int half = W / 2; half > 0; half /= 2)
    for (int lane = 0; lane < half; lane++) lanes[lane] = f(lanes[lane], lanes[lane + half]);
  return lanes[0];
}
inline float sumOf(V v) {
  return acrossLanes(v, [](float a, float b) { return a + b; });
}
inline float largestOf(V v) {
  return acrossLanes(v, [](float a, float b) { return a > b ? a : b; });
}

// One head of one sequence: what its queries see, and where its weights stand among all.
struct Head {
  const hark::AttentionShape& s;
  int b, queries, keys, column;
  size_t firstRow;
  float scale;
  Head(const hark::AttentionShape& shape, int task)
      : s(shape), b(task / shape.heads), queries(shape.queriesOf(b)), keys(shape.keysOf(b)), column(task % shape.heads * shape.size),
        firstRow(size_t(task) * shape.queries), scale(1.0f / __builtin_sqrtf(float(shape.size))) {}

  // Keys that a query sees, of `keys`.
  int limit(int query) const { return s.causal && query + 1 < keys ? query + 1 : keys; }

  // Scores become exponentials, zero beyond the limit. Their sum, lane by lane.
  V exponentials(float* row, int limit, int end, float most) const {
    const int last = (limit - 1) / W * W;
    V sum = {};
    for (int i = 0; i <= last; i += W) {
      const V e = exponential((load(row + i) - splat(most)) * splat(scale));
      store(row + i, e);
      if (i < last) sum += e;
    }
    for (int i = limit; i < end; i++) row[i] = 0;
    return sum + load(row + last);
  }

  // Scores become weights; statistics [2] for the way back.
  void softmax(float* row, int limit, int end, float* statistics) const {
    for (int i = limit; i < padded(limit); i++) row[i] = row[0];
    V largest = load(row);
    for (int i = W; i < limit; i += W) largest = greatest(load(row + i), largest);
    statistics[0] = largestOf(largest);
    statistics[1] = 1.0f / sumOf(exponentials(row, limit, end, statistics[0]));
    multiply(row, limit, statistics[1]);
  }

  void multiply(float* row, int limit, float factor) const {
    for (int i = 0; i < limit; i += W) store(row + i, load(row + i) * splat(factor));
  }

  // The factors of dropout for the weights of a query.
  void dropoutOf(int query, int limit, float* __restrict factors) const {
    const uint32_t first = uint32_t((firstRow + query) * s.keys), key = s.dropoutKey, least = s.dropoutThreshold;
    const float kept = s.dropoutScale;
    for (int i = 0; i < limit; i++) factors[i] = randomBits(key, first + uint32_t(i)) >= least ? kept : 0.0f;
  }
};

inline void multiplyBy(float* __restrict row, const float* __restrict factors, int count) {
  for (int i = 0; i < count; i++) row[i] *= factors[i];
}

// f(first query, queries, keys that any of them sees), block by block.
template <class F>
inline void eachBlock(const Head& head, const F& f) {
  for (int first = 0; first < head.queries; first += BLOCK) {
    const int rows = head.queries - first < BLOCK ? head.queries - first : BLOCK;
    f(first, rows, head.limit(first + rows - 1));
  }
}

void attention(const hark::AttentionShape& s, const hark::Attention& a) {
  const int most = padded(s.keys), wide = padded(s.size);
  const size_t floats = size_t(most) * s.size + size_t(s.keys) * wide + size_t(BLOCK + 1) * most + size_t(BLOCK) * wide;
  inParallelWith(s.batch * s.heads, floats, [&](int task, float* memory) {
    const Head head(s, task);
    const int step = padded(head.keys);
    float *q = memory, *scores = q + BLOCK * wide, *factors = scores + BLOCK * step, *tiles = factors + step;
    const Packed k = packTransposed(a.k(head.b, 0) + head.column, a.k.step, s.size, head.keys, tiles);
    const Packed v = pack(a.v(head.b, 0) + head.column, a.v.step, head.keys, s.size, tiles + size_t(step) * s.size);
    eachBlock(head, [&](int first, int rows, int keys) {
      copyRows(a.q(head.b, first) + head.column, a.q.step, rows, s.size, q);
      multiplyPacked(rows, keys, s.size, q, wide, k, scores, step, true);
      for (int r = 0; r < rows; r++) {
        const int query = first + r, limit = head.limit(query);
        float* row = scores + size_t(r) * step;
        head.softmax(row, limit, padded(keys), a.statistics + 2 * (head.firstRow + query));
        if (s.dropoutThreshold > 0) {
          head.dropoutOf(query, limit, factors);
          multiplyBy(row, factors, limit);
        }
        if (a.weights) memcpy(a.weights + (head.firstRow + query) * s.keys, row, limit * sizeof(float));
      }
      multiplyPacked(rows, s.size, keys, scores, step, v, a.output(head.b, first) + head.column, a.output.step, false);
    });
  });
}

// With weights P, dropped out P' = P m: dV = P'ᵀ dO; dP = (dO Vᵀ + dP') m; the scores' dS = P (dP - sum(P dP)) / sqrt(size); dQ = dS K;
// dK = dSᵀ Q.
void attentionGradient(const hark::AttentionShape& s, const hark::AttentionGradient& a) {
  const int most = padded(s.keys), wide = padded(s.size);
  const size_t floats = size_t(2) * BLOCK * wide + size_t(2 * BLOCK + 1) * most + size_t(2) * most * s.size + size_t(3) * s.keys * wide;
  inParallelWith(s.batch * s.heads, floats, [&](int task, float* memory) {
    const Head head(s, task);
    const int step = padded(head.keys);
    const size_t sums = size_t(head.keys) * wide;
    float *q = memory, *dO = q + BLOCK * wide, *weights = dO + BLOCK * wide, *dScores = weights + BLOCK * step;
    float *factors = dScores + BLOCK * step, *dK = factors + step, *dV = dK + sums, *tiles = dV + sums;
    memset(dK, 0, 2 * sums * sizeof(float));
    const float *keysAt = a.k(head.b, 0) + head.column, *valuesAt = a.v(head.b, 0) + head.column;
    const Packed k = packTransposed(keysAt, a.k.step, s.size, head.keys, tiles);
    const Packed v = packTransposed(valuesAt, a.v.step, s.size, head.keys, tiles + size_t(step) * s.size);
    const Packed kPlain = pack(keysAt, a.k.step, head.keys, s.size, tiles + size_t(2) * step * s.size);
    eachBlock(head, [&](int first, int rows, int keys) {
      copyRows(a.q(head.b, first) + head.column, a.q.step, rows, s.size, q);
      copyRows(a.dOutput(head.b, first) + head.column, a.dOutput.step, rows, s.size, dO);
      multiplyPacked(rows, keys, s.size, q, wide, k, weights, step, true);
      multiplyPacked(rows, keys, s.size, dO, wide, v, dScores, step, true);
      for (int r = 0; r < rows; r++) {
        const int query = first + r, limit = head.limit(query);
        const size_t at = head.firstRow + query;
        float *row = weights + size_t(r) * step, *back = dScores + size_t(r) * step;
        head.exponentials(row, limit, padded(keys), a.statistics[2 * at]);
        head.multiply(row, limit, a.statistics[2 * at + 1]);
        if (a.dWeights)
          for (int i = 0; i < limit; i++) back[i] += a.dWeights[at * s.keys + i];
        if (s.dropoutThreshold > 0) {
          head.dropoutOf(query, limit, factors);
          multiplyBy(back, factors, limit);
        }
        V products = {};
        for (int i = 0; i < limit; i += W) products += load(row + i) * load(back + i);
        const V level = splat(sumOf(products));
        for (int i = 0; i < padded(keys); i += W) store(back + i, load(row + i) * (load(back + i) - level) * splat(head.scale));
        if (s.dropoutThreshold > 0) multiplyBy(row, factors, limit);
      }
      multiplyPacked(rows, s.size, keys, dScores, step, kPlain, a.dQ(head.b, first) + head.column, a.dQ.step, false);
      addTransposed(keys, wide, rows, dScores, step, q, wide, dK, wide);
      addTransposed(keys, wide, rows, weights, step, dO, wide, dV, wide);
    });
    for (int key = 0; key < head.keys; key++) {
      memcpy(a.dK(head.b, key) + head.column, dK + size_t(key) * wide, s.size * sizeof(float));
      memcpy(a.dV(head.b, key) + head.column, dV + size_t(key) * wide, s.size * sizeof(float));
    }
  });
}

}  // namespace
