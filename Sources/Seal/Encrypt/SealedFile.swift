// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

package import struct MartletEvidence.Digest

/// A file encrypted for recipients in age v1 format, which age, rage and their plugins read too.
///
/// ``seal(_:to:into:)`` and ``open(_:with:expecting:)`` work on bytes in memory; ``FileSealer``, ``unlock(_:with:)`` and
/// ``UnlockedFile`` are what they are made of, for files of any size, ranges of them, and passphrases; ``SealedPath`` is a sealed
/// file on disk, and changes its recipients. Every file has a key of its own. The header wraps that key for each recipient;
/// the payload is chunks of 64 KiB under ChaCha20-Poly1305. Martlet writes the aligned header (see
/// `docs/design/sealed-files.md`) and reads any header.
///
/// What it promises: whoever lacks an identity learns the length and nothing else, and a change anywhere is
/// noticed. What it does not: anybody who knows a recipient can seal for it, so that being sealed says
/// nothing about where a file comes from. That is the signature's work.
///
/// Source: https://c2sp.org/age
package enum SealedFile {
  /// Seals `plaintext` for all of `recipients`, in one pass and constant memory, and returns the SHA-256 of
  /// the plaintext.
  ///
  /// - Parameter sink: Gets the sealed file from front to back, about 2 MiB at a time.
  /// - Throws: ``SealError`` as ``FileSealer/init(for:)`` does, and whatever the sink throws.
  package static func seal(
    _ plaintext: Bytes, to recipients: [SealingRecipient], into sink: (Span<UInt8>) throws -> Void
  ) throws -> Digest {
    try FileSealer(for: recipients).seal(plaintext, into: sink)
  }

  /// Opens a sealed file in memory. Nothing is returned before the header and every chunk are authenticated, and
  /// the plaintext exists once, in memory that is zeroed with it.
  ///
  /// - Parameter digest: When given, the plaintext must also have this SHA-256. It is computed meanwhile.
  /// - Throws: ``SealError``, whose cases tell apart a header that cannot be read, a file sealed for others,
  ///   a file that was changed, cut or extended, with the place, and a file with another plaintext.
  package static func open(
    _ sealed: Bytes, with store: borrowing some KeyStore & ~Copyable, expecting digest: Digest? = nil
  ) throws(SealError) -> SecretBytes {
    try unlock(sealed, with: store).open(expecting: digest)
  }
}
