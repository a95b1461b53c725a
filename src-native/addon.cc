// Hark's kernels as a Node addon. Each room (folder) adds its functions: a room's table.h says what they ask of its kernels,
// border.cc checks the arguments, kernels.cc is compiled once per instruction set. This file chooses among the sets.
#include <atomic>
#include <cstring>

#include "base/border.h"
#include "base/memory.h"
#include "base/pool.h"

#ifndef _WIN32
#include <dlfcn.h>
#endif

namespace hark {

// The rooms: a line each.
#define HARK_EACH_ROOM(ROOM) \
  ROOM(Arithmetic) \
  ROOM(Attention) \
  ROOM(Bilinear) \
  ROOM(Convolution) \
  ROOM(Dense) \
  ROOM(Layers) \
  ROOM(Losses) \
  ROOM(Movement) \
  ROOM(Normalisation) \
  ROOM(Normed) \
  ROOM(Peak) \
  ROOM(Recurrent) \
  ROOM(Signal) \
  ROOM(Update)

#define HARK_DECLARE(name) void add##name(Napi::Env, Napi::Object);
HARK_EACH_ROOM(HARK_DECLARE)

namespace {

#define HARK_TEXT(name) #name
#define HARK_NAME(set) HARK_TEXT(set),
const char* const names[] = {HARK_EACH_SET(HARK_NAME)};
constexpr int SETS = sizeof(names) / sizeof(names[0]);

// Can this processor run a set?
bool runs(const char* name) {
#ifdef HARK_X86
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (std::strcmp(name, "avx2") == 0) return avx2;
  if (std::strcmp(name, "avx512") == 0)
    return avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
#endif
  return true;
}

// The best set, or the one that is wanted; -1: not here.
int choose(const char* wanted) {
  for (int set = 0; set < SETS; set++)
    if (runs(names[set]) && (!wanted || std::strcmp(wanted, names[set]) == 0)) return set;
  return -1;
}

// Node's threads may ask for one at the same time.
std::atomic<int> chosen{choose(nullptr)};

void setThreads(const Napi::CallbackInfo& info) {
  Arguments a(info);
  setThreadCount(a.integer("threads", 1, 256));
}

Napi::Value instructionSet(const Napi::CallbackInfo& info) { return Napi::String::New(info.Env(), names[chosen]); }

// The name of a set: from now on it is used. False where this machine has it not.
Napi::Value useInstructionSet(const Napi::CallbackInfo& info) {
  const std::string wanted = info[0].ToString();
  const int found = choose(wanted.c_str());
  if (found >= 0) chosen = found;
  return Napi::Boolean::New(info.Env(), found >= 0);
}

Napi::Value wantHugePagesOf(const Napi::CallbackInfo& info) {
  Napi::Uint8Array memory = Arguments(info).byteArray("memory");
  return Napi::Number::New(info.Env(), double(wantHugePages(memory.Data(), memory.ByteLength())));
}

#ifdef HARK_SANITIZED
// Reads one number beyond an array, so that the sanitized build can be seen to catch it.
Napi::Value readBeyond(const Napi::CallbackInfo& info) {
  Napi::Float32Array array = Arguments(info).floatArray("array");
  return Napi::Number::New(info.Env(), *static_cast<volatile float*>(array.Data() + array.ElementLength()));
}
#endif

// The pool's threads run this code for as long as the process lives, so it must never be unloaded (a Node worker that ends
// would do that).
void stayLoaded() {
#ifndef _WIN32
  Dl_info info;
  if (dladdr(reinterpret_cast<void*>(&stayLoaded), &info)) dlopen(info.dli_fname, RTLD_NOW | RTLD_NODELETE);
#endif
}

Napi::Object start(Napi::Env env, Napi::Object exports) {
  stayLoaded();
#define HARK_ADD(name) add##name(env, exports);
  HARK_EACH_ROOM(HARK_ADD)
  add<setThreads>(env, exports, "setThreads");
  add<instructionSet>(env, exports, "instructionSet");
  add<useInstructionSet>(env, exports, "useInstructionSet");
  add<wantHugePagesOf>(env, exports, "wantHugePages");
#ifdef HARK_SANITIZED
  add<readBeyond>(env, exports, "readBeyond");
#endif
  return exports;
}

NODE_API_MODULE(hark, start)

}  // namespace

int setInUse() { return chosen; }

}  // namespace hark
