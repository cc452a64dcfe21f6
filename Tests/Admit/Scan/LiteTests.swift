// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import Testing

@testable import MartletScan

@Suite struct LiteTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let rule: String
    let bytes: Bytes
    var testDescription: String { name }
  }

  /// One RELU from tensor 0 to tensor 1, and what is changed about it.
  static func model(
    code: [Int: Flat] = [0: .u8(19), 3: .u32(19)], tensor: [Int: Flat] = [0: .numbers([1, 2]), 2: .u32(0)],
    node: [Int: Flat] = [0: .u32(0), 1: .numbers([0]), 2: .numbers([1])], buffers: [Flat] = [.table([:])],
    graphs: Int = 1, more: [Int: Flat] = [:]
  ) -> Bytes {
    let plain: [Int: Flat] = [0: .numbers([1, 2]), 2: .u32(0)]
    let graph: Flat = .table([
      0: .vector([.table(tensor), .table(plain)]), 1: .numbers([0]), 2: .numbers([1]),
      3: .vector([.table(node)]),
    ])
    var root: [Int: Flat] = [
      0: .u32(3), 1: .vector([.table(code)]), 2: .vector(Array(repeating: graph, count: graphs)),
      4: .vector(buffers),
    ]
    root.merge(more) { $1 }
    return Flat.file(.table(root), identifier: "TFL3")
  }

  private static func custom(_ name: String) -> [Int: Flat] { [0: .u8(32), 1: .text(name), 3: .u32(32)] }

  /// The options of a Flex operator: a FlexBuffer of a name and a node.
  private static func flex(_ name: String, _ node: [UInt8]) -> Flat {
    var out: [UInt8] = []
    func put(_ text: [UInt8]) -> Int {
      out += [UInt8(text.count)]
      let at = out.count
      out += text + [0]
      return at
    }
    let first = put(Array(name.utf8))
    let second = put(node)
    out.append(2)
    let start = out.count
    out += [UInt8(start - first), UInt8(start + 1 - second), 5 << 2, 5 << 2]
    out += [UInt8(out.count - start), 10 << 2, 1]
    return .bytes(out)
  }

  private static func options(of code: UInt8, kind: UInt8, _ options: [Int: Flat]) -> Bytes {
    model(
      code: [0: .u8(code), 3: .u32(UInt32(code))],
      node: [0: .u32(0), 1: .numbers([0]), 2: .numbers([1]), 3: .u8(kind), 4: .table(options)])
  }

  /// A constant tensor of one string.
  private static func texts(_ bytes: [UInt8]) -> Bytes {
    model(
      tensor: [0: .numbers([1]), 1: .u8(5), 2: .u32(1)], buffers: [.table([:]), .table([0: .bytes(bytes)])])
  }

  /// A sparse tensor of one dimension of 4, with one element.
  private static func sparse(order: [Int32] = [0], segments: [Int32], indices: [Int32]) -> Bytes {
    let dimension: Flat = .table([
      0: .u8(1), 2: .u8(1), 3: .table([0: .numbers(segments)]), 4: .u8(1), 5: .table([0: .numbers(indices)]),
    ])
    return model(
      tensor: [
        0: .numbers([4]), 2: .u32(1), 6: .table([0: .numbers(order), 2: .vector([dimension])]),
      ], buffers: [.table([:]), .table([0: .bytes([0, 0, 0x80, 0x3F])])])
  }

  static let cases: [Case] = [
    Case(
      name: "CVE-2022-23558 dimensions overflow", rule: "MRT-TFL-001",
      bytes: model(tensor: [0: .numbers([.max, .max, .max]), 2: .u32(0)])),
    Case(
      name: "negative dimensions", rule: "MRT-TFL-001", bytes: model(tensor: [0: .numbers([-7]), 2: .u32(0)])),
    Case(
      name: "CVE-2021-37688 first input is missing", rule: "MRT-TFL-001",
      bytes: model(node: [0: .u32(0), 1: .numbers([-1]), 2: .numbers([1])])),
    Case(
      name: "CVE-2021-37689 no such buffer", rule: "MRT-TFL-001",
      bytes: model(tensor: [0: .numbers([1]), 2: .u32(9)])),
    Case(
      name: "CVE-2020-15211 negative output", rule: "MRT-TFL-001",
      bytes: model(node: [0: .u32(0), 1: .numbers([0]), 2: .numbers([-1])])),
    Case(
      name: "a tensor that is not there", rule: "MRT-TFL-001",
      bytes: model(node: [0: .u32(0), 1: .numbers([99]), 2: .numbers([1])])),
    Case(
      name: "an operator that is not there", rule: "MRT-TFL-001",
      bytes: model(node: [0: .u32(5), 1: .numbers([0])])),
    Case(
      name: "CVE-2021-29591 a loop of subgraphs", rule: "MRT-TFL-001",
      bytes: model(
        node: [0: .u32(0), 1: .numbers([0]), 3: .u8(93), 4: .table([0: .u32(0), 1: .u32(1)])], graphs: 2)),
    Case(
      name: "a subgraph that is not there", rule: "MRT-TFL-001",
      bytes: model(node: [0: .u32(0), 1: .numbers([0]), 3: .u8(92), 4: .table([0: .u32(7), 1: .u32(8)])])),
    Case(
      name: "a stride of 0", rule: "MRT-TFL-001", bytes: options(of: 3, kind: 1, [0: .u8(1)])),
    Case(
      name: "a dilation of 0", rule: "MRT-TFL-001",
      bytes: options(of: 3, kind: 1, [1: .u32(1), 2: .u32(1), 4: .u32(0)])),
    Case(
      name: "a window of 0", rule: "MRT-TFL-001",
      bytes: options(of: 17, kind: 5, [1: .u32(1), 2: .u32(1), 3: .u32(0), 4: .u32(2)])),
    Case(
      name: "CVE-2021-29595 blocks of depth of 0", rule: "MRT-TFL-001", bytes: options(of: 5, kind: 94, [:])),
    Case(
      name: "CVE-2021-29587 blocks of space of 0", rule: "MRT-TFL-001", bytes: options(of: 26, kind: 19, [:])),
    Case(
      name: "CVE-2021-29599 no splits", rule: "MRT-TFL-001",
      bytes: options(of: 49, kind: 35, [0: .u32(0)])),
    Case(
      name: "options of another operator", rule: "MRT-TFL-001",
      bytes: options(of: 3, kind: 5, [1: .u32(1), 2: .u32(1)])),
    Case(
      name: "CVE-2021-29593 blocks of a batch of 0", rule: "MRT-TFL-001",
      bytes: model(
        code: [0: .u8(37), 3: .u32(37)], tensor: [0: .numbers([2]), 1: .u8(2), 2: .u32(1)],
        node: [0: .u32(0), 1: .numbers([1, 0]), 2: .numbers([1])],
        buffers: [.table([:]), .table([0: .bytes([1, 0, 0, 0, 0, 0, 0, 0])])])),
    Case(
      name: "no inputs", rule: "MRT-TFL-001", bytes: model(node: [0: .u32(0), 2: .numbers([1])])),
    Case(
      name: "no outputs", rule: "MRT-TFL-001", bytes: model(node: [0: .u32(0), 1: .numbers([0])])),
    Case(
      name: "more strings than there are", rule: "MRT-TFL-001",
      bytes: texts([0xFF, 0xFF, 0xFF, 0x7F, 8, 0, 0, 0])),
    Case(
      name: "a string outside of its buffer", rule: "MRT-TFL-001",
      bytes: texts([1, 0, 0, 0, 12, 0, 0, 0, 99, 0, 0, 0, 0x61])),
    Case(
      name: "scales along a dimension that is not there", rule: "MRT-TFL-001",
      bytes: model(
        tensor: [0: .numbers([1, 2]), 2: .u32(0), 4: .table([2: .numbers([1, 1]), 6: .u32(7)])])),
    Case(
      name: "an activation of a terabyte", rule: "MRT-TFL-001",
      bytes: model(tensor: [0: .numbers([65536, 65536, 64]), 2: .u32(0)])),
    Case(
      name: "a signature of a tensor that is not there", rule: "MRT-TFL-001",
      bytes: model(more: [7: .vector([.table([0: .vector([.table([1: .u32(9999)])])])])])),
    Case(
      name: "CVE-2022-23560 sparse segments beyond their indices", rule: "MRT-TFL-001",
      bytes: sparse(segments: [0, 99], indices: [0])),
    Case(
      name: "CVE-2022-23561 a sparse index beyond its dimension", rule: "MRT-TFL-001",
      bytes: sparse(segments: [0, 1], indices: [77])),
    Case(
      name: "a sparse order of other dimensions", rule: "MRT-TFL-001",
      bytes: sparse(order: [5], segments: [0, 1], indices: [0])),
    Case(
      name: "a pickle behind the model", rule: "MRT-PKL-001",
      bytes: Bytes(model().array() + ContainerTests.payload.array())),
    Case(
      name: "something behind the model", rule: "MRT-TFL-004",
      bytes: Bytes(model().array() + [UInt8](repeating: 0xAA, count: 20))),
    Case(
      name: "a buffer outside of the file", rule: "MRT-TFL-001",
      bytes: model(buffers: [.table([:]), .table([1: .u64(100), 2: .u64(1 << 40)])])),
    Case(
      name: "data that does not fit", rule: "MRT-TFL-002",
      bytes: model(
        tensor: [0: .numbers([4]), 2: .u32(1)], buffers: [.table([:]), .table([0: .bytes([1, 2, 3])])])),
    Case(name: "another version", rule: "MRT-TFL-002", bytes: model(more: [0: .u32(4)])),
    Case(name: "a custom operator", rule: "MRT-TFL-003", bytes: model(code: custom("MyOp"))),
    Case(name: "FlexReadFile", rule: "MRT-TFS-003", bytes: model(code: custom("FlexReadFile"))),
    Case(name: "FlexPyFunc", rule: "MRT-TFS-001", bytes: model(code: custom("FlexPyFunc"))),
    Case(name: "FlexWriteFile", rule: "MRT-TFS-002", bytes: model(code: custom("FlexWriteFile"))),
    Case(
      name: "a Flex operator whose node is another", rule: "MRT-TFS-002",
      bytes: model(
        code: custom("FlexRelu"),
        node: [
          0: .u32(0), 1: .numbers([0]), 2: .numbers([1]),
          5: flex("Relu", GraphBuilder.node("WriteFile").bytes),
        ])),
    Case(name: "a delegate", rule: "MRT-TFL-004", bytes: model(code: [3: .u32(51)])),
    Case(name: "an operator of nobody", rule: "MRT-TFL-004", bytes: model(code: [3: .u32(9999)])),
    Case(name: "a field of its own", rule: "MRT-TFL-004", bytes: model(more: [12: .u32(7)])),
    Case(
      name: "offsets out of the file", rule: "MRT-TFL-002",
      bytes: Bytes([0xFF, 0xFF, 0, 0, 0x54, 0x46, 0x4C, 0x33, 0, 0])),
  ]

  @Test(arguments: cases) func anAttackIsSeen(_ attack: Case) {
    #expect(attack.bytes.rules.contains(attack.rule), "\(attack.bytes.scanned)")
    #expect(attack.bytes.verdict != .safe)
  }

  @Test func aPlainModelIsSafe() {
    for bytes in [
      Self.model(), Self.sparse(segments: [0, 1], indices: [3]),
      Self.texts([1, 0, 0, 0, 12, 0, 0, 0, 13, 0, 0, 0, 0x61]),
      Self.options(of: 3, kind: 1, [1: .u32(1), 2: .u32(1)]),
    ] { #expect(bytes.verdict == .safe, "\(bytes.scanned)") }
    let flex = Self.model(
      code: Self.custom("FlexRelu"),
      node: [
        0: .u32(0), 1: .numbers([0]), 2: .numbers([1]), 5: Self.flex("Relu", GraphBuilder.node("Relu").bytes),
      ])
    #expect(flex.verdict == .safe, "\(flex.scanned)")
  }

  @Test func anAssociatedFileIsScanned() throws {
    let plain = try Fixture.bytes("tensorflow/model.tflite").array()
    let bad = ZipBuilder.make([.init("labels.txt", ContainerTests.payload)]).array()
    #expect(Bytes(plain + bad).verdict == .unsafe)
    let good = ZipBuilder.make([.init("labels.txt", Bytes(utf8: "cat\n"))]).array()
    #expect(Bytes(plain + good).verdict == .safe, "\(Bytes(plain + good).scanned)")
  }

  @Test func damagedModelsAreReadWithoutACrash() throws {
    let whole = try Fixture.bytes("tensorflow/model.tflite")
    for length in 0..<whole.count { _ = whole.slice(0..<length).verdict }
    for index in 0..<whole.count { _ = whole.flipping(index, 0xFF).verdict }
    let small = Self.model()
    for length in 0..<small.count { _ = small.slice(0..<length).verdict }
    for index in 0..<small.count {
      for mask: UInt8 in [1, 4, 0x80, 0xFF] { _ = small.flipping(index, mask).verdict }
    }
  }
}
