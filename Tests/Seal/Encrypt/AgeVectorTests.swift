// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import MartletBytes
import MartletEncrypt
import Testing

/// The public vectors for X25519 files: what opens, and with what kind of reason the rest does not.
@Suite struct AgeVectorTests {
  @Test func everyVectorIsRunOrCountedAsUnsupported() {
    #expect(AgeVector.all.count == 143)
    let unsupported = Dictionary(grouping: AgeVector.all.compactMap(\.unsupported), by: { $0 })
    #expect(unsupported.mapValues(\.count) == [.armor: 33, .passphrase: 25, .postQuantum: 18])
    #expect(AgeVector.supported.count == 67)
  }

  @Test(arguments: AgeVector.supported) func vector(_ vector: AgeVector) throws {
    let identity = try vector.identities.first.map { text throws in try SealingIdentity(text) } ?? .generate()
    var found: AgeVector.Outcome?
    do {
      let plaintext = try SealedFile.open(vector.file, with: identity)
      found = .success
      let digest = plaintext.withUnsafeBytes { SHA256.hash(data: $0) }
      #expect(
        digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == vector.payload)
    } catch {
      found = Self.outcome(of: error)
    }
    #expect(found == vector.outcome)
  }

  private static func outcome(of error: SealError) -> AgeVector.Outcome? {
    switch error {
    case .notSealed, .unknownVersion, .header, .headerTruncated, .headerTooLong, .tooManyStanzas, .stanza,
      .passphraseAmongOthers:
      .headerFailure
    case .notForThisIdentity: .noMatch
    case .headerChanged: .macFailure
    case .noChunk, .chunkCut, .chunkChanged, .lastChunkMissing, .dataAfterLastChunk, .emptyLastChunk:
      .payloadFailure
    case .otherPlaintext, .noRecipient, .tooManyRecipients, .weakRecipient, .recipientText, .identityText,
      .noMemory:
      nil
    }
  }
}
