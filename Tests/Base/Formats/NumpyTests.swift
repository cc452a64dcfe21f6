// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats
import Testing

@Suite struct NumpyTests {
  static func npy(_ header: String, _ data: [UInt8]) -> Bytes {
    Bytes(
      [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + data)
  }

  static func array(_ descr: String, _ shape: String, _ data: [UInt8], fortran: Bool = false) throws
    -> NumpyArray
  {
    try NumpyArray(
      npy(
        "{'descr': '\(descr)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }\n", data))
  }

  @Test func numbersAreConvertedFromBothByteOrders() throws {
    #expect(try Self.array("<f4", "(2,)", [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]).float32() == [1, -2])
    #expect(try Self.array(">f4", "(1,)", [0x3F, 0x80, 0, 0]).float32() == [1])
    #expect(try Self.array("<f8", "(1,)", [0, 0, 0, 0, 0, 0, 0xF8, 0x3F]).float32() == [1.5])
    #expect(try Self.array("<f2", "(1,)", [0, 0x3C]).float32() == [1])
    #expect(try Self.array("|i1", "(2,)", [0xFF, 1]).int64() == [-1, 1])
    #expect(try Self.array("<i2", "(1,)", [0xFE, 0xFF]).int64() == [-2])
    #expect(try Self.array(">i4", "(1,)", [0xFF, 0xFF, 0xFF, 0xFE]).int64() == [-2])
    #expect(try Self.array("|u1", "(1,)", [0xFF]).int64() == [255])
    #expect(try Self.array("|b1", "(2,)", [1, 0]).float32() == [1, 0])
    #expect(try Self.array("<i8", "()", [1, 0, 0, 0, 0, 0, 0, 0]).int64() == [1])
  }

  @Test func fortranOrderBecomesRowMajor() throws {
    let array = try Self.array("|u1", "(2, 3)", [0, 3, 1, 4, 2, 5], fortran: true)
    #expect(array.shape == [2, 3])
    #expect(try array.int64() == [0, 1, 2, 3, 4, 5])
  }

  @Test func aConversionThatLosesIsRefused() throws {
    #expect(throws: NumpyError.wrongType(found: "<f4", expected: "integers")) {
      try Self.array("<f4", "(0,)", []).int64()
    }
    #expect(throws: NumpyError.self) { try Self.array("|S4", "(1,)", [1, 2, 3, 4]).float32() }
    #expect(throws: NumpyError.self) {
      try Self.array("<u8", "(1,)", [UInt8](repeating: 255, count: 8)).int64()
    }
  }

  @Test func objectsAreAPickle() throws {
    let array = try Self.array("|O", "(1,)", [0x80, 2, 0x4E, 0x2E])
    #expect(array.pickle?.array() == [0x80, 2, 0x4E, 0x2E])
  }

  @Test func whatIsLeftOverIsSaid() throws {
    #expect(try Self.array("|u1", "(2,)", [1, 2, 3, 4]).trailing.array() == [3, 4])
    #expect(throws: NumpyError.truncated(needed: 4, available: 3)) {
      try Self.array("<f4", "(1,)", [1, 2, 3])
    }
  }

  @Test(arguments: [
    "", "{", "{}", "[]", "{'descr': '<f4'}", "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}",
    "{'descr': '<q9', 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (281474976710655, 281474976710655)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'shape': (2,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}",
    "{'descr': __import__('os').system('id'), 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} + 1",
    "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((",
  ]) func aBadHeaderIsRefused(_ header: String) {
    #expect(throws: NumpyError.self) { try NumpyArray(Self.npy(header, [0, 0, 0, 0])) }
  }

  @Test func aMissingArrayIsNil() throws {
    let archive = try NumpyArchive(Bytes(ZipArchiveTests.deflated))
    #expect(archive.names.isEmpty)
    #expect(try archive["x"] == nil)
  }
}
