// What a room's border.cc needs: to read arguments, to bound sizes, to add its functions to the addon.
#pragma once
#include <napi.h>

#include "arguments.h"
#include "denormals.h"
#include "sets.h"

namespace hark {

// Sizes above this are refused: products of three of them stay within 64 bits, row counts within 31.
constexpr double MOST = 1 << 20;
constexpr double MOST_FRAMES = 1 << 26;

// Adds a function to the addon. Denormals count as zero while it runs, in the border's own loops as in the kernels.
template <auto F>
auto withoutDenormals(const Napi::CallbackInfo& info) {
  NoDenormals guard;
  return F(info);
}
template <auto F>
void add(Napi::Env env, Napi::Object exports, const char* name) {
  exports.Set(name, Napi::Function::New<withoutDenormals<F>>(env, name));
}

}  // namespace hark
