// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEncrypt
import Testing

/// What Martlet seals, stock age opens, and the reverse.
@Suite struct AgeToolTests {
  static let sizes = [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000, 5_000_001]

  @Test(arguments: sizes) func ageOpensWhatWeSeal(size: Int) throws {
    try Sample.withDirectory { directory in
      let identity = try SealingIdentity.generate()
      let plaintext = Sample.plaintext(size)
      try Data(Sample.sealed(plaintext, for: identity)).write(to: URL(fileURLWithPath: directory + "/f.age"))
      try write(identity, to: directory + "/key")
      let opened = try AgeTool.run("age", ["-d", "-i", directory + "/key", directory + "/f.age"])
      #expect(opened == Data(plaintext))
    }
  }

  @Test(arguments: sizes) func weOpenWhatAgeSeals(size: Int) throws {
    try Sample.withDirectory { directory in
      let identity = try SealingIdentity.generate()
      let other = try SealingIdentity.generate()
      let plaintext = Sample.plaintext(size)
      try Data(plaintext).write(to: URL(fileURLWithPath: directory + "/f"))
      let sealed = try AgeTool.run(
        "age", ["-r", "\(other.recipient)", "-r", "\(identity.recipient)", directory + "/f"])
      #expect(try Sample.opened(Array(sealed), with: identity) == plaintext)
      #expect(try Sample.opened(Array(sealed), with: other) == plaintext)
    }
  }

  @Test func everyOneOfFortyRecipientsOpensWithAge() throws {
    try Sample.withDirectory { directory in
      var recipients: [SealingRecipient] = []
      for number in 0..<40 {
        let identity = try SealingIdentity.generate()
        try write(identity, to: "\(directory)/key\(number)")
        recipients.append(identity.recipient)
      }
      var file = Data()
      _ = try SealedFile.seal(Bytes(utf8: "weights"), to: recipients) { part in
        for index in part.indices { file.append(part[index]) }
      }
      try file.write(to: URL(fileURLWithPath: directory + "/f.age"))
      for number in [0, 17, 39] {
        let opened = try AgeTool.run("age", ["-d", "-i", "\(directory)/key\(number)", directory + "/f.age"])
        #expect(opened == Data("weights".utf8))
      }
    }
  }

  @Test func ageKeygenAndWeReadEachOthersIdentities() throws {
    try Sample.withDirectory { directory in
      _ = try AgeTool.run("age-keygen", ["-o", directory + "/theirs"])
      let theirs = try SealingIdentity(String(contentsOfFile: directory + "/theirs", encoding: .utf8))
      let public1 = try AgeTool.run("age-keygen", ["-y", directory + "/theirs"])
      #expect(String(decoding: public1, as: UTF8.self) == "\(theirs.recipient)\n")

      let ours = try SealingIdentity.generate()
      try write(ours, to: directory + "/ours")
      let public2 = try AgeTool.run("age-keygen", ["-y", directory + "/ours"])
      #expect(String(decoding: public2, as: UTF8.self) == "\(ours.recipient)\n")
    }
  }

  private func write(_ identity: borrowing SealingIdentity, to path: String) throws {
    try identity.withIdentityFile { text in
      try Data((0..<text.count).map { text[$0] }).write(to: URL(fileURLWithPath: path))
    }
  }
}
