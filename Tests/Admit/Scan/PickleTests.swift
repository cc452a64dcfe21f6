// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletScan
import Testing

/// One dangerous pickle, and what must come out.
struct PickleVector: CustomTestStringConvertible, Sendable {
  let name: String
  let bytes: Bytes
  let verdict: Verdict
  let rule: String
  var construct: String?

  var testDescription: String { name }

  init(_ name: String, _ verdict: Verdict, _ rule: String, _ construct: String? = nil, _ bytes: Bytes) {
    self.name = name
    self.bytes = bytes
    self.verdict = verdict
    self.rule = rule
    self.construct = construct
  }

  private static func make(_ version: UInt8?, _ parts: PickleBuilder.Part...) -> Bytes {
    var builder = PickleBuilder(protocol: version)
    for part in parts { part.write(&builder.bytes) }
    return Bytes(builder.bytes)
  }

  static let call = "os.system('id')"
  static let all: [PickleVector] = [
    .init("REDUCE 0", .unsafe, "MRT-PKL-001", call, PickleBuilder.system(0)),
    .init("REDUCE 1", .unsafe, "MRT-PKL-001", call, PickleBuilder.system(1)),
    .init("REDUCE 2", .unsafe, "MRT-PKL-001", call, PickleBuilder.system(2)),
    .init("REDUCE 3", .unsafe, "MRT-PKL-001", call, PickleBuilder.system(3)),
    .init("REDUCE 4", .unsafe, "MRT-PKL-001", call, PickleBuilder.system(4)),
    .init("REDUCE 5", .unsafe, "MRT-PKL-001", call, PickleBuilder.system(5)),
    .init("INST", .unsafe, "MRT-PKL-001", call, make(nil, "(S'id'\n", .inst("os", "system"), ".")),
    .init("OBJ", .unsafe, "MRT-PKL-001", call, make(nil, "(", .global("os", "system"), "S'id'\no.")),
    .init(
      "NEWOBJ", .unsafe, "MRT-PKL-001", "subprocess.Popen(['id'])",
      make(2, .global("subprocess", "Popen"), "(]S'id'\nat", .newObj, ".")),
    .init(
      "NEWOBJ_EX", .unsafe, "MRT-PKL-001", "subprocess.Popen('id', **{'shell': True})",
      make(
        4, .stackGlobal("subprocess", "Popen"), .text("id"), .tuple1, "}", .text("shell"), .raw([0x88]), "s",
        .newObjEx, ".")),
    .init(
      "a popped call", .unsafe, "MRT-PKL-001", call,
      make(2, .global("os", "system"), "(S'id'\ntR0N.")),
    .init(
      "a call under POP_MARK", .unsafe, "MRT-PKL-001", call,
      make(2, "(", .global("os", "system"), "(S'id'\ntR1N.")),
    .init(
      "a dangerous import alone", .unsafe, "MRT-PKL-002", "os.system", make(2, .global("os", "system"), ".")),
    .init(
      "memo: double PUT", .unsafe, "MRT-PKL-001", call,
      make(
        4, .text("posixpath"), "p0\n0", .text("os"), "p0\n0", "g0\n", .text("system"), .stackGlobalOpcode,
        .text("id"), .tuple1, "R.")),
    .init(
      "memo: DUP and GET", .unsafe, "MRT-PKL-001", call,
      make(
        4, .text("os"), "2", .memoize, "0", .text("system"), .stackGlobalOpcode, .text("id"), .tuple1, "R.")),
    .init(
      "memo: far index", .unsafe, "MRT-PKL-001", call,
      make(
        4, .text("os"), .raw([0x72, 0xFF, 0xFF, 0xFF, 0xFF]), "0", .raw([0x6A, 0xFF, 0xFF, 0xFF, 0xFF]),
        .text("system"), .stackGlobalOpcode, .text("id"), .tuple1, "R.")),
    .init(
      "names as SHORT_BINSTRING", .unsafe, "MRT-PKL-001", call,
      make(
        4, .raw([0x55, 2, 0x6F, 0x73]), .raw([0x55, 6]), "system", .stackGlobalOpcode, .text("id"), .tuple1,
        "R.")),
    .init(
      "names with escapes", .unsafe, "MRT-PKL-001", call,
      make(4, "V\\u006fs\n", "S'\\x73ystem'\n", .stackGlobalOpcode, .text("id"), .tuple1, "R.")),
    .init(
      "a Python 2 name", .unsafe, "MRT-PKL-001", "commands.getoutput('id')",
      make(0, .global("commands", "getoutput"), "(S'id'\ntR.")),
    .init(
      "a Python 2 builtin", .unsafe, "MRT-PKL-001", "eval('1')",
      make(0, .global("__builtin__", "eval"), "(S'1'\ntR.")),
    .init(
      "a submodule of a known module", .unsafe, "MRT-PKL-001", nil,
      make(0, .global("asyncio.unix_events", "_UnixSubprocessTransport"), "(tR.")),
    .init(
      "nested calls", .unsafe, "MRT-PKL-001", "__import__('os')",
      make(
        2, .global("builtins", "getattr"), "(", .global("builtins", "__import__"),
        "(S'os'\ntRS'system'\ntR(S'id'\ntR.")),
    .init(
      "a computed callee", .unsafe, "MRT-PKL-005",
      "getattr(__import__('os'), 'system')('id')",
      make(
        2, .global("builtins", "getattr"), "(", .global("builtins", "__import__"),
        "(S'os'\ntRS'system'\ntR(S'id'\ntR.")),
    .init(
      "a walk to another module", .unsafe, "MRT-PKL-003", "collections._sys.modules",
      make(4, .stackGlobal("collections", "_sys.modules"), ".")),
    .init(
      "a walk through a dunder", .unsafe, "MRT-PKL-003", nil,
      make(4, .stackGlobal("collections", "namedtuple.__builtins__"), ".")),
    .init(
      "BUILD on a class", .unsafe, "MRT-PKL-006", nil,
      make(2, .global("collections", "OrderedDict"), "}S'__setstate__'\n", .global("numpy", "dtype"), "sb.")),
    .init(
      "SETITEM on a global", .unsafe, "MRT-PKL-006", nil,
      make(2, .global("numpy", "float64"), "S'a'\nNs.")),
    .init(
      "BUILD with a slot state", .unknown, "MRT-PKL-007", nil,
      make(2, .global("collections", "OrderedDict"), ")RN}", .tuple2, "b.")),
    .init(
      "a third-party class", .unknown, "MRT-PKL-004", "some.library.Model(1)",
      make(2, .global("some.library", "Model"), "(I1\ntR.")),
    .init(
      "an unlisted numpy function", .unknown, "MRT-PKL-004", nil,
      make(2, .global("numpy", "ones"), "(I9\ntR.")),
    .init(
      "a vetted function with a huge shape", .unknown, "MRT-PKL-005", nil,
      make(
        2, .global("numpy.core.multiarray", "_reconstruct"), "(", .global("numpy", "ndarray"),
        "(I99999999\ntS'b'\ntR.")),
    .init(
      "an unlisted call of a command", .unsafe, "MRT-PKL-016", "some.library.make('sh -c id')",
      make(2, .global("some.library", "make"), "(S'sh -c id'\ntR.")),
    .init(
      "bytes of a size", .unknown, "MRT-PKL-005", nil,
      make(2, .global("builtins", "bytes"), "(I99999999\ntR.")),
    .init(
      "another codec", .unknown, "MRT-PKL-005", nil,
      make(2, .global("_codecs", "encode"), "(S'x'\nS'zlib'\ntR.")),
    .init("EXT1", .unknown, "MRT-PKL-009", nil, make(2, .raw([0x82, 1]), ".")),
    .init("PERSID", .unknown, "MRT-PKL-010", nil, make(0, "Pkey\n.")),
    .init("BINPERSID", .unknown, "MRT-PKL-010", nil, make(2, "(S'storage'\ntQ.")),
    .init("NEXT_BUFFER", .unknown, "MRT-PKL-015", nil, make(5, .raw([0x97]), ".")),
    .init(
      "a name from a call", .unknown, "MRT-PKL-008", nil,
      make(4, .stackGlobal("some", "name"), ")R", .text("system"), .stackGlobalOpcode, ".")),
    .init(
      "a homoglyph", .unsafe, "MRT-PKL-017", nil, make(4, .stackGlobal("cоllections", "OrderedDict"), ")R.")),
    .init(
      "a NUL in a vetted name", .unsafe, "MRT-PKL-017", nil,
      make(4, .stackGlobal("collections\0", "OrderedDict"), ")R.")),
    .init("no STOP", .incomplete, "MRT-PKL-011", nil, make(2, "N")),
    .init("an empty memo", .incomplete, "MRT-PKL-011", nil, make(2, "g7\n.")),
    .init("a POP under the mark", .incomplete, "MRT-PKL-011", nil, make(2, "N(", .tuple1, ".")),
    .init("protocol 6", .unknown, "MRT-FIL-001", nil, Bytes([0x80, 6, 0x4E, 0x2E])),
    .init(
      "a frame beyond the file", .incomplete, "MRT-PKL-011", nil,
      make(4, .raw([0x95, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0]), "N.")),
    .init("bytes behind", .unknown, "MRT-PKL-013", nil, make(2, "N.", .raw([0, 1, 2]))),
    .init(
      "a second stream", .unsafe, "MRT-PKL-001", call,
      Bytes([0x80, 2, 0x4E, 0x2E] + PickleBuilder.system().array())),
    .init(
      "a second stream behind padding", .unsafe, "MRT-PKL-001", call,
      Bytes([0x80, 2, 0x4E, 0x2E] + [UInt8](repeating: 0, count: 64) + PickleBuilder.system().array())),
    .init(
      "a pickle in bytes", .unsafe, "MRT-PKL-001", call, make(3, .binary(PickleBuilder.system().array()), ".")
    ),
    // Protocol 0 names the memo of the stream before when one unpickler loads both.
    .init(
      "the memo of the stream before", .unsafe, "MRT-PKL-001", call,
      make(
        4, .text("os"), .memoize, .text("system"), .memoize, ".",
        .raw([0x80, 4]), .text("collections"), .memoize, .text("OrderedDict"), .memoize,
        .raw([0x68, 0, 0x68, 1, 0x93]),
        .text("id"), .tuple1, "R.")),
    .init("desync: hexadecimal INT", .unknown, "MRT-PKL-014", nil, make(0, "I0x10\n.")),
    .init("desync: octal LONG", .unknown, "MRT-PKL-014", nil, make(0, "L0o10L\n.")),
    .init("desync: INT with a NUL", .unknown, "MRT-PKL-014", nil, make(0, "I1\0x\n.")),
    .init(
      "desync: GET with a NUL", .unsafe, "MRT-PKL-001", call,
      make(
        4, .text("os"), "p1\n0", "g1\0 not what it seems\n", .text("system"), .stackGlobalOpcode, .text("id"),
        .tuple1, "R.")),
    .init(
      "desync: a payload in a comment to others", .unsafe, "MRT-PKL-001", call,
      make(0, "I1\0'''\n0", .global("os", "system"), "(S'id'\ntR.")),
  ]
}

@Suite struct PickleTests {
  @Test(arguments: PickleVector.all) func isJudged(_ vector: PickleVector) {
    let report = vector.bytes.scanned
    let findings = report.artifacts[0].findings
    #expect(report.verdict == vector.verdict, "\(findings)")
    #expect(findings.contains { $0.rule == vector.rule }, "\(findings)")
    if let construct = vector.construct {
      #expect(findings.contains { $0.construct == construct }, "\(findings.map(\.construct))")
    }
  }

  @Test func aLongOrdinaryPickleRunsInBoundedMemory() {
    // Containers beyond the cells: what is forgotten costs nothing but an explanation.
    var bytes: [UInt8] = [0x80, 4, 0x5D]
    for _ in 0..<300_000 { bytes += [0x4E, 0x4E, 0x4E, 0x87, 0x94, 0x61] }
    bytes.append(0x2E)
    #expect(Bytes(bytes).verdict == .safe)
  }

  @Test func aThousandCallsAreOneFinding() {
    var builder = PickleBuilder(protocol: 2)
    for _ in 0..<1000 { PickleBuilder.Part.global("os", "system").write(&builder.bytes) }
    builder.bytes.append(0x2E)
    #expect(Bytes(builder.bytes).rules == ["MRT-PKL-002"])
  }
}
