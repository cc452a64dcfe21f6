// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A network of Caffe as text: layers, each with its type.
struct CaffeTextProfile: TextProfile {
  let name = "caffe-text"

  /// The fields of `NetParameter` in `caffe.proto`.
  private static let fields: Set<String> = [
    "name", "input", "input_shape", "input_dim", "force_backward", "state", "debug_info", "layer", "layers",
  ]

  func fits(_ text: TextSample) -> Bool {
    guard !text.isJSON, let found = ProtoTextLexer.fields(of: text.bytes, allowed: Self.fields) else {
      return false
    }
    return found.contains("layer") || found.contains("layers")
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    do throws(GraphTextError) {
      try Self.walk(text.bytes, &notes)
    } catch {
      notes.add("graph.broken", "expected a network of Caffe, found one that cannot be read: \(error)")
    }
    scan.report(notes, place)
  }

  private static func walk(_ bytes: Bytes, _ notes: inout Notes) throws(GraphTextError) {
    var lexer = ProtoTextLexer(bytes)
    /// The fields that are open, and the last that was named.
    var open: [String] = []
    var field = ""
    var isValue = false
    /// The type of the layer, which may be written in several strings.
    var type: (text: String, at: Int)?
    func isLayer() -> Bool { open.count == 1 && (open[0] == "layer" || open[0] == "layers") }
    while true {
      let at = lexer.at
      let token = try lexer.next()
      if case .string(let text) = token {
        if isLayer(), field == "type" {
          let more = String(decoding: text, as: UTF8.self)
          type = type.map { ($0.text + more, $0.at) } ?? (more, at)
        }
        isValue = false
        continue
      }
      if let whole = type { CaffeLayers.judge(whole.text, at: whole.at, &notes) }
      type = nil
      switch token {
      case .end: return
      case .string: break
      case .word(let word):
        if isValue {
          if isLayer(), field == "type" { CaffeLayers.judge(old: word, at: at, &notes) }
        } else {
          field = word
          if isLayer(), word == "python_param" { CaffeLayers.judge("Python", at: at, &notes) }
        }
        isValue = false
      case .symbol(let symbol):
        isValue = symbol == UInt8(ascii: ":")
        if symbol == UInt8(ascii: "{") || symbol == UInt8(ascii: "<") {
          guard open.count < Limits.protobufDepth else { throw .tooDeep(limit: Limits.protobufDepth) }
          open.append(field)
        } else if symbol == UInt8(ascii: "}") || symbol == UInt8(ascii: ">") {
          guard open.popLast() != nil else { throw .unexpected(offset: at) }
        }
      }
    }
  }
}

enum CaffeLayers {
  static func judge(_ type: String, at offset: Int, _ notes: inout Notes) {
    if GraphOperators.caffe.contains(type) { return }
    if type == "Python" {
      notes.add(
        "graph.code", "expected a layer of Caffe, found one that imports a Python module", construct: type,
        at: offset)
    } else {
      notes.add(
        "graph.operator", "expected a layer of Caffe that only computes, found \(type)", construct: type,
        at: offset,
        allow: "caffe:\(type)")
    }
  }

  /// The types of the first version are words; those that only compute have no files.
  static func judge(old type: String, at offset: Int, _ notes: inout Notes) {
    guard type.contains("DATA") || type.contains("HDF5") || type.contains(where: \.isLowercase) else {
      return
    }
    judge(type, at: offset, &notes)
  }
}
