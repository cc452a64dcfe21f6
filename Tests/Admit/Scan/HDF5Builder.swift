// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Assembles HDF5 files of the second version of the format, message by message, with lies where a test wants them.
struct HDF5Builder {
  typealias Message = (type: UInt8, flags: UInt8, body: [UInt8])

  private var bytes = [UInt8](repeating: 0, count: 48)

  static func number(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// Writes an object header; returns its address.
  mutating func object(_ messages: [Message]) -> Int {
    let address = bytes.count
    var body: [UInt8] = []
    for message in messages {
      body += [message.type] + Self.number(message.body.count, 2) + [message.flags] + message.body
    }
    bytes += Array("OHDR".utf8) + [2, 2] + Self.number(body.count, 4) + body + [0, 0, 0, 0]
    return address
  }

  mutating func raw(_ more: [UInt8]) -> Int {
    bytes += more
    return bytes.count - more.count
  }

  /// Writes the superblock.
  func finish(root: Int) -> Bytes {
    var file = bytes
    var head: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A, 2, 8, 8, 0]
    head += Self.number(0, 8) + Self.number(-1, 8) + Self.number(file.count, 8) + Self.number(root, 8)
    file.replaceSubrange(0..<head.count, with: head)
    return Bytes(file)
  }

  /// A file whose root group has these messages.
  static func file(_ messages: [Message]) -> Bytes {
    var builder = HDF5Builder()
    let root = builder.object([group] + messages)
    return builder.finish(root: root)
  }

  /// A file with one dataset of these messages.
  static func dataset(_ messages: [Message], also: [Message] = []) -> Bytes {
    var builder = HDF5Builder()
    let dataset = builder.object(messages)
    let root = builder.object([group, link("data", dataset)] + also)
    return builder.finish(root: root)
  }

  static let group: Message = (2, 0, [0, 0] + number(-1, 16).map { _ in 0xFF })
  static let scalar: Message = (1, 0, [2, 0, 0, 0])
  static func vector(_ count: Int) -> Message { (1, 0, [2, 1, 0, 1] + number(count, 8)) }
  static func text(_ size: Int) -> [UInt8] { [0x13, 0, 0, 0] + number(size, 4) }
  static func opaque(_ size: Int) -> [UInt8] { [0x15, 0, 0, 0] + number(size, 4) }
  static let int32: [UInt8] = [0x10, 8, 0, 0] + number(4, 4) + number(0, 2) + number(32, 2)
  static func type(_ type: [UInt8]) -> Message { (3, 0, type) }
  static func compact(_ data: [UInt8]) -> Message { (8, 0, [3, 0] + number(data.count, 2) + data) }

  static func attribute(_ name: String, _ value: [UInt8], type: [UInt8]? = nil) -> Message {
    let type = type ?? text(value.count)
    var body: [UInt8] = [3, 0] + number(name.utf8.count + 1, 2) + number(type.count, 2) + number(4, 2) + [0]
    body += Array(name.utf8) + [0] + type + [2, 0, 0, 0] + value
    return (0x0C, 0, body)
  }

  static func link(_ name: String, _ address: Int) -> Message {
    (6, 0, [1, 0, UInt8(name.utf8.count)] + Array(name.utf8) + number(address, 8))
  }

  static func external(_ name: String, file: String, path: String) -> Message {
    let value = [0] + Array(file.utf8) + [0] + Array(path.utf8) + [0]
    return (6, 0, [1, 8, 64, UInt8(name.utf8.count)] + Array(name.utf8) + number(value.count, 2) + value)
  }

  static func filter(_ id: Int) -> Message {
    (0x0B, 0, [2, 1] + number(id, 2) + (id >= 256 ? number(0, 2) : []) + number(0, 2) + number(0, 2))
  }

  /// A dataset whose numbers lie in another file.
  static func stored(in file: String) -> Bytes {
    var builder = HDF5Builder()
    let names = builder.raw([0] + Array(file.utf8) + [0])
    let heap = builder.raw(
      Array("HEAP".utf8) + [0, 0, 0, 0] + number(file.utf8.count + 2, 8) + number(-1, 8) + number(names, 8))
    let list: Message = (
      7, 0,
      [1, 0, 0, 0] + number(1, 2) + number(1, 2) + number(heap, 8) + number(1, 8) + number(0, 8)
        + number(16, 8)
    )
    let layout: Message = (8, 0, [3, 1] + number(-1, 8) + number(16, 8))
    let dataset = builder.object([type(int32), vector(4), layout, list])
    let root = builder.object([group, link("data", dataset)])
    return builder.finish(root: root)
  }

  /// A dataset that is put together from another file.
  static func virtual(of file: String) -> Bytes {
    var builder = HDF5Builder()
    var map: [UInt8] = [0] + number(1, 8) + Array(file.utf8) + [0] + Array("x".utf8) + [0]
    let all = number(3, 4) + number(1, 4) + number(0, 8)
    map += all + all + [0, 0, 0, 0]
    let heap = builder.raw(
      Array("GCOL".utf8) + [1, 0, 0, 0] + number(16 + 16 + map.count + 16, 8) + number(1, 2) + number(1, 2)
        + number(0, 4) + number(map.count, 8) + map + [UInt8](repeating: 0, count: 24))
    let layout: Message = (8, 0, [4, 3] + number(heap, 8) + number(1, 4))
    let dataset = builder.object([type(int32), vector(4), layout])
    let root = builder.object([group, link("data", dataset)])
    return builder.finish(root: root)
  }
}
