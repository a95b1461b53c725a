#include "../base/border.h"
#include "table.h"

namespace hark {

HARK_TABLE(MovementKernels, movement)

namespace {

size_t sizeOf(const Napi::CallbackInfo& info, int rank, const int* size) {
  double all = 1;
  for (int axis = 0; axis < rank; axis++) all *= size[axis];
  if (!(all <= INT32_MAX)) throw Napi::TypeError::New(info.Env(), "the sizes are too large");
  return size_t(all);
}

// rank, size, order, x, y
void transpose(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const int rank = a.integer("rank", 1, MOST_AXES);
  const int* size = a.integers("size", rank, 1, INT32_MAX);
  const int* order = a.integers("order", rank, 0, rank - 1);
  int seen = 0;
  for (int axis = 0; axis < rank; axis++) seen |= 1 << order[axis];
  if (seen != (1 << rank) - 1) throw Napi::TypeError::New(info.Env(), "order names an axis twice");
  const float* x = a.floats("x", sizeOf(info, rank, size));
  movement().transpose(rank, size, order, x, a.floats("y", sizeOf(info, rank, size)));
}

// rank, size, before, sizeOfY, value, x, y
void pad(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const int rank = a.integer("rank", 1, MOST_AXES);
  const int* size = a.integers("size", rank, 0, INT32_MAX);
  const int* before = a.integers("before", rank, 0, INT32_MAX);
  const int* sizeOfY = a.integers("sizeOfY", rank, 0, INT32_MAX);
  for (int axis = 0; axis < rank; axis++)
    if (double(before[axis]) + size[axis] > sizeOfY[axis]) throw Napi::TypeError::New(info.Env(), "x does not fit into y");
  const float value = float(a.number("value"));
  const float* x = a.floats("x", sizeOf(info, rank, size));
  movement().pad(rank, size, before, sizeOfY, value, x, a.floats("y", sizeOf(info, rank, sizeOfY)));
}

// count, rows, size, indices [count], x [rows, size], y [count, size]
void gatherRows(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const int count = a.integer("count", 1, MOST_FRAMES), rows = a.integer("rows", 1, MOST_FRAMES), size = a.integer("size", 1, MOST_FRAMES);
  const int* indices = a.integers("indices", count, 0, rows - 1);
  const float* x = a.floats("x", size_t(rows) * size);
  movement().gatherRows(count, size, indices, x, a.floats("y", size_t(count) * size));
}

// count, rows, size, indices [count], x [count, size], y [rows, size]
void addRows(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const int count = a.integer("count", 0, MOST_FRAMES), rows = a.integer("rows", 1, MOST_FRAMES), size = a.integer("size", 1, MOST_FRAMES);
  const int* indices = a.integers("indices", count, 0, rows - 1);
  const float* x = a.floats("x", size_t(count) * size);
  movement().addRows(count, rows, size, indices, x, a.floats("y", size_t(rows) * size));
}

}  // namespace

void addMovement(Napi::Env env, Napi::Object exports) {
  add<transpose>(env, exports, "transpose");
  add<pad>(env, exports, "pad");
  add<gatherRows>(env, exports, "gatherRows");
  add<addRows>(env, exports, "addRows");
}

}  // namespace hark
