// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation
import MartletBytes

/// What a sealed directory holds: names, and the sealed file of each. It is itself sealed.
///
/// A member's file is named by a value that follows from the key of that file. The manifest thereby says not
/// only where a member is but which file it must be, and nobody can put another one in its place without the manifest's
/// consent; and the directory shows how many members there are and how long each is, but not what they are called.
package struct SealedManifest: Sendable, Equatable, Codable {
  package struct Member: Sendable, Equatable, Codable {
    /// `/`-separated and relative to the directory.
    package let name: String
    /// The name of the sealed file.
    package let file: String
    /// Bytes of the plaintext.
    package let size: Int
  }

  static let format = "martlet sealed directory 1"

  let format: String
  /// Sorted by name.
  package let members: [Member]

  init(_ members: [Member]) {
    format = Self.format
    self.members = members.sorted { $0.name < $1.name }
  }

  /// Reads the plaintext of a manifest. Whoever knows a recipient can make one, so that it is looked at as closely as
  /// everything from outside: every name must lie below the directory, none twice, and none be a directory of another.
  /// - Throws: ``SealError/directory(_:)``.
  package init(reading text: Span<UInt8>) throws(SealError) {
    guard text.count <= Limits.sealedManifest else { throw .directory(.manifest("it is too long")) }
    let bytes = Data((0..<text.count).map { text[$0] })
    guard let read = try? JSONDecoder().decode(SealedManifest.self, from: bytes) else {
      throw .directory(.manifest("expected JSON with the names of members, found something else"))
    }
    guard read.format == Self.format else {
      throw .directory(.manifest("expected the format \(Self.format), found another"))
    }
    guard read.members.count <= Limits.sealedMembers else {
      throw .directory(.tooMany(limit: Limits.sealedMembers))
    }
    var taken: Set<String> = []
    var folders: Set<String> = []
    for member in read.members {
      guard Self.isBelow(member.name), Self.isFileName(member.file), member.size >= 0,
        taken.insert(member.name).inserted
      else { throw .directory(.badName(member.name)) }
      var folder = member.name[...]
      while let slash = folder.lastIndex(of: "/") {
        folder = folder[..<slash]
        folders.insert(String(folder))
      }
    }
    guard folders.isDisjoint(with: taken) else {
      throw .directory(.badName(folders.intersection(taken).min() ?? ""))
    }
    self.init(read.members)
  }

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// - Throws: ``SealError/directory(_:)`` with the names that there are.
  func member(_ name: String) throws(SealError) -> Member {
    guard let member = members.first(where: { $0.name == name }) else {
      throw .directory(.missing(name, some: members.map(\.name)))
    }
    return member
  }

  /// The name of the sealed file under `fileKey`.
  static func fileName(_ fileKey: SymmetricKey) -> String {
    let name = HKDF<SHA256>.deriveKey(
      inputKeyMaterial: fileKey, info: Data("martlet/member-name".utf8), outputByteCount: 16)
    let digits = Array("0123456789abcdef".utf8)
    return unsafe name.withUnsafeBytes { bytes in
      String(decoding: unsafe bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    } + ".age"
  }

  private static func isBelow(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return name.utf8.count <= 4096 && !name.utf8.contains(0)
      && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && $0.utf8.count <= 255 }
  }

  private static func isFileName(_ file: String) -> Bool {
    file.utf8.count == 36 && file.hasSuffix(".age")
      && file.utf8.dropLast(4).allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
