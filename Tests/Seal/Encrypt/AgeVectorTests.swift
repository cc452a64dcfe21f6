// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import MartletBytes
import Testing

@testable import MartletEncrypt

/// The public vectors of the age format: what opens, and with what kind of reason the rest does not.
@Suite struct AgeVectorTests {
  @Test func everyVectorIsThere() {
    #expect(AgeVector.all.count == 143)
    #expect(AgeVector.all.count(where: \.isArmored) == 33)
    #expect(AgeVector.all.count { !$0.passphrases.isEmpty } == 26)
    #expect(AgeVector.all.count { $0.identities.contains { $0.hasPrefix("AGE-SECRET-KEY-PQ-") } } == 19)
  }

  @Test(arguments: AgeVector.all) func vector(_ vector: AgeVector) throws {
    var found: AgeVector.Outcome?
    do {
      // A vector that is not meant to be armoured must not be read as if it were.
      #expect(vector.isArmored || !AgeArmor.isArmored(vector.file))
      let file = vector.isArmored ? try AgeArmor.decode(vector.file) : vector.file
      let plaintext = try Self.open(file, vector)
      found = .success
      let digest = plaintext.withUnsafeBytes { SHA256.hash(data: $0) }
      #expect(
        digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == vector.payload)
    } catch let error as SealError {
      found = Self.outcome(of: error)
    }
    #expect(found == vector.outcome)
  }

  private static func open(_ file: Bytes, _ vector: AgeVector) throws -> SecretBytes {
    if let passphrase = vector.passphrases.first {
      return try SealedFile.open(file, with: Passphrase(copying: Array(passphrase.utf8).span))
    }
    var ring = IdentityRing()
    for text in vector.identities { ring.add(try SealingIdentity(text)) }
    if vector.identities.isEmpty { ring.add(try .generate()) }
    return try SealedFile.open(file, with: ring)
  }

  private static func outcome(of error: SealError) -> AgeVector.Outcome? {
    switch error {
    case .notSealed, .unknownVersion, .header, .headerTruncated, .headerTooLong, .tooManyStanzas, .stanza,
      .passphraseAmongOthers:
      .headerFailure
    case .notForThisIdentity, .wrongPassphrase: .noMatch
    case .headerChanged: .macFailure
    case .armor: .armorFailure
    case .noChunk, .chunkCut, .chunkChanged, .lastChunkMissing, .dataAfterLastChunk, .emptyLastChunk:
      .payloadFailure
    default: nil
    }
  }
}
