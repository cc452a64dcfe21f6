// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import CryptoExtras
import Foundation
import SwiftASN1

/// How a passphrase becomes a key.
enum KeyDerivation {
  struct Scrypt {
    let cost: Int
    let blockSize: Int
    let parallelism: Int
  }

  case scrypt(Scrypt, salt: [UInt8])
  case pbkdf2(KDF.Insecure.PBKDF2.HashFunction, iterations: Int, salt: [UInt8])

  /// Of scrypt: bytes of memory, and how much of that is gone through.
  private static let mostMemory = 64 << 20
  private static let mostWork = 256 << 20
  private static let mostIterations = 4_000_000

  /// - Throws: ``SignError``: `tooCostly`, before anything is derived.
  func key(from passphrase: [UInt8], bytes: Int) throws(SignError) -> SymmetricKey {
    switch self {
    case .scrypt(let scrypt, let salt):
      let memory = scrypt.cost.multipliedReportingOverflow(by: 128)
      let blocks = memory.partialValue.multipliedReportingOverflow(by: scrypt.blockSize)
      let work = blocks.partialValue.multipliedReportingOverflow(by: scrypt.parallelism)
      guard scrypt.cost > 1, scrypt.cost & (scrypt.cost - 1) == 0, scrypt.blockSize > 0,
        scrypt.parallelism > 0,
        !memory.overflow, !blocks.overflow, !work.overflow, blocks.partialValue <= Self.mostMemory,
        work.partialValue <= Self.mostWork
      else {
        throw .tooCostly("scrypt with N = \(scrypt.cost), r = \(scrypt.blockSize), p = \(scrypt.parallelism)")
      }
      guard
        let key = try? KDF.Scrypt.deriveKey(
          from: passphrase, salt: salt, outputByteCount: bytes, rounds: scrypt.cost,
          blockSize: scrypt.blockSize, parallelism: scrypt.parallelism)
      else {
        throw .tooCostly("scrypt with N = \(scrypt.cost), r = \(scrypt.blockSize), p = \(scrypt.parallelism)")
      }
      return key
    case .pbkdf2(let hash, let iterations, let salt):
      guard (1...Self.mostIterations).contains(iterations),
        let key = try? KDF.Insecure.PBKDF2.deriveKey(
          from: passphrase, salt: salt, using: hash, outputByteCount: bytes,
          unsafeUncheckedRounds: iterations)
      else { throw .tooCostly("PBKDF2 with \(iterations) rounds") }
      return key
    }
  }
}

/// `AlgorithmIdentifier` with its parameters, which may be left out.
struct AlgorithmNode {
  let algorithm: ASN1ObjectIdentifier
  let parameters: ASN1Node?

  init(_ node: ASN1Node) throws {
    (algorithm, parameters) = try DER.sequence(node, identifier: .sequence) { nodes in
      (try ASN1ObjectIdentifier(derEncoded: &nodes), nodes.next())
    }
  }
}

extension KeyDerivation {
  private static let scryptID: ASN1ObjectIdentifier = [1, 3, 6, 1, 4, 1, 11591, 4, 11]
  private static let pbkdf2ID: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 5, 12]
  private static let hashes: [ASN1ObjectIdentifier: KDF.Insecure.PBKDF2.HashFunction] = [
    [1, 2, 840, 113549, 2, 7]: .insecureSHA1, [1, 2, 840, 113549, 2, 9]: .sha256,
    [1, 2, 840, 113549, 2, 10]: .sha384, [1, 2, 840, 113549, 2, 11]: .sha512,
  ]

  init(_ node: ASN1Node) throws {
    let function = try AlgorithmNode(node)
    guard let parameters = function.parameters else {
      throw SignError.unsupportedEncryption("a key derivation without parameters")
    }
    switch function.algorithm {
    case Self.scryptID:
      self = try DER.sequence(parameters, identifier: .sequence) { nodes in
        let salt = try ASN1OctetString(derEncoded: &nodes)
        let scrypt = Scrypt(
          cost: try Int(derEncoded: &nodes), blockSize: try Int(derEncoded: &nodes),
          parallelism: try Int(derEncoded: &nodes))
        // The key length follows from the cipher.
        _ = nodes.next()
        return .scrypt(scrypt, salt: Array(salt.bytes))
      }
    case Self.pbkdf2ID:
      self = try DER.sequence(parameters, identifier: .sequence) { nodes in
        let salt = try ASN1OctetString(derEncoded: &nodes)
        let iterations = try Int(derEncoded: &nodes)
        var next = nodes.next()
        if let length = next, length.identifier == .integer { next = nodes.next() }
        let function = try next.map { try AlgorithmNode($0).algorithm } ?? [1, 2, 840, 113549, 2, 7]
        guard let hash = Self.hashes[function] else {
          throw SignError.unsupportedEncryption("PBKDF2 with the function \(function)")
        }
        return .pbkdf2(hash, iterations: iterations, salt: Array(salt.bytes))
      }
    default: throw SignError.unsupportedEncryption("the key derivation \(function.algorithm)")
    }
  }

  func serialize(into coder: inout DER.Serializer) throws {
    guard case .scrypt(let scrypt, let salt) = self else {
      throw SignError.unsupportedEncryption("PBKDF2, which is only read")
    }
    try coder.appendConstructedNode(identifier: .sequence) { coder in
      try coder.serialize(Self.scryptID)
      try coder.appendConstructedNode(identifier: .sequence) { coder in
        try coder.serialize(ASN1OctetString(contentBytes: salt[...]))
        try coder.serialize(scrypt.cost)
        try coder.serialize(scrypt.blockSize)
        try coder.serialize(scrypt.parallelism)
      }
    }
  }
}
