// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import Testing

@Suite struct Base64Tests {
  @Test func roundTripsAtEveryLengthAsFoundationWritesIt() {
    for count in 0...70 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ count) }
      let padded = Base64.standard.padded(bytes)
      #expect(Base64.standard.decodePadded(padded) == bytes)
      #expect(Base64.standard.decodePadded(Base64.standard.paddedText(bytes)) == bytes)
      #expect(String(decoding: padded, as: UTF8.self) == Data(bytes).base64EncodedString())
      let plain = Base64.standard.text(bytes)
      #expect(Base64.standard.decode(plain.utf8) == bytes)
      #expect(plain == Data(bytes).base64EncodedString().filter { $0 != "=" })
      let url = Base64.url.encode(bytes)
      #expect(Base64.url.decode(url) == bytes)
      #expect(
        String(decoding: url, as: UTF8.self)
          == plain.replacing("+", with: "-").replacing("/", with: "_"))
    }
  }

  @Test(arguments: ["A", "AAAAA", "AB", "AAB", "AA==", "AA=", "A A", "AA\n", "_-AA", "=", "===="])
  func aValueHasOneSpelling(_ text: String) {
    #expect(Base64.standard.decode(text.utf8) == nil)
  }

  @Test(arguments: [
    "A", "AA", "AAA", "AB==", "AAB=", "A===", "====", "AA==AAAA", "AA=A", "AAAA=", "AAAA====", "AA ==",
    "_-AA",
  ])
  func paddingIsAsItIsWritten(_ text: String) {
    #expect(Base64.standard.decodePadded(text) == nil)
  }

  @Test(arguments: ["+/AA", "AA==", "AB"]) func theOtherAlphabetIsAnother(_ text: String) {
    #expect(Base64.url.decode(text.utf8) == nil)
  }
}
