// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// A model that was compiled for one device, or that only its own runtime can read: what it does cannot be seen.
struct CompiledFormat: ScannedFormat {
  let name: String
  private let offset: Int
  private let magic: [UInt8]

  static let all: [CompiledFormat] = [
    .init(name: "tensorrt", magic: Array("ftrt".utf8)),
    .init(name: "tensorrt", magic: Array("ptrt".utf8)),
    .init(name: "rknn", magic: Array("RKNN".utf8)),
    .init(name: "ort", magic: Array("ORTM".utf8), offset: 4),
    .init(name: "hailo", magic: [1, 0x48, 0x45, 0x46]),
    .init(name: "cntk", magic: [0x42, 0, 0x43, 0, 0x4E, 0]),
  ]

  init(name: String, magic: [UInt8], offset: Int = 0) {
    self.name = name
    self.magic = magic
    self.offset = offset
  }

  func fits(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 16, bytes.slice(offset..<offset + magic.count).starts(with: magic) else {
      return false
    }
    // A text that begins with this word has no zeros.
    let span = bytes.span
    for at in 0..<min(span.count, 64) where span[at] == 0 { return true }
    return false
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    scan.note(
      "graph.native",
      "expected a graph that can be read, found one compiled for a device or a runtime (\(name))",
      construct: name, allow: "compiled:\(name)", place)
    scan.lookForPrograms(in: bytes, place)
    return name
  }
}

extension ArtifactScan {
  /// Finds the libraries that a compiled model can carry.
  mutating func lookForPrograms(in bytes: Bytes, _ place: Place) {
    let span = bytes.span
    var found = 0
    for at in 0..<max(0, span.count - 64) {
      let isELF = span[at] == 0x7F && span[at + 1] == 0x45 && span[at + 2] == 0x4C && span[at + 3] == 0x46
      let isPE = span[at] == 0x4D && span[at + 1] == 0x5A
      guard isELF || isPE else { continue }
      let rest = bytes.slice(at..<bytes.count)
      guard isELF ? Program.elf.fits(rest) : Program.pe.fits(rest) else { continue }
      note(
        "program", "expected numbers, found a program in the middle of the model", construct: "program",
        at: at, place)
      found += 1
      if found >= 4 { return }
    }
  }
}

/// A model of CNTK 2: a dictionary in a protocol buffer, in which functions say what they are.
struct CNTKFormat: ScannedFormat {
  let name = "cntk"

  private static let harmful = [
    "UserDefinedFunction", "UserFunction", "NativeUserFunction", "op_module", "deserialize_method",
  ]
  .map { Array($0.utf8) }

  func fits(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 32, bytes[0] == 0x08, let fields = ProtoReader.fields(of: bytes, limit: 8),
      fields.count >= 2
    else { return false }
    guard fields[0].number == 1, fields[0].wire == .varint, fields[0].value <= 16,
      fields.dropFirst().allSatisfy({ $0.number == 2 && $0.wire == .bytes })
    else { return false }
    // A member of the dictionary: a name and a value.
    let member = bytes.slice(fields[1].range)
    guard let entry = ProtoReader.fields(of: member, limit: 2), entry.count == 2 else { return false }
    guard entry[0].number == 1, entry[0].wire == .bytes, entry[1].number == 2, entry[1].wire == .bytes else {
      return false
    }
    let name = member.slice(entry[0].range)
    guard (1...64).contains(name.count), name.array().allSatisfy({ (0x20...0x7E).contains($0) }) else {
      return false
    }
    // A value begins with its version and its type, where a saved model of TensorFlow has the nodes of a graph.
    guard let value = ProtoReader.fields(of: member.slice(entry[1].range), limit: 2), value.count == 2 else {
      return false
    }
    return value[0].number == 1 && value[0].wire == .varint && value[1].number == 2
      && value[1].wire == .varint
  }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    scan.note(
      "graph.native",
      "expected a graph of known operators, found a model of CNTK, whose operators are not judged",
      construct: name, allow: "compiled:cntk", place)
    let span = bytes.span
    for at in 0..<span.count
    where span[at] == 0x55 || span[at] == 0x4E || span[at] == 0x6F || span[at] == 0x64 {
      for sign in Self.harmful where sign.count <= span.count - at {
        var same = 0
        while same < sign.count, span[at + same] == sign[same] { same += 1 }
        guard same == sign.count else { continue }
        let found = String(decoding: sign, as: UTF8.self)
        scan.note(
          "graph.code",
          "expected operators of CNTK, found \(found), which imports a module of the file's choice",
          construct: found, at: at, place)
        return name
      }
    }
    return name
  }
}
