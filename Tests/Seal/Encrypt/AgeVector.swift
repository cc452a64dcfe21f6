// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Glibc
import MartletBytes
import Testing

/// A test vector of C2SP/CCTV: lines of `key: value`, an empty line, an age file.
struct AgeVector: CustomTestStringConvertible, Sendable {
  enum Outcome: String, Sendable {
    case success
    case noMatch = "no match"
    case headerFailure = "header failure"
    case macFailure = "HMAC failure"
    case payloadFailure = "payload failure"
    case armorFailure = "armor failure"
  }

  let name: String
  let outcome: Outcome
  /// SHA-256 of the plaintext, where there is one.
  let payload: String?
  let identities: [String]
  let passphrases: [String]
  let isArmored: Bool
  let file: Bytes

  var testDescription: String { name }

  static let all: [AgeVector] = {
    let folder = Bundle.module.url(forResource: "Vectors", withExtension: nil)!.appending(path: "age")
    let names = try! FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return names.map { AgeVector(name: $0, contents: try! Data(contentsOf: folder.appending(path: $0))) }
  }()

  private init(name: String, contents: Data) {
    let end = contents.range(of: Data("\n\n".utf8))!
    var fields: [String: [String]] = [:]
    for line in String(decoding: contents[..<end.lowerBound], as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      fields[parts[0], default: []].append(parts[1])
    }
    self.name = name
    outcome = Outcome(rawValue: fields["expect"]![0])!
    payload = fields["payload"]?[0]
    identities = fields["identity"] ?? []
    passphrases = fields["passphrase"] ?? []
    isArmored = fields["armored"] != nil
    let body = contents[end.upperBound...]
    file = Bytes(fields["compressed"] == nil ? Array(body) : inflate(Array(body)))
  }
}

/// Undoes the zlib compression of the large vectors, with the system's zlib.
private func inflate(_ compressed: [UInt8]) -> [UInt8] {
  typealias Uncompress =
    @convention(c) (
      UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt>, UnsafePointer<UInt8>, UInt
    ) -> Int32
  guard let library = dlopen("libz.so.1", RTLD_NOW), let symbol = dlsym(library, "uncompress") else {
    fatalError("zlib is missing: install zlib1g")
  }
  let uncompress = unsafeBitCast(symbol, to: Uncompress.self)
  var plain = [UInt8](repeating: 0, count: 20 << 20)
  var count = UInt(plain.count)
  precondition(uncompress(&plain, &count, compressed, UInt(compressed.count)) == 0, "a vector is damaged")
  return Array(plain[..<Int(count)])
}
