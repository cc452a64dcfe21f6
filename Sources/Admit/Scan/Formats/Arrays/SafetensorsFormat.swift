// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats

/// Tensors behind a header of JSON.
struct SafetensorsFormat: ScannedFormat {
  let name = "safetensors"

  func fits(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 9, bytes[8] == UInt8(ascii: "{") else { return false }
    // Lengths above 2^40 are no header of anything: the eight bytes are something else.
    return bytes[5] == 0 && bytes[6] == 0 && bytes[7] == 0
  }

  /// A header of 128 bytes and some others has a length that begins like a pickle. What follows is no opcode of any unpickler.
  func carries(_ other: String, in bytes: Bytes) -> Bool {
    other == "pickle" && bytes.count >= 9 && bytes[2] < 0x20
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let file: Safetensors
    do throws(SafetensorsError) { file = try Safetensors(bytes) } catch {
      scan.report(.safetensors(error), place)
      return name
    }
    scan.report(.safetensors(nil), place)
    var notes = Notes()
    for tensor in file.tensors { checkName(tensor.name, &notes) }
    for (key, value) in file.metadata { checkMetadata(key, value, &notes) }
    scan.report(notes, place)
    for (key, value) in file.metadata where value.utf8.count <= Limits.metadataText {
      scan.scanMetadataText(value, key: key, at: nil, place)
      var inner = place.inside("__metadata__ \(key)")
      inner.isRawData = true
      if value.utf8.count > 8 { scan.scan(Bytes(utf8: value), as: inner) }
      if let packed = Self.decoded(value) { scan.scan(packed, as: inner) }
    }
    return name
  }

  private func checkName(_ name: String, _ notes: inout Notes) {
    let odd = name.unicodeScalars.contains {
      $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0.properties.generalCategory == .format
    }
    if MemberName.escapes(name) != nil || odd {
      notes.add(
        "safetensors.names",
        "the tensor \(name.debugDescription) is named like a path, or has invisible letters")
    }
  }

  private func checkMetadata(_ key: String, _ value: String, _ notes: inout Notes) {
    if value.utf8.count > Limits.metadataText {
      notes.add(
        "safetensors.metadata",
        "the metadata \(key.prefix(100)) has \(value.utf8.count) bytes, which is more than is looked at")
    }
    let text = key + "\n" + value
    let script = ["<script", "javascript:"].first { text.lowercased().contains($0) }
    if let sign = script ?? ONNXMetadata.code(in: Bytes(utf8: text)) {
      notes.add(
        "safetensors.metadata", "the metadata \(key.prefix(100)) holds code: it has '\(sign)' in it",
        construct: "metadata:\(sign)")
    }
    if let packed = Self.decoded(value), Self.isPayload(packed) {
      notes.add(
        "safetensors.metadata", "the metadata \(key) holds a file in base64", construct: "metadata:base64")
    }
  }

  /// A value that is base64 and nothing else.
  private static func decoded(_ value: String) -> Bytes? {
    let units = value.utf8
    guard units.count >= 12, units.count <= Limits.metadataText,
      units.allSatisfy({
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || [0x2B, 0x2D, 0x2F, 0x3D, 0x5F, 0x0A].contains($0)
      })
    else { return nil }
    let plain = value.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
      .replacingOccurrences(of: "\n", with: "")
    return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)).map {
      Bytes($0)
    }
  }

  private static func isPayload(_ bytes: Bytes) -> Bool {
    let magics: [[UInt8]] = [
      [0x80, 2], [0x80, 3], [0x80, 4, 0x95], [0x80, 5, 0x95], [0x50, 0x4B, 3, 4], [0x1F, 0x8B, 8],
      [0x7F, 0x45, 0x4C, 0x46],
    ]
    return magics.contains { bytes.starts(with: $0) }
  }
}
