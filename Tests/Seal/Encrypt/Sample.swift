// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import Testing

@testable import MartletEncrypt

/// Sealed files made for a test.
enum Sample {
  /// Bytes that repeat with no period of a chunk.
  static func plaintext(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
  }

  static func sealed(_ plaintext: [UInt8], for identity: borrowing SealingIdentity) throws -> [UInt8] {
    var file: [UInt8] = []
    _ = try SealedFile.seal(Bytes(plaintext), to: [identity.recipient]) { part in
      for index in part.indices { file.append(part[index]) }
    }
    return file
  }

  static func armored(_ file: [UInt8]) -> [UInt8] {
    var writer = AgeArmor.Writer()
    let text = writer.text(of: file.span)
    return text + writer.end()
  }

  static func opened(_ file: [UInt8], with identity: borrowing SealingIdentity) throws(SealError) -> [UInt8] {
    let plaintext = try SealedFile.open(Bytes(file), with: identity)
    return plaintext.withUnsafeBytes { Array($0) }
  }

  /// Why the file does not open. Records a test failure when it does.
  static func refusal(of file: [UInt8], with identity: borrowing SealingIdentity) -> SealError? {
    do throws(SealError) {
      _ = try opened(file, with: identity)
      Issue.record("a file of \(file.count) bytes opened that must not")
      return nil
    } catch {
      return error
    }
  }

  /// Runs `body` with a directory of its own, which is removed afterwards.
  static func withDirectory<Result>(_ body: (String) throws -> Result) throws -> Result {
    let url = FileManager.default.temporaryDirectory.appending(path: "martlet \(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url.path)
  }
}
