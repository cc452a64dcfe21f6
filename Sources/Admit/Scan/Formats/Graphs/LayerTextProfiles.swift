// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A network of Caffe as text: layers, each with its type in quotes.
struct CaffeTextProfile: TextProfile {
  let name = "caffe-text"

  func fits(_ text: TextSample) -> Bool {
    !text.isJSON
      && (text.head.contains("layer {") || text.head.contains("layers {") || text.head.contains("layer{"))
      && text.head.contains("type:")
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    scan.eachLine(of: text.bytes) { line, at in
      // Several fields may stand in one line.
      var rest = line[...]
      while let found = rest.firstRange(of: "type:") {
        rest = rest[found.upperBound...].drop { $0 == " " || $0 == "\t" }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { continue }
        CaffeLayers.judge(String(rest.dropFirst().prefix { $0 != quote }), at: at, &notes)
      }
      if line.contains("python_param") { CaffeLayers.judge("Python", at: at, &notes) }
    }
    scan.report(notes, place)
  }
}

enum CaffeLayers {
  static func judge(_ type: String, at offset: Int, _ notes: inout Notes) {
    if GraphOperators.caffe.contains(type) { return }
    if ["xavier", "gaussian", "constant", "msra", "uniform", "bilinear", "positive_unitball"].contains(type) {
      return
    }
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
}

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

/// A network of ncnn as text: its magic, two counts, and a layer in each line.
struct NCNNProfile: TextProfile {
  let name = "ncnn"

  func fits(_ text: TextSample) -> Bool {
    text.head.hasPrefix("7767517\n") || text.head.hasPrefix("7767517\r\n")
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    var number = 0
    scan.eachLine(of: text.bytes) { line, at in
      number += 1
      let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
      guard number > 2, let type = words.first.map(String.init) else { return }
      if !GraphOperators.ncnn.contains(type) {
        notes.add(
          "graph.operator", "expected a layer of ncnn, found \(type)", construct: type, at: at,
          allow: "ncnn:\(type)")
      }
    }
    scan.report(notes, place)
    if let stem = scan.fileStem, case .inside = scan.folder(of: place).dataFile(stem + ".bin") {
      scan.dataFiles.insert(stem + ".bin")
    }
  }
}

/// The description of a model for a browser: its weights lie in files that it names.
struct TensorFlowJSProfile: TextProfile {
  let name = "tfjs"

  func fits(_ text: TextSample) -> Bool { text.keys.contains("weightsManifest") }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    guard text.bytes.count <= Limits.graphJSON, let model = try? JSONReader.read(text.bytes.span) else {
      return scan.note("graph.broken", "expected a model as JSON, found JSON that cannot be read", place)
    }
    for group in model["weightsManifest"]?.array ?? [] {
      for path in group["paths"]?.array?.compactMap(\.string) ?? [] {
        if let reason = MemberName.escapes(path) ?? (path.contains(":") ? "is an address" : nil) {
          notes.add(
            "graph.escape", "expected a path inside of the folder, found one that \(reason)", construct: path)
          continue
        }
        switch scan.folder(of: place).dataFile(path) {
        case .escapes:
          notes.add("graph.escape", "expected a file of the folder, found a link out of it", construct: path)
        case .missing:
          notes.add("graph.missing", "expected weights in \(path), found no such file", construct: path)
        case .inside, .shared: scan.dataFiles.insert(path)
        }
      }
    }
    let topology = model["modelTopology"] ?? .null
    operators(of: topology["node"]?.array ?? [], &notes, &scan)
    for function in topology["library"]?["function"]?.array ?? [] {
      operators(of: function["nodeDef"]?.array ?? [], &notes, &scan)
    }
    scan.report(notes, place)
    if let layers = topology["model_config"] ?? (topology["class_name"] == nil ? nil : topology) {
      KerasConfig.examine(layers, at: place, in: &scan)
    }
  }

  /// TensorFlow.js names its operators as TensorFlow does. It has none for files, so that one is an attempt at another reader.
  private func operators(of nodes: [JSONValue], _ notes: inout Notes, _ scan: inout ArtifactScan) {
    for node in nodes {
      let operation = String((node["op"]?.string ?? "").prefix(200))
      switch OperatorKind.of(operation) {
      case .inert: scan.saw("tfjs:\(operation)", covered: "only computes")
      case .python, .writes, .reads, .network, .graph, .ends, .path, .attribute:
        notes.add(
          "graph.code", "expected an operator that computes, found \(operation)", construct: operation)
      case .unlisted where Self.own.contains(operation):
        scan.saw("tfjs:\(operation)", covered: "only computes")
      case .doubtful, .unlisted:
        notes.add(
          "graph.operator", "expected an operator of TensorFlow, found \(operation)", construct: operation,
          allow: "tfjs:\(operation)")
      }
    }
  }

  /// What its converter fuses, beyond what TensorFlow has.
  private static let own: Set<String> = [
    "FusedDepthwiseConv2dNative", "FusedConv2D", "FusedBatchNorm", "Prelu", "FromPixels",
    "NonMaxSuppressionV5",
    "SpaceToBatchND", "BatchToSpaceND",
  ]
}

extension ArtifactScan {
  /// Calls `body` with each line, cut at 4 KiB, and where it begins.
  func eachLine(of bytes: Bytes, _ body: (String, Int) -> Void) {
    let span = bytes.span
    var start = 0
    for at in 0...span.count where at == span.count || span[at] == 0x0A || at - start >= 4096 {
      if at > start { body(String(decoding: bytes.slice(start..<at).array(), as: UTF8.self), start) }
      start = at < span.count && span[at] == 0x0A ? at + 1 : at
    }
  }
}
