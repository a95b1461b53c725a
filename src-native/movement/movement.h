// Operations that move values.
#pragma once
#include "../base/panels.h"
#include "table.h"

namespace {

// Elements of one task.
constexpr int SHARE = 1 << 14;

// Calls f(place in x, place in y) for each combination of the first `count` axes; on the pool.
template <class F>
inline void eachPlace(int count, const int* size, const size_t* stepX, const size_t* stepY, size_t inner, const F& f) {
  size_t rows = 1;
  for (int axis = 0; axis < count; axis++) rows *= size[axis];
  const size_t block = inner < SHARE ? SHARE / (inner ? inner : 1) : 1;
  inParallel(int((rows + block - 1) / block), [&](int index) {
    for (size_t row = index * block; row < rows && row < (index + 1) * block; row++) {
      size_t x = 0, y = 0, rest = row;
      for (int axis = count - 1; axis >= 0; rest /= size[axis], axis--) {
        x += rest % size[axis] * stepX[axis];
        y += rest % size[axis] * stepY[axis];
      }
      f(x, y);
    }
  });
}

void transpose(int rank, const int* size, const int* order, const float* x, float* y) {
  size_t stepX[hark::MOST_AXES], stepY[hark::MOST_AXES];  // along each axis of x
  size_t step = 1;
  for (int axis = rank - 1; axis >= 0; step *= size[axis], axis--) stepX[axis] = step;
  step = 1;
  for (int place = rank - 1; place >= 0; step *= size[order[place]], place--) stepY[order[place]] = step;
  const int last = rank - 1, other = order[last];
  if (other == last)
    return eachPlace(last, size, stepX, stepY, size[last], [&](size_t from, size_t to) { memcpy(y + to, x + from, size[last] * sizeof(float)); });
  // The last axes of x and y make matrices, which are turned in squares that stay near.
  constexpr int SQUARE = 32;
  int sizes[hark::MOST_AXES + 1];
  size_t stepsX[hark::MOST_AXES + 1], stepsY[hark::MOST_AXES + 1];
  int count = 0;
  for (int axis = 0; axis < last; axis++)
    if (axis != other) sizes[count] = size[axis], stepsX[count] = stepX[axis], stepsY[count++] = stepY[axis];
  sizes[count] = (size[other] + SQUARE - 1) / SQUARE, stepsX[count] = SQUARE * stepX[other], stepsY[count++] = SQUARE;
  // The place along `other` is read off y, where it has a step of 1 in rows of its whole length.
  eachPlace(count, sizes, stepsX, stepsY, size_t(SQUARE) * size[last], [&](size_t from, size_t to) {
    const int done = int(to % size[other]);
    const int rows = size[other] - done < SQUARE ? size[other] - done : SQUARE;
    for (int column = 0; column < size[last]; column += SQUARE) {
      const int columns = size[last] - column < SQUARE ? size[last] - column : SQUARE;
      transposeBlock(x + from + column, stepX[other], y + to + column * stepY[last], stepY[last], rows, columns);
    }
  });
}

void pad(int rank, const int* size, const int* before, const int* sizeOfY, float value, const float* x, float* y) {
  size_t stepX[hark::MOST_AXES], stepY[hark::MOST_AXES], first = 0, whole = 1, stepOfX = 1;
  for (int axis = rank - 1; axis >= 0; axis--) {
    stepX[axis] = stepOfX;
    stepY[axis] = whole;
    first += before[axis] * whole;
    stepOfX *= size[axis];
    whole *= sizeOfY[axis];
  }
  for (size_t i = 0; i < whole; i++) y[i] = value;
  if (stepOfX == 0) return;
  const int last = rank - 1;
  eachPlace(last, size, stepX, stepY, size[last], [&](size_t from, size_t to) { memcpy(y + first + to, x + from, size[last] * sizeof(float)); });
}

void gatherRows(int count, int size, const int* indices, const float* x, float* y) {
  const int block = size < SHARE ? SHARE / size : 1;
  inParallel((count + block - 1) / block, [&](int index) {
    for (int i = index * block; i < count && i < (index + 1) * block; i++) memcpy(y + size_t(i) * size, x + size_t(indices[i]) * size, size * sizeof(float));
  });
}

// Each task owns some rows of y and looks through all indices: no row has two writers, and each sum its order.
void addRows(int count, int rows, int size, const int* indices, const float* x, float* y) {
  constexpr int TASKS_AT_MOST = 16;
  const int tasks = rows < TASKS_AT_MOST ? rows : TASKS_AT_MOST;
  inParallel(tasks, [&](int task) {
    const int first = int(int64_t(rows) * task / tasks), end = int(int64_t(rows) * (task + 1) / tasks);
    memset(y + size_t(first) * size, 0, size_t(end - first) * size * sizeof(float));
    for (int i = 0; i < count; i++) {
      if (indices[i] < first || indices[i] >= end) continue;
      float* to = y + size_t(indices[i]) * size;
      const float* from = x + size_t(i) * size;
      for (int j = 0; j < size; j++) to[j] += from[j];
    }
  });
}

}  // namespace
