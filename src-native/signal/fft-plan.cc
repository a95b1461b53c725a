#include "fft-plan.h"

#include <cmath>
#include <complex>
#include <list>
#include <mutex>

namespace hark {
namespace {

typedef std::complex<double> Complex;
constexpr double PI = 3.141592653589793238462643383279502884;
constexpr int LARGEST_RADIX = 13;
constexpr size_t MOST_PLANS = 16;

// exp(-2 pi i turn / whole)
Complex turned(long long turn, long long whole) {
  const double angle = -2 * PI * double(turn % whole) / double(whole);
  return {std::cos(angle), std::sin(angle)};
}
void push(Pairs& to, Complex value) {
  to.push_back(float(value.real()));
  to.push_back(float(value.imag()));
}

// The factors of a size, the powers of two first: in few steps, so eights, as long as no single two is left by them. None if a
// prime factor is too large.
std::vector<int> radices(int size) {
  std::vector<int> found;
  for (; size % 32 == 0 || size % 16 == 8; size /= 8) found.push_back(8);
  for (int radix : {4, 2, 3, 5, 7, 11, LARGEST_RADIX})
    for (; size % radix == 0; size /= radix) found.push_back(radix);
  if (size > 1) found.clear();
  return found;
}

FftStage stage(int radix, int inner, int groups) {
  FftStage s{radix, inner, groups, {}, {}};
  for (int p = 0; p < groups; p++)
    for (int r = 0; r < radix; r++) push(s.twiddles, turned((long long)p * r, (long long)groups * radix));
  for (int r = 0; r < radix; r++) push(s.roots, turned(r, radix));
  return s;
}

// In double precision, by halves: only tables are made with it.
void transform(std::vector<Complex>& values) {
  const size_t size = values.size();
  if (size == 1) return;
  std::vector<Complex> even(size / 2), odd(size / 2);
  for (size_t n = 0; n < size / 2; n++) {
    even[n] = values[2 * n];
    odd[n] = values[2 * n + 1];
  }
  transform(even);
  transform(odd);
  for (size_t k = 0; k < size / 2; k++) {
    const Complex turn = turned(k, size) * odd[k];
    values[k] = even[k] + turn;
    values[k + size / 2] = even[k] - turn;
  }
}

ComplexPlan complexPlan(int size) {
  ComplexPlan plan;
  plan.size = size;
  const std::vector<int> factors = radices(size);
  int inner = 1;
  for (int radix : factors) {
    plan.stages.push_back(stage(radix, inner, size / inner / radix));
    inner *= radix;
  }
  if (size == 1 || !factors.empty()) return plan;

  // Bluestein (1970): k n = (k^2 + n^2 - (k - n)^2) / 2 makes a convolution of it.
  int length = 1;
  while (length < 2 * size - 1) length *= 2;
  std::vector<Complex> kernel(length);
  for (int n = 0; n < size; n++) {
    const Complex chirp = turned((long long)n * n, 2ll * size);
    push(plan.chirp, chirp);
    kernel[n] = kernel[(length - n) % length] = std::conj(chirp) / double(length);
  }
  transform(kernel);
  for (const Complex& value : kernel) push(plan.kernel, value);
  plan.padded = std::make_shared<const ComplexPlan>(complexPlan(length));
  return plan;
}

std::shared_ptr<const FftPlan> realPlan(int size) {
  auto plan = std::make_shared<FftPlan>();
  plan->size = size;
  plan->even = size % 2 == 0;
  plan->complex = complexPlan(plan->even ? size / 2 : size);
  if (plan->even)
    for (int k = 0; k <= size / 2; k++) push(plan->turns, turned(k, size));
  return plan;
}

}  // namespace

std::shared_ptr<const FftPlan> fftPlan(int size) {
  // Never destroyed: threads may outlive the static objects.
  static std::mutex& mutex = *new std::mutex;
  static auto& kept = *new std::list<std::shared_ptr<const FftPlan>>;
  std::lock_guard<std::mutex> lock(mutex);
  for (auto at = kept.begin(); at != kept.end(); ++at)
    if ((*at)->size == size) {
      kept.splice(kept.begin(), kept, at);
      return kept.front();
    }
  kept.push_front(realPlan(size));
  if (kept.size() > MOST_PLANS) kept.pop_back();
  return kept.front();
}

}  // namespace hark
