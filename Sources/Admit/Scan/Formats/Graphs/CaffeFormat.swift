// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A trained network of Caffe (`caffe.proto`): a name, and layers with their numbers.
struct CaffeFormat: ScannedFormat {
  let name = "caffe"

  func fits(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 16, let fields = ProtoReader.fields(of: bytes, limit: 64), !fields.isEmpty else {
      return false
    }
    let known: Set<Int> = [1, 2, 3, 4, 5, 6, 7, 8, 100]
    guard fields.allSatisfy({ known.contains($0.number) }) else { return false }
    guard let layer = fields.first(where: { $0.number == 100 && $0.wire == .bytes }) else { return false }
    // A layer has a name and, in quotes so to say, a type.
    guard let parts = ProtoReader.fields(of: bytes.slice(layer.range), limit: 2), parts.count == 2 else {
      return false
    }
    return parts[0].number == 1 && parts[1].number == 2 && parts[1].wire == .bytes
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    var notes = Notes()
    do throws(ProtoError) {
      var reader = ProtoReader(bytes)
      while let field = try reader.next() {
        if field.number == 2 {
          notes.add(
            "graph.operator", "expected layers with named types, found one of the first version",
            at: field.offset)
        }
        guard field.number == 100 else { continue }
        var layer = try reader.message(field)
        while let part = try layer.next() {
          if part.number == 2 { CaffeLayers.judge(try layer.short(part), at: field.offset, &notes) }
          if part.number == 130 { CaffeLayers.judge("Python", at: field.offset, &notes) }
        }
      }
    } catch {
      notes.add("graph.broken", "expected a network of Caffe, found one that cannot be read: \(error)")
    }
    scan.report(notes, place)
    return name
  }
}
