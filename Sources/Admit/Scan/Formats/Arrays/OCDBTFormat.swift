// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A store of arrays in which Orbax keeps checkpoints: a tree of keys in files of its own. The keys that describe arrays are
/// read, and every file that the tree reaches is known to hold nothing but parts of it.
struct OCDBTFormat: ScannedFormat {
  let name = "ocdbt"

  func fits(_ bytes: Bytes) -> Bool { OCDBTManifest.looksLikeOne(bytes) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    var walk = Walk(folder: scan.folder(of: place))
    do throws(StructureError) { try walk.run(OCDBTManifest(bytes)) } catch {
      scan.note(
        "zarr.uncovered", "expected a store of arrays that can be read, but \(error.reason)",
        at: error.offset, place)
      return name
    }
    for (key, value) in walk.descriptions { scan.scan(value, as: place.inside(key)) }
    scan.hold(walk.opened.keys, at: place)
    return name
  }

  /// The trees of all versions, node by node.
  private struct Walk {
    let folder: any DataFolder
    var opened: [String: Bytes] = [:]
    /// Values that say how arrays are kept.
    var descriptions: [(key: String, value: Bytes)] = []
    private var seen: Set<OCDBTPlace> = []
    private var described: Set<String> = []

    init(folder: any DataFolder) { self.folder = folder }

    mutating func run(_ manifest: OCDBTManifest) throws(StructureError) {
      var open = manifest.roots
      while let place = open.popLast() {
        guard seen.insert(place).inserted else { continue }
        guard seen.count <= Limits.ocdbtNodes else {
          throw StructureError(.uncovered, "its tree has more nodes than are read", at: 0)
        }
        let node = try OCDBTNode(contents(place))
        open += node.children
        for (key, value) in node.entries {
          let last = key.split(separator: "/").last ?? ""
          let describes = [".zarray", ".zattrs", ".zgroup", ".zmetadata", "zarr.json"].contains(last)
          switch value {
          case .here(let range):
            if describes { try keep(key, node.contents.slice(range)) }
          case .there(let place):
            let bytes = try contents(place)
            if describes { try keep(key, bytes) }
          }
        }
      }
    }

    private mutating func keep(_ key: String, _ value: Bytes) throws(StructureError) {
      guard descriptions.count < Limits.ocdbtNodes else {
        throw StructureError(.uncovered, "it describes more arrays than are read", at: 0)
      }
      // Versions repeat what did not change.
      guard !value.isEmpty,
        described.insert(key + "\u{0}" + String(decoding: value.array(), as: UTF8.self)).inserted
      else { return }
      descriptions.append((key, value))
    }

    private mutating func contents(_ place: OCDBTPlace) throws(StructureError) -> Bytes {
      let file: Bytes
      if let known = opened[place.file] {
        file = known
      } else {
        if let reason = MemberName.escapes(place.file) {
          throw StructureError(
            .uncovered, "it names a file whose path \(reason): \(place.file.prefix(200))", at: 0)
        }
        guard let found = folder.contents(of: place.file) else {
          throw StructureError(.uncovered, "the file \(place.file.prefix(200)) cannot be read here", at: 0)
        }
        opened[place.file] = found
        file = found
      }
      do throws(BytesError) { return try file.checkedSlice(at: place.offset, count: place.count) } catch {
        throw StructureError(
          .uncovered, "a part lies at \(place.offset) of \(place.file.prefix(200)), outside of it", at: 0)
      }
    }
  }
}
