// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// The metadata of zarr arrays, also where Orbax writes them: which codecs make values of the chunks.
struct ZarrProfile: TextProfile {
  let name = "zarr"
  let keys: Set<String> = ["zarr_format", "zarr_consolidated_format", "refs", "version"]

  func fits(_ text: TextSample) -> Bool {
    text.keys.contains("zarr_format") || text.keys.contains("zarr_consolidated_format")
      || Self.isReferences(text)
  }

  /// An array that is put together from parts of other files (kerchunk, edition 1): its metadata stands in texts.
  private static func isReferences(_ text: TextSample) -> Bool {
    text.keys.contains("refs") && text.keys.contains("version")
      || text.keys.contains { $0.hasSuffix(".zarray") || $0.hasSuffix(".zgroup") }
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    // Python reads numbers that are none in JSON, such as NaN.
    guard let root = text.json() else {
      notes.add("zarr.uncovered", "expected the metadata of an array as JSON, found what cannot be read")
      return scan.report(notes, place)
    }
    walk(root, depth: 0, &notes)
    if Self.isReferences(text) {
      let templates =
        references(root["refs"] ?? root, &notes) + Self.texts(root["templates"]) + Self.texts(root["gen"])
      // The reader renders names and addresses with Jinja, without a sandbox.
      for template in templates {
        scan.scanMetadataText(template, key: "template of references", at: nil, place)
      }
    }
    scan.report(notes, place)
    scan.hold(Self.arrays(root).map { $0 + DataFiles.chunks }, at: place)
  }

  /// Metadata in texts, and parts of other files.
  /// - Returns: texts that may be templates.
  private func references(_ value: JSONValue, _ notes: inout Notes) -> [String] {
    var templates: [String] = []
    for member in value.members ?? [] {
      if let text = member.value.string {
        templates.append(text)
        guard member.name.hasSuffix(".zarray") || member.name.hasSuffix(".zmetadata") else { continue }
        guard let inner = try? TolerantJSON(Bytes(utf8: text)).value else {
          notes.add(
            "zarr.uncovered",
            "expected the metadata of \(member.name.prefix(100)) as JSON, found what is none")
          continue
        }
        walk(inner, depth: 0, &notes)
      } else if let path = member.value.array?.first?.string {
        templates.append(path)
        guard path.contains("://") || MemberName.escapes(path) != nil else { continue }
        notes.add(
          "zarr.uncovered", "expected parts of files in this folder, found some elsewhere",
          construct: "zarr:\(path.prefix(200))", allow: "zarr:\(path.prefix(200))")
      } else if member.value.members?.isEmpty == false {
        templates += references(member.value, &notes)
      }
    }
    return templates
  }

  private static func texts(_ value: JSONValue?) -> [String] {
    switch value {
    case .string(let text)?: [text]
    case .array(let values)?: values.flatMap { texts($0) }
    case .object(let members)?: members.flatMap { [$0.name] + texts($0.value) }
    default: []
    }
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
