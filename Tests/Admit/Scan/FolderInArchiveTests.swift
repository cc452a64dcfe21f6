// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletScan
import Testing

/// A model of several files means in an archive what it means in a folder.
@Suite struct FolderInArchiveTests {
  private static func files(_ folder: String) throws -> [(name: String, bytes: Bytes)] {
    let root = Fixture.folder.appendingPathComponent(folder).path
    let names = try FileManager.default.subpathsOfDirectory(atPath: root).sorted()
    return try names.compactMap { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: root + "/" + name, isDirectory: &isFolder)
      return isFolder.boolValue ? nil : (name, try Bytes(contentsOf: root + "/" + name))
    }
  }

  private static let folders = [
    "tensorflow/saved_model", "tensorflow/keras", "tensorflow/checkpoint2", "tensorflow/version1",
  ]

  @Test(arguments: folders) func aModelIsSafeInAZipArchive(_ folder: String) throws {
    let archive = ZipBuilder.make(try Self.files(folder).map { .init("model/" + $0.name, $0.bytes) })
    #expect(archive.verdict == .safe, "\(archive.scanned.artifacts[0].findings)")
  }

  @Test(arguments: folders) func aModelIsSafeInATarArchive(_ folder: String) throws {
    let archive = TarBuilder.make(try Self.files(folder).map { .init("./" + $0.name, $0.bytes) })
    #expect(archive.verdict == .safe, "\(archive.scanned.artifacts[0].findings)")
  }

  @Test func dataThatIsTooShortIsSeen() throws {
    let files = try Self.files("tensorflow/checkpoint2").map { name, bytes in
      ZipBuilder.Member(name, name.contains(".data-") ? bytes.slice(0..<bytes.count - 1) : bytes)
    }
    let archive = ZipBuilder.make(files)
    #expect(archive.rules.contains("MRT-CKP-002"), "\(archive.scanned.artifacts[0].findings)")
  }

  @Test func dataThatAreMissingAreSeen() throws {
    let files = try Self.files("tensorflow/checkpoint2").filter { !$0.name.contains(".data-") }
    #expect(ZipBuilder.make(files.map { .init($0.name, $0.bytes) }).verdict != .safe)
  }

  /// Data files of one archive say nothing about members of another.
  @Test func numbersOutsideOfTheArchiveAreNotFound() throws {
    let files = try Self.files("tensorflow/checkpoint2")
    let index = try #require(files.first { $0.name.hasSuffix(".index") })
    let inner = ZipBuilder.make([.init(index.name, index.bytes)])
    let outer = ZipBuilder.make(
      [.init("inner.zip", inner)] + files.filter { $0.name != index.name }.map { .init($0.name, $0.bytes) })
    #expect(outer.verdict != .safe)
  }

  @Test func aPayloadInTheDataIsFound() throws {
    let payload = PickleBuilder.system()
    let files = try Self.files("tensorflow/checkpoint2").map { name, bytes in
      ZipBuilder.Member(name, name.contains(".data-") ? Bytes(payload.array() + bytes.array()) : bytes)
    }
    #expect(ZipBuilder.make(files).verdict == .unsafe)
  }

  /// What could not be looked at is no numbers, whoever names it so.
  @Test func dataThatCannotBeReadAreNotSafe() throws {
    var member = ZipBuilder.Member("payload", Bytes([UInt8](repeating: 7, count: 1 << 16)))
    member.flags = 1
    let encrypted = ZipBuilder.make([member])
    let files = try Self.files("tensorflow/checkpoint2").map { name, bytes in
      ZipBuilder.Member(name, name.contains(".data-") ? encrypted : bytes)
    }
    #expect(ZipBuilder.make(files).verdict != .safe)
  }
}
