// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A file encrypted for recipients in age v1 format, which age, rage and their plugins read too.
///
/// ``seal(_:to:into:)`` and ``open(_:with:)`` are the whole of it. Every file has a key of its own. The header wraps that
/// key for each recipient with X25519; the payload is chunks of 64 KiB under ChaCha20-Poly1305. Martlet
/// writes the aligned header (see `docs/design/sealed-files.md`) and reads any header.
///
/// What it promises: whoever lacks an identity learns the length and nothing else, and a change anywhere is
/// noticed. What it does not: anybody who knows a recipient can seal for it, so that being sealed says
/// nothing about where a file comes from. That is the signature's work.
///
/// Source: https://c2sp.org/age
package enum SealedFile {
}
