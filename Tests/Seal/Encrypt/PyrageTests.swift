// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import Testing

@testable import MartletEncrypt

/// What Martlet seals, pyrage opens, and the reverse.
@Suite struct PyrageTests {
  @Test(arguments: [0, 1, 65_536, 300_001]) func bothWays(size: Int) throws {
    try Sample.withDirectory { directory in
      let identity = try SealingIdentity.generate()
      let text = identity.withIdentityFile { file in
        String(decoding: (0..<file.count).map { file[$0] }, as: UTF8.self).split(separator: "\n")[1]
      }
      let plaintext = Sample.plaintext(size)
      let opened = try Pyrage.evaluate(
        "pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(argv[0])])",
        Sample.sealed(plaintext, for: identity), [String(text)], in: directory)
      #expect(opened == plaintext)
      let sealed = try Pyrage.evaluate(
        "pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(argv[0])])", plaintext,
        ["\(identity.recipient)"], in: directory)
      #expect(try Sample.opened(sealed, with: identity) == plaintext)
    }
  }

  @Test func armourBothWays() throws {
    try Sample.withDirectory { directory in
      let identity = try SealingIdentity.generate()
      let text = identity.withIdentityFile { file in
        String(decoding: (0..<file.count).map { file[$0] }, as: UTF8.self).split(separator: "\n")[1]
      }
      let plaintext = Sample.plaintext(100_000)
      let armored = try Sample.armored(Sample.sealed(plaintext, for: identity))
      let opened = try Pyrage.evaluate(
        "pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(argv[0])])", armored, [String(text)],
        in: directory)
      #expect(opened == plaintext)
      let sealed = try Pyrage.evaluate(
        "pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(argv[0])], armored=True)", plaintext,
        ["\(identity.recipient)"], in: directory)
      #expect(try Sample.opened(AgeArmor.decode(Bytes(sealed)).array(), with: identity) == plaintext)
    }
  }
}
