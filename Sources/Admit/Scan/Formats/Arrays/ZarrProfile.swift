// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// The metadata of zarr arrays, also where Orbax writes them: which codecs make values of the chunks.
struct ZarrProfile: TextProfile {
  let name = "zarr"
  let keys: Set<String> = ["zarr_format", "zarr_consolidated_format"]

  func fits(_ text: TextSample) -> Bool {
    text.keys.contains("zarr_format") || text.keys.contains("zarr_consolidated_format")
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    // Python reads numbers that are none in JSON, such as NaN.
    guard let root = text.json() else {
      notes.add("zarr.uncovered", "expected the metadata of an array as JSON, found what cannot be read")
      return scan.report(notes, place)
    }
    walk(root, depth: 0, &notes)
    scan.report(notes, place)
    for folder in Self.arrays(root) { scan.dataFiles.insert(folder + DataFiles.chunks) }
  }

  /// Folders of arrays that the metadata describes, from where it stands.
  private static func arrays(_ root: JSONValue) -> [String] {
    var folders: [String] = []
    if isArray(root) { folders.append("") }
    // Metadata of a whole hierarchy in one file, of the second and of the third edition.
    let inside = root["metadata"] ?? root["consolidated_metadata"]?["metadata"]
    for member in inside?.members ?? [] where isArray(member.value) {
      var path = member.name
      for suffix in [".zarray", "/zarr.json"] where path.hasSuffix(suffix) { path.removeLast(suffix.count) }
      guard path.isEmpty || path == "/" || MemberName.escapes(path) == nil else { continue }
      path = path.split(separator: "/").map { $0 + "/" }.joined()
      folders.append(path)
    }
    return folders
  }

  private static func isArray(_ value: JSONValue) -> Bool {
    value["shape"]?.array != nil && (value["chunks"]?.array != nil || value["node_type"]?.string == "array")
  }

  private func walk(_ value: JSONValue, depth: Int, _ notes: inout Notes) {
    guard depth < Limits.jsonDepth else { return }
    for member in value.members ?? [] {
      switch member.name {
      case "compressor", "filters", "codecs", "index_codecs": codecs(member.value, &notes)
      case "attributes": continue
      // What users keep with an array means nothing to zarr.
      case let name where name.hasSuffix(".zattrs"): continue
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
