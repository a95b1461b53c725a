#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "../base/border.h"
#include "table.h"

namespace hark {

HARK_TABLE(PeakKernels, peak)

namespace {

using Clock = std::chrono::steady_clock;

constexpr int REPEATS = 20000;  // tens of microseconds between two looks at the clock

// threads, milliseconds: floating-point operations a second that this many threads reach together in multiply-adds.
Napi::Value fmaPeak(const Napi::CallbackInfo& info) {
  Arguments a(info);
  const int threads = a.integer("threads", 1, 256);
  const auto duration = std::chrono::milliseconds(a.integer("milliseconds", 1, 10000));
  const PeakKernels& kernels = peak();

  std::atomic<int> ready{0};
  std::atomic<int64_t> rounds{0};
  // Read at run time, so that the compiler cannot know the sums; |factor| < 1 keeps them finite and normal.
  volatile float factor = 0.999f, term = 0.001f, sink = 0;
  const auto work = [&] {
    // None begins before all are there.
    ready.fetch_add(1);
    while (ready.load() < threads) std::this_thread::yield();
    int64_t done = 0;
    for (const auto end = Clock::now() + duration; Clock::now() < end; done++)
      if (kernels.chains(REPEATS, factor, term) < 0) sink = 1;
    rounds.fetch_add(done);
  };
  std::vector<std::thread> others;
  for (int i = 1; i < threads; i++) others.emplace_back(work);
  while (ready.load() < threads - 1) std::this_thread::yield();
  const auto began = Clock::now();
  work();
  for (std::thread& other : others) other.join();
  const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
  return Napi::Number::New(info.Env(), double(rounds.load()) * REPEATS * kernels.flopsPerRepeat / seconds);
}

}  // namespace

void addPeak(Napi::Env env, Napi::Object exports) { add<fmaPeak>(env, exports, "fmaPeak"); }

}  // namespace hark
