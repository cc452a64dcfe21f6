// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// What bytes are, judged by the bytes. A name or an extension is never asked.
package enum FileFormat: String, Sendable, CaseIterable, Codable {
  case pickle, zip, npy, safetensors, onnx, json, text, png, jpeg, gif

  /// Every format that some loader would take these bytes for, the one that starts at the first byte first.
  /// A pickle in front of a zip archive is both. Nothing fits: an empty list.
  package static func identify(_ bytes: Bytes) -> [FileFormat] {
    var found: [FileFormat] = []
    if PickleProbe.looksLikePickle(bytes) { found.append(.pickle) }
    if starts(bytes, [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]) { found.append(.npy) }
    if starts(bytes, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { found.append(.png) }
    if starts(bytes, [0xFF, 0xD8, 0xFF]) { found.append(.jpeg) }
    if starts(bytes, Array("GIF87a".utf8)) || starts(bytes, Array("GIF89a".utf8)) { found.append(.gif) }
    if looksLikeSafetensors(bytes) { found.append(.safetensors) }
    if ONNXProbe.looksLikeModel(bytes) { found.append(.onnx) }
    if looksLikeZip(bytes) { found.append(.zip) }
    if found.isEmpty, let text = PlainText.kind(of: bytes) { found.append(text == .json ? .json : .text) }
    return found
  }

  static func starts(_ bytes: Bytes, _ magic: [UInt8]) -> Bool {
    bytes.count >= magic.count && magic.indices.allSatisfy { bytes[$0] == magic[$0] }
  }

  /// A member in front, or the end of a directory in the last 64 KiB.
  private static func looksLikeZip(_ bytes: Bytes) -> Bool {
    if starts(bytes, [0x50, 0x4B, 3, 4]) { return true }
    guard bytes.count >= 22 else { return false }
    let span = bytes.span
    var at = bytes.count - 22
    let floor = max(0, bytes.count - 22 - 0xFFFF)
    while at >= floor {
      if span[at] == 0x50, span[at + 1] == 0x4B, span[at + 2] == 5, span[at + 3] == 6 {
        // The directory must lie in front of its end, so that four bytes in a picture are no archive.
        var size = 0
        for index in 0..<4 { size |= Int(span[at + 12 + index]) << (8 * index) }
        if size <= at || size == 0xFFFF_FFFF { return true }
      }
      at -= 1
    }
    return false
  }

  private static func looksLikeSafetensors(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 9, bytes[8] == UInt8(ascii: "{") else { return false }
    // Lengths above 2^40 are no header of anything: the eight bytes are something else.
    return bytes[5] == 0 && bytes[6] == 0 && bytes[7] == 0
  }
}
