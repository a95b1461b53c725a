// What a room's border.cc needs: to read arguments, to bound sizes, to add its functions to the addon.
#pragma once
#include <napi.h>

#include "arguments.h"
#include "sets.h"

namespace hark {

// Sizes above this are refused: products of three of them stay within 64 bits, row counts within 31.
constexpr double MOST = 1 << 20;
constexpr double MOST_FRAMES = 1 << 26;

template <void (*F)(const Napi::CallbackInfo&)>
void add(Napi::Env env, Napi::Object exports, const char* name) {
  exports.Set(name, Napi::Function::New<F>(env, name));
}
template <Napi::Value (*F)(const Napi::CallbackInfo&)>
void add(Napi::Env env, Napi::Object exports, const char* name) {
  exports.Set(name, Napi::Function::New<F>(env, name));
}

}  // namespace hark
