// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// The metadata of zarr arrays, also where Orbax writes them: which codecs make values of the chunks.
struct ZarrProfile: TextProfile {
  let name = "zarr"
  let keys: Set<String> = ["zarr_format", "zarr_consolidated_format"]

  func fits(_ text: TextSample) -> Bool {
    text.isJSON && (text.keys.contains("zarr_format") || text.keys.contains("zarr_consolidated_format"))
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    guard let root = text.json() else { return }
    var notes = Notes()
    walk(root, depth: 0, &notes)
    scan.report(notes, place)
  }

  private func walk(_ value: JSONValue, depth: Int, _ notes: inout Notes) {
    guard depth < Limits.jsonDepth else { return }
    for member in value.members ?? [] {
      switch member.name {
      case "compressor", "filters", "codecs", "index_codecs": codecs(member.value, &notes)
      case "attributes": continue
      default: break
      }
      walk(member.value, depth: depth + 1, &notes)
    }
    for element in value.array ?? [] { walk(element, depth: depth + 1, &notes) }
  }

  private func codecs(_ value: JSONValue, _ notes: inout Notes) {
    for codec in value.array ?? [value] {
      guard codec != .null else { continue }
      let stated = codec["id"]?.string ?? codec["name"]?.string ?? codec.string ?? ""
      let id = stated.hasPrefix("numcodecs.") ? String(stated.dropFirst(10)) : stated
      if ["pickle", "dill", "cloudpickle"].contains(id.lowercased()) {
        notes.add("zarr.codec", "the codec \(stated) unpickles the chunks", construct: "zarr:\(stated)")
      } else if !Self.harmless.contains(id) {
        notes.add(
          "zarr.uncovered", "the codec '\(stated)' is not known", construct: "zarr:\(stated)",
          allow: "zarr:\(stated)")
      }
    }
  }

  private static let harmless: Set<String> = [
    "blosc", "zlib", "gzip", "zstd", "lz4", "bz2", "lzma", "delta", "fixedscaleoffset", "astype", "packbits",
    "shuffle", "crc32", "crc32c", "adler32", "fletcher32", "jenkins_lookup3", "quantize", "bitround",
    "categorize",
    "vlen-utf8", "vlen-bytes", "vlen-array", "bytes", "endian", "transpose", "sharding_indexed",
    "bitinformation",
    "pcodec", "zfpy", "base64",
  ]
}
