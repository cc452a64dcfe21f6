// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension Target {
  static let graphs: [String: Body] = [
    "protobuf": { fields($0, depth: 0) },
    "onnx": {
      _ = ONNXProbe.looksLikeModel($0)
      _ = ONNXProbe.looksLikeTensor($0)
      _ = try? ONNXModel($0)
      _ = try? ONNXOutline($0)
      _ = try? ONNXTensor(ProtoReader($0))
    },
    "graph": {
      _ = GraphProbe.kind(of: $0)
      _ = try? GraphNode(ProtoReader($0))
      _ = try? GraphTensor(ProtoReader($0))
    },
    "graph-text": {
      if let kind = GraphText.kind(of: $0) { _ = try? GraphText.message($0, as: kind) }
      _ = try? GraphText.message($0, as: .graph)
    },
    "flatbuffers": { bytes in
      if let root = try? FlatBuffer(bytes).root() {
        var left = 4096
        tables(root, &left)
      }
    },
    "flexbuffers": { _ = FlexVector.items(of: $0) },
    "checkpoint": {
      _ = SortedTable.looksLikeOne($0)
      if let table = try? SortedTable($0) { _ = try? TensorBundle(table) }
    },
    "records": { if EventRecords.looksLikeOne($0) { try? EventRecords.each(of: $0) { _ in } } },
    "media": { bytes in
      for kind in Picture.allCases where kind.fits(bytes) { _ = kind.end(of: bytes) }
      for kind in Recording.allCases where kind.fits(bytes) { _ = kind.end(of: bytes) }
      for kind in Program.allCases { _ = kind.fits(bytes) }
      _ = TIFF.end(of: bytes)
    },
  ]

  private static func fields(_ bytes: Bytes, depth: Int) {
    _ = ProtoReader.fields(of: bytes, limit: 64)
    guard depth < 16 else { return }
    var reader = ProtoReader(bytes)
    while let field = try? reader.next() {
      _ = try? reader.text(field)
      _ = try? reader.number(field)
      _ = try? reader.count(field, width: 4)
      try? reader.eachNumber(field) { _ in }
      if let contents = try? reader.contents(field), contents.count < bytes.count {
        fields(contents, depth: depth + 1)
      }
    }
  }

  private static func tables(_ table: FlatTable, _ left: inout Int) {
    for slot in 0..<24 where left > 0 {
      left -= 1
      _ = try? table.i8(slot)
      _ = try? table.i32(slot)
      _ = try? table.i64(slot)
      _ = try? table.string(slot)
      if let inner = try? table.table(slot) { tables(inner, &left) }
      if let vector = try? table.vector(slot, width: 8), vector.count > 0 {
        _ = vector.contents
        _ = try? vector.number(0)
        _ = try? vector.number(vector.count)
      }
      if let vector = try? table.tables(slot) {
        for index in 0..<min(vector.count, 4) {
          _ = try? vector.string(index)
          if let inner = try? vector.table(index) { tables(inner, &left) }
        }
      }
    }
  }
}
