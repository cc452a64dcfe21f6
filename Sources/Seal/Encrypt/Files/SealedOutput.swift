// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletFiles

/// Seals a file into a file, and opens one into a file. The output appears whole and durable, or not at all.
package enum SealedOutput {
  /// - Parameters:
  ///   - sealer: has the recipients, or the passphrase.
  ///   - replacing: whether a file at `output` is replaced.
  /// - Throws: ``SealError/file(_:)``, with `EEXIST` for an output that is there.
  package static func seal(
    _ input: ReadableFile, with sealer: consuming FileSealer, armored: Bool, as output: String,
    replacing: Bool, progress: SealProgress = { _, _ in }
  ) throws {
    var writer = try DurableFileWriter(in: FilePath.parent(of: output), mode: 0o644)
    if armored {
      var armor = AgeArmor.Writer()
      try sealer.stream(input) { try writer.write(armor.text(of: $0).span) }
      try writer.write(armor.end().span)
    } else {
      try sealer.write(input, to: writer.places, progress: progress)
    }
    try commit(writer, as: output, replacing: replacing)
  }

  /// The plaintext is for its owner only.
  /// - Throws: ``SealError``.
  package static func open(
    _ file: UnlockedFile<SealedInput>, as output: String, replacing: Bool,
    progress: SealProgress = { _, _ in }
  ) throws {
    let writer = try DurableFileWriter(in: FilePath.parent(of: output), mode: 0o600)
    try file.write(to: writer.places, progress: progress)
    try commit(writer, as: output, replacing: replacing)
  }

  static func commit(
    _ writer: consuming DurableFileWriter, as output: String, replacing: Bool
  ) throws(FilesError) {
    if replacing { try writer.commit(as: output) } else { try writer.commit(asNew: output) }
  }
}
