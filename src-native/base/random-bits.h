// Random bits made of a key and a counter alone.
#pragma once
#include <cstdint>

namespace {

// The bits of src-main/engine/dropout.ts.
inline uint32_t randomBits(uint32_t key, uint32_t counter) {
  uint32_t z = key + (counter + 1) * 0x9e3779b9u;
  z = (z ^ (z >> 16)) * 0x21f0aaadu;
  z = (z ^ (z >> 15)) * 0x735a2d97u;
  return z ^ (z >> 15);
}

}  // namespace
