// The instruction sets this binary has kernels for. A room's kernels.cc is compiled once for each and fills the room's table
// (HARK_KERNELS); the room's border.cc calls the table of the set in use (HARK_TABLE).
#pragma once

namespace hark {

#ifdef HARK_X86
// Best first.
#define HARK_EACH_SET(ONE) ONE(avx512) ONE(avx2) ONE(baseline)
#else
// The one set of this processor, under its name.
#define HARK_EACH_SET(ONE) HARK_ONE_SET(ONE, HARK_BASELINE)
#define HARK_ONE_SET(ONE, name) ONE(name)
#endif

// Which of them is in use, counted from 0 (addon.cc).
int setInUse();

#define HARK_JOIN_NAMES(room, set) room##_##set
#define HARK_JOIN(room, set) HARK_JOIN_NAMES(room, set)

// In kernels.cc, inside of namespace hark: HARK_KERNELS(Type, room) = {...};
#define HARK_KERNELS(Type, room)                \
  extern const Type HARK_JOIN(room, HARK_ISA); \
  const Type HARK_JOIN(room, HARK_ISA)

// In border.cc, inside of namespace hark: declares the tables of all sets, and room(), the one in use.
#ifdef HARK_X86
#define HARK_TABLE(Type, room)                                                     \
  extern const Type room##_avx512, room##_avx2, room##_baseline;                   \
  static const Type& room() {                                                      \
    static const Type* const tables[] = {&room##_avx512, &room##_avx2, &room##_baseline}; \
    return *tables[setInUse()];                                                    \
  }
#else
#define HARK_TABLE(Type, room)                      \
  extern const Type HARK_JOIN(room, HARK_BASELINE); \
  static const Type& room() { return HARK_JOIN(room, HARK_BASELINE); }
#endif

}  // namespace hark
