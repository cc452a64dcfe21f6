// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors
#ifndef MARTLET_SHA256_PAIR_H
#define MARTLET_SHA256_PAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor has the instructions that `sha256_pair` is made of (x86-64: SHA, SSSE3, SSE4.1).
bool sha256_pair_is_available(void);

/// Takes `blocks` blocks of 64 bytes of two messages at once into their SHA-256 states (FIPS 180-4, 6.2.2: eight words, a to h).
/// One message alone leaves half of the processor's SHA unit idle, because each of its steps waits for the one before.
/// The states must not be the same. Only where `sha256_pair_is_available`.
void sha256_pair(uint32_t first[8], const uint8_t *first_data, uint32_t second[8], const uint8_t *second_data, size_t blocks);

#endif
