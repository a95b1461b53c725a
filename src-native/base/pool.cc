#include "pool.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "denormals.h"

namespace hark {
namespace {

struct Job {
  void (*task)(void*, int);
  void* context;
  int count;
  std::atomic<int> next{0};
  std::atomic<int> workers{0};  // inside the job now
};

struct Pool {
  std::mutex mutex;  // guards what follows
  std::condition_variable wake;
  Job* job = nullptr;
  int started = 0;  // threads besides the caller
  std::atomic<unsigned> generation{0};

  std::mutex turn;  // one caller at a time: another Node thread then works alone
  std::atomic<int> wanted{1};
};

// Never destroyed: its threads may outlive the static objects.
Pool& pool() {
  static Pool* the = new Pool;
  return *the;
}

void drain(Job& job) {
  for (int index; (index = job.next.fetch_add(1, std::memory_order_relaxed)) < job.count;) job.task(job.context, index);
}

// A worker spins for a moment before it sleeps: a training step is a dozen dispatches within milliseconds, and to be woken takes
// longer than most of what the tape does between two of them.
void work(int number) {
  NoDenormals guard;
  Pool& p = pool();
  unsigned seen = 0;
  for (;;) {
    auto begun = std::chrono::steady_clock::now();
    while (p.generation.load(std::memory_order_acquire) == seen) {
      if (std::chrono::steady_clock::now() - begun > std::chrono::microseconds(1000)) break;
      std::this_thread::yield();
    }
    Job* job;
    {
      std::unique_lock<std::mutex> lock(p.mutex);
      p.wake.wait(lock, [&] { return p.generation.load() != seen; });
      seen = p.generation.load();
      job = p.job;
      if (!job || number >= p.wanted.load()) continue;
      job->workers.fetch_add(1);
    }
    drain(*job);
    job->workers.fetch_sub(1, std::memory_order_release);
  }
}

}  // namespace

int threadCount() { return pool().wanted.load(); }
void setThreadCount(int count) { pool().wanted.store(count); }

void parallel(int count, void (*task)(void*, int), void* context) {
  Pool& p = pool();
  std::unique_lock<std::mutex> turn(p.turn, std::try_to_lock);
  int threads = p.wanted.load();
  if (count < 2 || threads < 2 || !turn.owns_lock()) {
    for (int index = 0; index < count; index++) task(context, index);
    return;
  }
  Job job;
  job.task = task;
  job.context = context;
  job.count = count;
  {
    std::lock_guard<std::mutex> lock(p.mutex);
    for (; p.started < threads - 1; p.started++) std::thread(work, p.started + 1).detach();
    p.job = &job;
    p.generation.fetch_add(1, std::memory_order_release);
  }
  p.wake.notify_all();
  drain(job);
  {
    // From here on no worker can enter; those inside finish their last task.
    std::lock_guard<std::mutex> lock(p.mutex);
    p.job = nullptr;
  }
  while (job.workers.load(std::memory_order_acquire) > 0) std::this_thread::yield();
}

}  // namespace hark
