// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Assembles tar archives, with lies where a test wants them.
struct TarBuilder {
  struct Member {
    var name: String
    var data: [UInt8]
    var type = "0"
    var link = ""
    /// What the header says in place of the truth.
    var size: Int?
    /// Written over the header before its checksum is made.
    var patches: [Int: [UInt8]] = [:]
    var hasChecksum = true
    var isPOSIX = true

    init(_ name: String, _ data: Bytes = Bytes([UInt8]()), type: String = "0", link: String = "") {
      self.name = name
      self.data = data.array()
      self.type = type
      self.link = link
    }

    /// A pax record in front of the next member.
    static func pax(_ records: [String], type: String = "x") -> Member {
      var text = ""
      for record in records {
        var length = record.utf8.count + 3
        while "\(length) \(record)\n".utf8.count != length { length = "\(length) \(record)\n".utf8.count }
        text += "\(length) \(record)\n"
      }
      return Member("PaxHeaders/x", Bytes(utf8: text), type: type)
    }

    var block: [UInt8] {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ at: Int, _ bytes: [UInt8]) { header.replaceSubrange(at..<at + bytes.count, with: bytes) }
      func octal(_ value: Int, _ digits: Int) -> [UInt8] {
        let text = String(value, radix: 8)
        return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8)
      }
      put(0, Array(name.utf8.prefix(100)))
      put(100, octal(0o644, 7))
      put(108, octal(0, 7))
      put(116, octal(0, 7))
      put(124, octal(size ?? data.count, 11))
      put(136, octal(0, 11))
      put(148, Array("        ".utf8))
      put(156, Array(type.utf8))
      put(157, Array(link.utf8.prefix(100)))
      if isPOSIX { put(257, Array("ustar".utf8) + [0, 0x30, 0x30]) }
      for (at, bytes) in patches { put(at, bytes) }
      let sum = header.reduce(0) { $0 + Int($1) } + (hasChecksum ? 0 : 1)
      put(148, octal(sum, 6) + [0, 0x20])
      return header + data + [UInt8](repeating: 0, count: (512 - data.count % 512) % 512)
    }
  }

  static let end = [UInt8](repeating: 0, count: 1024)

  static func make(_ members: Member..., tail: [UInt8] = end) -> Bytes { make(members, tail: tail) }
  static func make(_ members: [Member], tail: [UInt8] = end) -> Bytes {
    Bytes(members.flatMap(\.block) + tail)
  }
}
