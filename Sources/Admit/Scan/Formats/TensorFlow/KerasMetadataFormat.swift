// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// `keras_metadata.pb`: the configurations of the layers of a SavedModel.
struct KerasMetadataFormat: ScannedFormat {
  let name = "keras-metadata"

  func fits(_ bytes: Bytes) -> Bool {
    var reader = ProtoReader(bytes)
    guard let first = (try? reader.next()) ?? nil, first.number == 1, var node = try? reader.message(first)
    else {
      return false
    }
    var fields: Set<Int> = []
    while let field = (try? node.next()) ?? nil {
      switch (field.number, field.wire) {
      case (2, .varint): break
      case (3, .bytes): break
      case (4, .bytes): guard (try? node.text(field))?.hasPrefix("_tf_keras") == true else { return false }
      case (5, .bytes), (6, .bytes): break
      default: return false
      }
      fields.insert(field.number)
    }
    return fields.contains(4)
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    var reader = ProtoReader(bytes)
    do throws(ProtoError) {
      while let field = try reader.next() {
        guard field.number == 1 else {
          scan.note(.unknownGraphField, "the metadata of Keras has a field \(field.number)", place)
          continue
        }
        var node = try reader.message(field)
        while let part = try node.next() {
          switch part.number {
          case 1, 2, 3, 4, 6: break
          case 5: scan.reportKeras(try node.contents(part), place)
          default: scan.note(.unknownGraphField, "the metadata of Keras has a field \(part.number)", place)
          }
        }
      }
    } catch {
      scan.note(.brokenGraph, "\(error)", place)
    }
    return name
  }
}
