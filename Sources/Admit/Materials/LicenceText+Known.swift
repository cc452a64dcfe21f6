// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension LicenceText {
  /// What models come with. Digests are of the texts as the SPDX licence list and the Free Software Foundation publish
  /// them. The licences of the GNU project are those of this version only: a text does not say whether its owner allows
  /// later ones.
  static let all: [LicenceText] = [
    LicenceText(
      identifier: "MIT",
      parts: [
        .init(
          within: 40, begins: "permission is hereby granted", words: 163,
          digest: "0cf21bdfd1964a97a8615e128534845826afbc887edc95aa5c925cbf64386b5c")
      ], tail: 0),
    LicenceText(
      identifier: "MIT-0",
      parts: [
        .init(
          within: 40, begins: "permission is hereby granted", words: 138,
          digest: "a181c333030f65ebcf2eabeca3493225b6b03fce6907bdd3e59e7a8a37180fbd")
      ], tail: 0),
    LicenceText(
      identifier: "ISC",
      parts: [
        .init(
          within: 40, begins: "permission to use copy modify", words: 112,
          digest: "217da0747cec63a2e734185db11cbaa819bcd9e5b83cd12f812128fffe66e26a")
      ], tail: 0),
    LicenceText(
      identifier: "BSD-2-Clause",
      parts: [
        .init(
          within: 40, begins: "redistribution and use in source", words: 21,
          digest: "48ac8ca1db37804517afc5e6eb5afcfc70793472047f88dd30d536751bc2c369"),
        .init(
          within: 1, begins: "redistributions of source code", words: 18,
          digest: "7c1baf39c016fe0fc0574574656718d54f50821e2146a89de2565a1c1935d055"),
        .init(
          within: 1, begins: "redistributions in binary form", words: 29,
          digest: "ddc1b876bb8a74f62a81173c60857a327f7ca7bca00fede89aeea027a9dbcae1"),
        .init(
          within: 2, begins: "this software is provided by", words: 5,
          digest: "70edc908033d7bc32cf53825b7590df1a3f95672cd4d8d7f929b6706bd0bf92c"),
        .init(
          within: 10, begins: "as is and any express", words: 30,
          digest: "f2ecc48db714dbadad216517cbbb80ad42882d87fcc5b3efae52bb63987fa44d"),
        .init(
          within: 10, begins: "be liable for any direct", words: 71,
          digest: "b9906283a603091fa4443be08b33397f49d0dafc47296124e87d2e33728eebd5"),
      ], tail: 0),
    LicenceText(
      identifier: "BSD-3-Clause",
      parts: [
        .init(
          within: 40, begins: "redistribution and use in source", words: 21,
          digest: "48ac8ca1db37804517afc5e6eb5afcfc70793472047f88dd30d536751bc2c369"),
        .init(
          within: 1, begins: "redistributions of source code", words: 18,
          digest: "7c1baf39c016fe0fc0574574656718d54f50821e2146a89de2565a1c1935d055"),
        .init(
          within: 1, begins: "redistributions in binary form", words: 29,
          digest: "ddc1b876bb8a74f62a81173c60857a327f7ca7bca00fede89aeea027a9dbcae1"),
        .init(
          within: 1, begins: "neither the name of", words: 4,
          digest: "ac28e619b9d55c274a1a286ba2159be710c744933a25da05d34cc7fe637503bc"),
        .init(
          within: 16, begins: "may be used to endorse", words: 17,
          digest: "892922a20f69203d85f2800a1341d19623b9c0ce49e591cd067ee9447f4728a5"),
        .init(
          within: 2, begins: "this software is provided by", words: 5,
          digest: "70edc908033d7bc32cf53825b7590df1a3f95672cd4d8d7f929b6706bd0bf92c"),
        .init(
          within: 10, begins: "as is and any express", words: 30,
          digest: "f2ecc48db714dbadad216517cbbb80ad42882d87fcc5b3efae52bb63987fa44d"),
        .init(
          within: 10, begins: "be liable for any direct", words: 71,
          digest: "b9906283a603091fa4443be08b33397f49d0dafc47296124e87d2e33728eebd5"),
      ], tail: 0),
    LicenceText(
      identifier: "Apache-2.0",
      parts: [
        .init(
          within: 40, begins: "terms and conditions for use reproduction", words: 1414,
          digest: "c876a853e3837603a39d56da29306b74786b34411bf636ce5072eb840e764cab")
      ], tail: 5),
    LicenceText(
      identifier: "Apache-2.0",
      parts: [
        .init(
          within: 40, begins: "terms and conditions for use reproduction", words: 1414,
          digest: "c876a853e3837603a39d56da29306b74786b34411bf636ce5072eb840e764cab"),
        .init(
          within: 5, begins: "appendix how to apply the apache license", words: 85,
          digest: "5632e3d7e64b7ad9fd2c14ed0daabfa9c7898f31dba34ad57e6e20071cc5a43a"),
        .init(
          within: 20, begins: "licensed under the apache license version 2 0", words: 86,
          digest: "7a46cf4a5d56898d746584f4fe57bdf571d600a8f39d21063431d88929f803c7"),
      ], tail: 0),
    LicenceText(
      identifier: "MPL-2.0",
      parts: [
        .init(
          within: 20, begins: "1 definitions", words: 2420,
          digest: "c0f855aacb6ac1c86bcdd1334db61014d14898798ae14888fea5446cbb9d32e3")
      ], tail: 0),
    LicenceText(
      identifier: "GPL-2.0-only",
      parts: [
        .init(
          within: 90, begins: "preamble", words: 2467,
          digest: "98e760555ff723908d803b23140ebd264fee15e7615bf9486faa0f8f6596c34f")
      ], tail: 0),
    LicenceText(
      identifier: "GPL-2.0-only",
      parts: [
        .init(
          within: 90, begins: "preamble", words: 2467,
          digest: "98e760555ff723908d803b23140ebd264fee15e7615bf9486faa0f8f6596c34f"),
        .init(
          within: 0, begins: "how to apply", words: 477,
          digest: "91009272afdb610b7c39a9f92156d31b860bb76c4bec31243f9c615749bb809d"),
      ], tail: 0),
    LicenceText(
      identifier: "GPL-3.0-only",
      parts: [
        .init(
          within: 60, begins: "preamble", words: 5213,
          digest: "fad6d14122ae5943ea05f9e4d48194524a0b701f034fd22c7dded3e6c296c742")
      ], tail: 0),
    LicenceText(
      identifier: "GPL-3.0-only",
      parts: [
        .init(
          within: 60, begins: "preamble", words: 5213,
          digest: "fad6d14122ae5943ea05f9e4d48194524a0b701f034fd22c7dded3e6c296c742"),
        .init(
          within: 0, begins: "how to apply", words: 449,
          digest: "13c0e543bb540ff4e7e1217fd35155a302cef3f6521ba1a4d486004a5004e081"),
      ], tail: 0),
    LicenceText(
      identifier: "AGPL-3.0-only",
      parts: [
        .init(
          within: 60, begins: "preamble", words: 5175,
          digest: "27eb26448f75d436d6e78dcd1d9da7a1339c0cc8ab254d14f5581bdcd39a4864")
      ], tail: 0),
    LicenceText(
      identifier: "AGPL-3.0-only",
      parts: [
        .init(
          within: 60, begins: "preamble", words: 5175,
          digest: "27eb26448f75d436d6e78dcd1d9da7a1339c0cc8ab254d14f5581bdcd39a4864"),
        .init(
          within: 0, begins: "how to apply", words: 366,
          digest: "a7146a62c0bda4bb321d3dc8e15d3a051065164b6f65d2c93ab13ad3851ea92c"),
      ], tail: 0),
    LicenceText(
      identifier: "LGPL-2.1-only",
      parts: [
        .init(
          within: 120, begins: "preamble", words: 3996,
          digest: "73ac55304afe4c219acdd0cb7683daf4fe3772c9b493da4a095d93a7789311d5")
      ], tail: 0),
    LicenceText(
      identifier: "LGPL-2.1-only",
      parts: [
        .init(
          within: 120, begins: "preamble", words: 3996,
          digest: "73ac55304afe4c219acdd0cb7683daf4fe3772c9b493da4a095d93a7789311d5"),
        .init(
          within: 0, begins: "how to apply", words: 342,
          digest: "3a605a5cccadaa3a2573c1ca34181b1c545093b0ee262465f3d0a7eb85952868"),
      ], tail: 0),
    LicenceText(
      identifier: "LGPL-3.0-only",
      parts: [
        .init(
          within: 60, begins: "this version of the gnu lesser", words: 1202,
          digest: "3c109b32fc12cedb18f514c338498353cbbafbc7ad3aa3aed8c864396943f25a")
      ], tail: 0),
    LicenceText(
      identifier: "CC0-1.0",
      parts: [
        .init(
          within: 140, begins: "statement of purpose", words: 1008,
          digest: "4f8ab63ace774f37529081c81e2730a88143bf70e67392bd3c3701bd0a175152")
      ], tail: 0),
    LicenceText(
      identifier: "CC-BY-4.0",
      parts: [
        .init(
          within: 560, begins: "by exercising the licensed rights", words: 2047,
          digest: "2ccfac9272b5ee2f65cfdc35b567f093b1fb082f5b22abc6d11751fb518c3f3f")
      ], tail: 0),
    LicenceText(
      identifier: "CC-BY-4.0",
      parts: [
        .init(
          within: 560, begins: "by exercising the licensed rights", words: 2047,
          digest: "2ccfac9272b5ee2f65cfdc35b567f093b1fb082f5b22abc6d11751fb518c3f3f"),
        .init(
          within: 0, begins: "creative commons is", words: 162,
          digest: "cf4c14f92bece2243975b9b9c7472280a940bca423da0269d2c01eda8c1fa592"),
      ], tail: 0),
    LicenceText(
      identifier: "CC-BY-SA-4.0",
      parts: [
        .init(
          within: 560, begins: "by exercising the licensed rights", words: 2251,
          digest: "2957e5ae419c365c208e63990c8acda4f77ad2d9110c9ca432ac7ba47c0d27a6")
      ], tail: 0),
    LicenceText(
      identifier: "CC-BY-SA-4.0",
      parts: [
        .init(
          within: 560, begins: "by exercising the licensed rights", words: 2251,
          digest: "2957e5ae419c365c208e63990c8acda4f77ad2d9110c9ca432ac7ba47c0d27a6"),
        .init(
          within: 0, begins: "creative commons is", words: 162,
          digest: "cf4c14f92bece2243975b9b9c7472280a940bca423da0269d2c01eda8c1fa592"),
      ], tail: 0),
    LicenceText(
      identifier: "Unlicense",
      parts: [
        .init(
          within: 20, begins: "this is free and unencumbered", words: 191,
          digest: "e6e60d2037efe58841d698b341a609d8a738effceaadb12ac721e54f8e0bf7db")
      ], tail: 9),
    LicenceText(
      identifier: "BSL-1.0",
      parts: [
        .init(
          within: 20, begins: "permission is hereby granted", words: 205,
          digest: "4f4c9e65217414246c604405ee4900201bd9f230d226fa803a0b7a1f5775bf85")
      ], tail: 0),
    LicenceText(
      identifier: "Zlib",
      parts: [
        .init(
          within: 40, begins: "this software is provided as is", words: 133,
          digest: "1b8c5cd52eceb19ab0bc3cb40be110b1c0e7fa2671a3fe5866e59dd1502e69c7")
      ], tail: 0),
  ]
}
