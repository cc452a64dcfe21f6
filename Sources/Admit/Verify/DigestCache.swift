// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Glibc
import MartletBytes
import MartletEvidence
import MartletFiles
import MartletFormats

/// Remembers the digests of a model's files, so that a model that nobody wrote to is verified again without reading it.
///
/// A digest holds for one path, device, inode, size, time of change of the bytes and time of change of anything, to the
/// nanosecond, and is forgotten when one of them is another. Times within two seconds of the reading are not trusted: a
/// write just after it could bear the same. The signature itself is checked every time.
///
/// It believes the file system: whoever can set the system's clock, write past the file system, or keep a mapping of the
/// file open on one that does not note such writes (tmpfs), can deceive it. So it serves people who verify the same model
/// often, and never decides about admission.
package struct DigestCache: Sendable {
  private let directory: String
  /// Nanoseconds since 1970.
  let now: @Sendable () -> Int64

  /// What one cannot tell from the time of another write.
  private static let racy: Int64 = 2_000_000_000

  /// - Parameter directory: is made with mode 0700; one that others may enter is not used.
  package init(directory: String) {
    self.init(directory: directory, now: Self.clock)
  }

  /// With another clock, for tests.
  package init(directory: String, now: @escaping @Sendable () -> Int64) {
    self.directory = directory
    self.now = now
  }

  /// What is remembered of the files of a model; nothing when it cannot be read or is not ours.
  func known(_ tree: ModelTree, _ serialization: Serialization) -> [String: ModelHash.File] {
    guard isOurs, let bytes = try? OwnerOnly.read(file(tree, serialization), atMost: Limits.digestCache),
      let json = try? JSONReader.read(bytes.span), json["path"]?.string == tree.realPath,
      json["serialization"]?.string == Self.name(serialization), let entries = json["files"]?.array
    else { return [:] }
    var known: [String: ModelHash.File] = [:]
    for entry in entries {
      guard let file = Self.file(entry) else { return [:] }
      known[file.name] = file
    }
    return known
  }

  /// Remembers what was just read. That it cannot is no failure.
  /// - Parameter start: when the reading began.
  func remember(_ hash: ModelHash, of tree: ModelTree, asOf start: Int64) {
    let old = hash.files.filter { max($0.facts.modified, $0.facts.changed) < start - Self.racy }
    guard !old.isEmpty else { return }
    let document = Document(
      path: tree.realPath, serialization: Self.name(hash.serialization), files: old.map(Document.File.init))
    guard let bytes = try? JSONEncoder().encode(document), bytes.count <= Limits.digestCache else { return }
    guard isOurs else { return }
    makeRoom()
    try? DurableFile.replace(file(tree, hash.serialization), with: Array(bytes).span, mode: 0o600)
  }

  /// Whether nobody else may write there. It is made where it is missing.
  private var isOurs: Bool { (try? OwnerOnly.createDirectory(directory)) != nil }

  /// Forgets models, the longest remembered first, before there are too many.
  private func makeRoom() {
    guard let names = try? Directory.names(in: directory), names.count >= Limits.cachedModels else { return }
    let files = names.map { name -> (path: String, time: Int) in
      var facts = stat()
      let path = directory + "/" + name
      return (path, unsafe lstat(path, &facts) == 0 ? facts.st_mtim.tv_sec : 0)
    }
    for file in files.sorted(by: { $0.time < $1.time }).prefix(names.count - Limits.cachedModels + 1) {
      try? Disk.removeFile(file.path)
    }
  }

  private func file(_ tree: ModelTree, _ serialization: Serialization) -> String {
    directory + "/" + Digest.of(Array("\(Self.name(serialization)) \(tree.realPath)".utf8)).hex
  }

  private static func name(_ serialization: Serialization) -> String {
    serialization.method + (serialization.shardSize.map { " \($0)" } ?? "")
  }

  private static func clock() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

extension DigestCache {
  private struct Document: Encodable {
    struct File: Encodable {
      let name: String
      /// Device and inode as they are in memory, because JSON numbers have a sign.
      let facts: [Int64]
      let digests: [String]

      init(_ file: ModelHash.File) {
        name = file.name
        facts = [
          Int64(bitPattern: file.facts.device), Int64(bitPattern: file.facts.inode), Int64(file.facts.size),
          file.facts.modified, file.facts.changed,
        ]
        digests = file.digests.map(\.hex)
      }
    }

    let path: String
    let serialization: String
    let files: [File]
  }

  private static func file(_ json: JSONValue) -> ModelHash.File? {
    guard let name = json["name"]?.string, let numbers = json["facts"]?.array, numbers.count == 5,
      let texts = json["digests"]?.array
    else { return nil }
    let facts = numbers.compactMap(\.integer)
    let digests = texts.compactMap { $0.string.flatMap { Digest(hex: $0) } }
    guard facts.count == 5, digests.count == texts.count else { return nil }
    return ModelHash.File(
      name: name,
      facts: FileFacts(
        device: UInt64(bitPattern: facts[0]), inode: UInt64(bitPattern: facts[1]), size: Int(facts[2]),
        modified: facts[3], changed: facts[4]), digests: digests)
  }
}
