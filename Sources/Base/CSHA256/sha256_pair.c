// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors
#include "sha256_pair.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2).
static const uint32_t constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

#define INSTRUCTIONS __attribute__((target("sha,ssse3,sse4.1")))

bool sha256_pair_is_available(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return false;
  if ((c & bit_SSSE3) == 0 || (c & bit_SSE4_1) == 0) return false;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA) != 0;
}

// The instructions want the words of a state as f e b a and h g d c.
INSTRUCTIONS static inline void load(const uint32_t state[8], __m128i *abef, __m128i *cdgh) {
  __m128i dcba = _mm_loadu_si128((const __m128i *)state);
  __m128i hgfe = _mm_loadu_si128((const __m128i *)(state + 4));
  __m128i cdab = _mm_shuffle_epi32(dcba, 0xb1);
  __m128i efgh = _mm_shuffle_epi32(hgfe, 0x1b);
  *abef = _mm_alignr_epi8(cdab, efgh, 8);
  *cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
}

INSTRUCTIONS static inline void store(uint32_t state[8], __m128i abef, __m128i cdgh) {
  __m128i feba = _mm_shuffle_epi32(abef, 0x1b);
  __m128i dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

INSTRUCTIONS void sha256_pair(
    uint32_t first[8], const uint8_t *first_data, uint32_t second[8], const uint8_t *second_data, size_t blocks) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  const uint8_t *data[2] = {first_data, second_data};
  __m128i abef[2], cdgh[2];
  load(first, &abef[0], &cdgh[0]);
  load(second, &abef[1], &cdgh[1]);
  for (; blocks > 0; blocks--) {
    // The last sixteen words of each message schedule, four in a register.
    __m128i words[2][4], before[2][2];
    for (int lane = 0; lane < 2; lane++) {
      before[lane][0] = abef[lane];
      before[lane][1] = cdgh[lane];
      for (int part = 0; part < 4; part++) {
        words[lane][part] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(data[lane] + 16 * part)), big_endian);
      }
      data[lane] += 64;
    }
#pragma clang loop unroll(full)
    for (int step = 0; step < 16; step++) {
      const __m128i constant = _mm_load_si128((const __m128i *)(constants + 4 * step));
      const int now = step & 3, next = (step + 1) & 3, after = (step + 2) & 3, last = (step + 3) & 3;
#pragma clang loop unroll(full)
      for (int lane = 0; lane < 2; lane++) {
        __m128i *w = words[lane];
        const __m128i sum = _mm_add_epi32(w[now], constant);
        cdgh[lane] = _mm_sha256rnds2_epu32(cdgh[lane], abef[lane], sum);
        abef[lane] = _mm_sha256rnds2_epu32(abef[lane], cdgh[lane], _mm_shuffle_epi32(sum, 0x0e));
        if (step < 12) {
          const __m128i part = _mm_add_epi32(_mm_sha256msg1_epu32(w[now], w[next]), _mm_alignr_epi8(w[last], w[after], 4));
          w[now] = _mm_sha256msg2_epu32(part, w[last]);
        }
      }
    }
    for (int lane = 0; lane < 2; lane++) {
      abef[lane] = _mm_add_epi32(abef[lane], before[lane][0]);
      cdgh[lane] = _mm_add_epi32(cdgh[lane], before[lane][1]);
    }
  }
  store(first, abef[0], cdgh[0]);
  store(second, abef[1], cdgh[1]);
}

#else

bool sha256_pair_is_available(void) { return false; }

void sha256_pair(uint32_t first[8], const uint8_t *first_data, uint32_t second[8], const uint8_t *second_data, size_t blocks) {
  (void)first, (void)first_data, (void)second, (void)second_data, (void)blocks;
  __builtin_trap();
}

#endif
