// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletBytes

/// The formats before GGUF: GGML, GGMF, GGJT and adapters in GGLA. What follows the magic depends on the program that
/// wrote it, so each known layout is tried; one must fit to the last byte.
package enum OldGGML {
  /// What stands between the magic and the tensors.
  private struct Layout {
    var version = false
    var parameters: Int
    var filters = false
    var countsVocabulary = false
    var scores = false
    var pads = false
    var hasVocabulary = true
  }

  package static func looksLikeOne(_ bytes: Bytes) -> Bool { layouts(bytes) != nil }

  private static func layouts(_ bytes: Bytes) -> [Layout]? {
    guard bytes.count >= 8, bytes[2] == UInt8(ascii: "g"), bytes[3] == UInt8(ascii: "g") else { return nil }
    switch String(decoding: bytes.slice(0..<2).array(), as: UTF8.self) {
    case "lm":
      // llama; gpt-2, gpt-j, gpt-neox and kin; whisper.
      return [Layout(parameters: 7)] + (5...9).map { Layout(parameters: $0, countsVocabulary: true) }
        + [Layout(parameters: 11, filters: true, countsVocabulary: true), Layout(parameters: 8)]
    case "fm": return [Layout(version: true, parameters: 7, scores: true)]
    case "tj": return [Layout(version: true, parameters: 7, scores: true, pads: true)]
    case "al": return [Layout(version: true, parameters: 2, pads: true, hasVocabulary: false)]
    default: return nil
    }
  }

  package static func check(_ bytes: Bytes) throws(StructureError) {
    var last = StructureError(.broken, "expected a known layout", at: 4)
    for layout in layouts(bytes) ?? [] {
      do throws(StructureError) { return try read(bytes, layout) } catch {
        // Of several guesses, the one that came furthest tells most.
        if error.offset >= last.offset { last = error }
      }
    }
    let isGuess = bytes.starts(with: [UInt8(ascii: "l")])
    throw isGuess && last.harm != .broken
      ? StructureError(.uncovered, "no known layout fits: \(last.reason)", at: last.offset) : last
  }

  private static func read(_ bytes: Bytes, _ layout: Layout) throws(StructureError) {
    var reader = StructureReader(bytes.span, at: 4)
    if layout.version {
      let version = try reader.u32()
      guard (1...3).contains(version) else { throw StructureError(.broken, "the version \(version)", at: 4) }
    }
    var vocabulary = Int(try reader.u32())
    if layout.hasVocabulary, vocabulary > 1 << 24 {
      throw StructureError(.exploit, "a vocabulary of \(vocabulary) words", at: 4)
    }
    try reader.skip(layout.parameters - 1, of: 4, "parameters")
    if layout.filters {
      let mels = Int(try reader.u32())
      let bins = Int(try reader.u32())
      guard mels <= 1024, bins <= 65536 else {
        throw StructureError(.exploit, "filters of \(mels) times \(bins)", at: 48)
      }
      try reader.skip(mels * bins, of: 4, "filters")
    }
    if layout.countsVocabulary { vocabulary = Int(try reader.u32()) }
    if layout.hasVocabulary {
      let count = try reader.count(UInt64(vocabulary), of: layout.scores ? 8 : 4, "words")
      for _ in 0..<count {
        let stated = UInt64(try reader.u32())
        try reader.skip(try reader.count(stated, of: 1, "bytes of a word"))
        if layout.scores { try reader.skip(4) }
      }
    }
    var tensors = 0
    while reader.remaining > 0 {
      tensors += 1
      guard tensors <= Limits.tensors else {
        throw StructureError(.broken, "too many tensors", at: reader.offset)
      }
      try tensor(&reader, pads: layout.pads)
    }
    if tensors == 0, layout.countsVocabulary {
      throw StructureError(.broken, "a model without tensors", at: reader.offset)
    }
  }

  private static func tensor(_ reader: inout StructureReader, pads: Bool) throws(StructureError) {
    let at = reader.offset
    let dimensions = try reader.u32()
    let length = Int(try reader.u32())
    let type = try reader.u32()
    guard (1...4).contains(dimensions) else {
      throw StructureError(.exploit, "a tensor of \(dimensions) dimensions; GGML has room for 4", at: at)
    }
    guard (1...1024).contains(length) else {
      throw StructureError(.exploit, "a tensor name of \(length) bytes", at: at)
    }
    guard let block = GGMLType.block(type) else {
      throw StructureError(.exploit, "a tensor of the type \(type), which is none", at: at)
    }
    var elements: UInt64 = 1
    for _ in 0..<dimensions {
      let (product, overflow) = elements.multipliedReportingOverflow(by: UInt64(try reader.u32()))
      guard !overflow, product < 1 << 48 else {
        throw StructureError(.exploit, "the shape of a tensor overflows", at: at)
      }
      elements = product
    }
    let name = try reader.bytes(length)
    guard !name.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else {
      throw StructureError(.broken, "a tensor name that is no plain text", at: at)
    }
    guard elements % block.elements == 0 else {
      throw StructureError(.broken, "a tensor of half a block", at: at)
    }
    if pads { try reader.skip((32 - reader.offset % 32) % 32) }
    try reader.skip(Int(elements / block.elements), of: Int(block.bytes), "blocks of a tensor")
  }
}
