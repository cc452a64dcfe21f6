// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Model files, built here and never loaded.
enum RemoteFiles {
  struct Member {
    let name: String
    let data: [UInt8]
    var crc: UInt32?
  }

  static func zip(_ members: [Member]) -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let offset = file.count
      let name = Array(member.name.utf8)
      let sizes =
        u32(member.crc ?? Inflate.crc32(Bytes(member.data))) + u32(member.data.count) + u32(member.data.count)
      file += u32(0x0403_4B50) + u16(20) + u16(0) + u16(0) + u32(0) + sizes + u16(name.count) + u16(0) + name
      file += member.data
      directory += u32(0x0201_4B50) + u16(0x0314) + u16(20) + u16(0) + u16(0) + u32(0) + sizes
      directory += u16(name.count) + u16(0) + u16(0) + u16(0) + u16(0) + u32(0) + u32(offset) + name
    }
    let start = file.count
    return file + directory + u32(0x0605_4B50) + u16(0) + u16(0) + u16(members.count) + u16(members.count)
      + u32(directory.count) + u32(start) + u16(0)
  }

  /// A torch archive with one storage of 50 MB that the pickle names.
  static func torch(pickle: [UInt8]? = nil, more: [Member] = []) -> [UInt8] {
    zip(
      [
        Member(name: "m/data.pkl", data: pickle ?? storage(13_107_200)),
        Member(name: "m/version", data: Array("3\n".utf8)),
      ]
        + more + [Member(name: "m/data/0", data: numbers)])
  }

  /// 50 MB.
  static let numbers = [UInt8](repeating: 1, count: 52_428_800)

  static func storage(_ count: Int) -> [UInt8] {
    [0x80, 2, 0x28] + text("storage") + Array("ctorch\nFloatStorage\n".utf8) + text("0") + text("cpu")
      + [0x4A] + u32(count) + Array("tQ.".utf8)
  }

  /// `os.system('id')`, then a storage.
  static let system = [0x80, 2] + Array("cos\nsystem\n(S'id'\ntR0".utf8) + storage(13_107_200).dropFirst(2)

  static func safetensors(_ size: Int) -> [UInt8] {
    var header = Array(#"{"a":{"dtype":"F32","shape":[\#(size / 4)],"data_offsets":[0,\#(size)]}}"#.utf8)
    while header.count % 8 != 0 { header.append(0x20) }
    return u32(header.count) + u32(0) + header + [UInt8](repeating: 1, count: size)
  }

  static func gguf(_ size: Int) -> [UInt8] {
    func string(_ text: String) -> [UInt8] { u32(text.utf8.count) + u32(0) + Array(text.utf8) }
    var file = Array("GGUF".utf8) + u32(3) + u32(1) + u32(0) + u32(1) + u32(0)
    file += string("general.architecture") + u32(8) + string("llama")
    file += string("a") + u32(1) + u32(size / 4) + u32(0) + u32(0) + u32(0) + u32(0)
    while file.count % 32 != 0 { file.append(0) }
    return file + [UInt8](repeating: 1, count: size)
  }

  private static func text(_ text: String) -> [UInt8] { [0x58] + u32(text.utf8.count) + Array(text.utf8) }
  static func u16(_ value: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
  }
  static func u32(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
  static func u32(_ value: UInt32) -> [UInt8] { u32(Int(value)) }
}
