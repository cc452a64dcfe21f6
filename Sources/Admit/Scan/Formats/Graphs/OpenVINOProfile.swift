// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A network of OpenVINO: layers in XML, and their numbers in a file beside it that has the same name and ends in `.bin`.
struct OpenVINOProfile: TextProfile {
  let name = "openvino"

  private static let tags: Set<String> = [
    "net", "layers", "layer", "data", "input", "output", "port", "dim", "edges", "edge", "port_map", "body",
    "back_edges",
    "then_body", "else_body", "then_port_map", "else_port_map", "meta_data", "quantization_parameters",
  ]

  func fits(_ text: TextSample) -> Bool {
    guard !text.isJSON, text.body.drop(while: { $0.isWhitespace || $0 == "\u{FEFF}" }).first == "<" else {
      return false
    }
    return ["<net ", "<net>", "<net\n", "<net\t", "<net\r"].contains { text.body.contains($0) }
      || text.body.contains("<layers>") && text.body.contains("<layer ")
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    var notes = Notes()
    var end: UInt64 = 0
    var reader = XMLReader(text.bytes)
    // Within the information for tools any element may stand: nothing is run from it.
    var free = 0
    var layer = ""
    do throws(XMLError) {
      while let event = try reader.next() {
        switch event {
        case .doctype(_, let at):
          notes.add("graph.entity", "expected layers, found declarations that can name other files", at: at)
        case .instruction(let target, _, let at):
          if target != "xml" {
            notes.add("graph.operator", "expected layers, found an instruction for \(target)", at: at)
          }
        case .text: break
        case .end(let tag): if tag == "rt_info" { free -= 1 }
        case .start(let tag, let attributes, let at):
          if tag == "rt_info" { free += 1 }
          if free > 0 { continue }
          func value(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
          switch tag {
          case "layer":
            layer = value("type") ?? ""
            let version = value("version") ?? ""
            let isCovered =
              version.hasPrefix("opset") && UInt(version.dropFirst(5)) != nil
              && GraphOperators.openVINO.contains(layer)
            if !isCovered {
              notes.add(
                "graph.operator",
                "expected a layer of an operator set, found \(layer) of '\(version)', which is an extension",
                construct: "\(version)::\(layer)", at: at, allow: "openvino:\(version)::\(layer)")
            }
          case "data":
            guard let offset = value("offset"), let size = value("size"),
              layer == "Const" || layer == "Constant"
            else {
              continue
            }
            guard let from = UInt64(offset), let count = UInt64(size), from <= 1 << 62, count <= 1 << 62
            else {
              notes.add("graph.broken", "expected where the numbers lie, found \(offset) and \(size)", at: at)
              continue
            }
            end = max(end, from + count)
          default:
            if !Self.tags.contains(tag) {
              notes.add(
                "graph.operator", "expected the elements of a network, found '\(tag)'", construct: tag, at: at
              )
            }
          }
        }
      }
    } catch {
      let entity = error.reason.contains("entity")
      notes.add(
        entity ? "graph.entity" : "graph.broken", "expected a network in XML, found that \(error.reason)",
        at: error.offset)
    }
    weigh(end, place, &notes, &scan)
    scan.report(notes, place)
  }

  private func weigh(
    _ end: UInt64, _ place: ArtifactScan.Place, _ notes: inout Notes, _ scan: inout ArtifactScan
  ) {
    guard let stem = scan.neighbours.stem, scan.name(of: place) != nil else {
      if end > 0 {
        notes.add("graph.missing", "expected \(end) bytes of numbers beside the network, found no folder")
      }
      return
    }
    switch scan.folder(of: place).dataFile(stem + ".bin") {
    case .escapes:
      notes.add("graph.escape", "expected the numbers in the folder, found a link out of it", construct: stem)
    case .missing:
      if end > 0 { notes.add("graph.missing", "expected \(end) bytes in \(stem).bin, found no such file") }
    case .inside(let size), .shared(let size):
      if end > UInt64(size) {
        notes.add("graph.missing", "expected \(end) bytes in \(stem).bin, found \(size)")
      } else {
        scan.hold([stem + ".bin"], at: place)
      }
    }
  }
}
