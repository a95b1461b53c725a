// What transforms of one length have in common: factors and tables, made once in double precision.
#pragma once
#include <memory>
#include <vector>

namespace hark {

// Largest length: that of FeatureSpec (src-shared/domain/feature-spec.ts).
constexpr int MOST_FFT = 1 << 16;

// Complex values lie in pairs: re, im.
typedef std::vector<float> Pairs;

// Merges transforms of `inner` values, `radix` at a time; `groups` transforms are still apart after it.
struct FftStage {
  int radix, inner, groups;
  Pairs twiddles;  // [groups][radix]: exp(-2 pi i p r / (groups radix))
  Pairs roots;     // [radix]: exp(-2 pi i r / radix)
};

// A complex transform of `size` values: by stages; or, if it has a large prime factor, by Bluestein's chirp and one of
// `padded` values, a power of two.
struct ComplexPlan {
  int size = 0;
  std::vector<FftStage> stages;
  std::shared_ptr<const ComplexPlan> padded;
  Pairs chirp;   // [size]
  Pairs kernel;  // [padded]: the transformed chirp, divided by its length

  // Values of the longest buffer that it needs.
  int longest() const { return padded ? padded->size : size; }
};

// A real transform: an even size by a complex one of half the length, an odd one as it is.
struct FftPlan {
  int size = 0;
  bool even = false;
  ComplexPlan complex;
  Pairs turns;  // [size / 2 + 1]: exp(-2 pi i k / size), for even sizes

  int bins() const { return size / 2 + 1; }
};

// The plan of a size, 1..MOST_FFT; the last few are kept. From any thread.
std::shared_ptr<const FftPlan> fftPlan(int size);

}  // namespace hark
