// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// Sealing and opening as a user does, with stock age beside.
@Suite struct SealTests {
  let place: Workplace
  init() throws { place = try Workplace() }

  /// Makes an identity file, and gives its recipient.
  private func identity(_ name: String, _ options: String...) async throws -> String {
    let made = try await place.martlet(["keygen", "sealing", "-o", name] + options)
    try #require(made.status == 0, "\(made.errors)")
    return try #require(made.lines.first)
  }

  private func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: place(name)))
  }

  private func names() throws -> Set<String> {
    try Set(FileManager.default.contentsOfDirectory(atPath: place.path)).subtracting([".printed"])
  }

  /// Bytes that repeat with no period of a chunk.
  private static func weights(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
  }

  @Test func aFileComesBack() async throws {
    let anna = try await identity("anna.key")
    #expect(anna.hasPrefix("age1"))
    try place.write(Self.weights(200_000), to: "model.bin")
    let sealed = try await place.martlet("seal", "model.bin", "-r", anna)
    #expect(sealed.status == 0)
    #expect(sealed.output == "sealed  model.bin.age  for 1 recipient, 204160 bytes\n")
    let opened = try await place.martlet("open", "model.bin.age", "-i", "anna.key", "-o", "back.bin")
    #expect(opened.status == 0 && opened.output.isEmpty && opened.errors.isEmpty)
    #expect(try bytes("back.bin") == bytes("model.bin"))
    let mode = try FileManager.default.attributesOfItem(atPath: place("back.bin"))[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func ageAndMartletReadEachOthersFilesAndKeys() async throws {
    let anna = try await identity("anna.key")
    try place.write(Self.weights(70_000), to: "model.bin")
    for armor in [[], ["--armor"]] {
      _ = try await place.martlet(["seal", "model.bin", "-r", anna, "-o", "ours.age", "--force"] + armor)
      let theirs = try await place.run(
        "/usr/bin/age", ["-d", "-i", place("anna.key"), "-o", place("theirs.bin"), place("ours.age")])
      #expect(theirs.status == 0, "\(theirs.errors)")
      #expect(try bytes("theirs.bin") == bytes("model.bin"))
    }
    _ = try await place.run("/usr/bin/age-keygen", ["-o", place("their.key")])
    let recipient = try await place.martlet("keygen", "sealing", "--recipient-of", "their.key")
    for armor in [[], ["-a"]] {
      _ = try await place.run(
        "/usr/bin/age",
        armor + ["-r", recipient.lines[0], "-r", anna, "-o", place("theirs.age"), place("model.bin")])
      for key in ["their.key", "anna.key"] {
        let opened = try await place.martlet("open", "theirs.age", "-i", key, "-o", "ours.bin", "--force")
        #expect(opened.status == 0, "\(opened.errors)")
        #expect(try bytes("ours.bin") == bytes("model.bin"))
      }
    }
  }

  @Test func aPassphraseSealsAFileAndAnIdentity() async throws {
    try place.write("open sesame\n", to: "secret")
    chmod(place("secret"), 0o600)
    try place.write("weights", to: "f")
    let sealed = try await place.martlet(
      "seal", "f", "-p", "--passphrase-file", "secret", "-a", "-o", "f.age")
    #expect(sealed.output.hasPrefix("sealed  f.age  with a passphrase, "))
    #expect(
      String(decoding: try bytes("f.age"), as: UTF8.self).hasPrefix("-----BEGIN AGE ENCRYPTED FILE-----\n"))
    let opened = try await place.martlet("open", "f.age", "--passphrase-file", "secret", "-o", "-")
    #expect(opened.output == "weights")
    try place.write("open sesam\n", to: "secret")
    let wrong = try await place.martlet("open", "f.age", "--passphrase-file", "secret", "-o", "-")
    #expect(wrong.status == 2 && wrong.output.isEmpty)
    #expect(
      wrong.complaints == [
        "martlet: the passphrase does not open this file: it is another one, or the header was changed"
      ])

    let ben = try await identity("ben.key", "--passphrase", "--passphrase-file", "secret")
    #expect(!String(decoding: try bytes("ben.key"), as: UTF8.self).contains("AGE-SECRET-KEY"))
    _ = try await place.martlet("seal", "f", "-r", ben, "-o", "g.age")
    let with = try await place.martlet(
      "open", "g.age", "-i", "ben.key", "--passphrase-file", "secret", "-o", "-")
    #expect(with.output == "weights")
  }

  @Test func partsAreOpenedAlone() async throws {
    let anna = try await identity("anna.key")
    let header =
      #"{"a":{"dtype":"U8","shape":[100000],"data_offsets":[0,100000]},"b":{"dtype":"F32","shape":[2],"data_offsets":[100000,100008]}}"#
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
    let weights = Self.weights(100_008)
    try place.write(length + Array(header.utf8) + weights, to: "m.safetensors")
    _ = try await place.martlet("seal", "m.safetensors", "-r", anna)
    for (options, expected) in [
      (["--tensor", "b"], Array(weights[100_000...])), (["--tensor", "a"], Array(weights[..<100_000])),
      (["--range", "8..<20"], Array(header.utf8.prefix(12))),
      (["--range", "100000..<"], Array((length + Array(header.utf8) + weights)[100_000...])),
      (["--range", "0..<0"], []),
    ] {
      let opened = try await place.martlet(
        ["open", "m.safetensors.age", "-i", "anna.key", "-o", "part", "--force"] + options)
      #expect(opened.status == 0, "\(opened.errors)")
      #expect(try Array(bytes("part")) == expected, "\(options)")
    }
    let missing = try await place.martlet(
      "open", "m.safetensors.age", "-i", "anna.key", "-o", "x", "--tensor", "c")
    #expect(missing.status == 2)
    #expect(missing.complaints == ["martlet: there is no tensor c; there are a, b"])
    let beyond = try await place.martlet(
      "open", "m.safetensors.age", "-i", "anna.key", "-o", "x", "--range", "0..<900000")
    #expect(beyond.status == 2 && beyond.errors.contains("found 0..<900000"))
    #expect(try !names().contains("x"))
  }

  @Test func aDirectoryComesBackAndOneFileOfItAlone() async throws {
    let anna = try await identity("anna.key")
    try FileManager.default.createDirectory(atPath: place("model/deep"), withIntermediateDirectories: true)
    try place.write("{}", to: "model/config.json")
    try place.write(Self.weights(70_000), to: "model/deep/weights")
    let sealed = try await place.martlet("seal", "model", "-r", anna, "--format", "json").json()
    #expect(sealed["plaintextBytes"] as? Int == 70_002)
    #expect(try place.files(in: place("model.age")).keys.allSatisfy { !$0.contains("config") })
    let member = try await place.martlet(
      "open", "model.age", "-i", "anna.key", "--member", "config.json", "-o", "-")
    #expect(member.output == "{}")
    _ = try await place.martlet("open", "model.age", "-i", "anna.key", "-o", "back")
    #expect(try place.files(in: place("back")) == place.files(in: place("model")))
    let inspected = try await place.martlet("inspect", "model.age", "-i", "anna.key", "--format", "json")
      .json()
    let members = try #require(inspected["members"] as? [[String: Any]])
    #expect(members.map { $0["name"] as? String } == ["config.json", "deep/weights"])
    #expect(inspected["verified"] as? Bool == true)
  }

  @Test func recipientsChange() async throws {
    let anna = try await identity("anna.key")
    let eve = try await identity("eve.key")
    try place.write("weights", to: "f")
    _ = try await place.martlet("seal", "f", "-r", anna, "-r", eve)
    let changed = try await place.martlet("rewrap", "f.age", "-i", "anna.key", "--remove", eve)
    #expect(changed.status == 0 && changed.output == "rewrapped  f.age\n")
    let refused = try await place.martlet("open", "f.age", "-i", "eve.key", "-o", "x")
    #expect(refused.status == 2)
    #expect(
      refused.complaints == [
        "martlet: expected a file sealed for \(eve), found recipients of kind X25519, none of them this one: use the identity of one of its recipients"
      ])
    let asked = try await place.martlet(
      "inspect", "f.age", "-i", "anna.key", "-r", anna, "-r", eve, "--format", "json"
    ).json()
    #expect(asked["isRecipient"] as? [String: Bool] == [anna: true, eve: false])
    let again = try await place.martlet("rewrap", "f.age", "-i", "anna.key", "--remove", eve)
    #expect(again.status == 2)
  }

  /// What is not as it was sealed is a finding, and nothing of it is left.
  @Test func damageIsAFindingAndLeavesNothing() async throws {
    let anna = try await identity("anna.key")
    try place.write(Self.weights(2_000_000), to: "f")
    _ = try await place.martlet("seal", "f", "-r", anna)
    let before = try names()
    let whole = try bytes("f.age")
    var changed = whole
    changed[4096 + 65_552 * 20 + 5] ^= 1
    for (damaged, reason) in [
      (changed, "chunk 20 of 31 is not what was sealed"), (whole.dropLast(70_000), "is not what was sealed"),
      (whole.prefix(4096 + 65_552 * 3), "expected more chunks after chunk 2"),
      (whole + [0], "is not what was sealed"),
      (whole.prefix(100), "the file is cut short"),
    ] {
      try place.write(damaged, to: "f.age")
      let opened = try await place.martlet("open", "f.age", "-i", "anna.key", "-o", "x")
      #expect(opened.status == 1 && opened.output.isEmpty)
      #expect(opened.complaints.count == 1 && opened.errors.contains(reason), "\(opened.errors)")
      let inspected = try await place.martlet("inspect", "f.age", "-i", "anna.key")
      #expect(inspected.status == 1)
      #expect(try names() == before)
    }
  }

  @Test func refusesWithAReason() async throws {
    let anna = try await identity("anna.key")
    try place.write("weights", to: "f")
    try place.write("weights", to: "there")
    _ = try await place.martlet("seal", "f", "-r", anna)
    let before = try place.files(in: place.path).filter { !$0.key.hasPrefix(".printed") }
    chmod(place("f"), 0o600)
    for (arguments, reason) in [
      (["seal", "f"], "who may open it?"), (["seal", "f", "-r", anna, "-p"], "a passphrase stands alone"),
      (["seal", "f", "-r", "age1"], "expected a recipient (age1…)"),
      (["seal", "f", "-r", anna], "f.age is there already"),
      (["seal", "none", "-r", anna], "there is no file none"),
      (["seal", "f", "-r", anna, "-o", "no/where"], "there is no directory no"),
      (["seal", "f", "-R", "f", "-o", "x"], "f, line 1: expected a recipient"),
      (["seal", "f", "-R", "none", "-o", "x"], "there is no recipients file none"),
      (["seal", "f", "-p", "-o", "x"], "use --passphrase-file"),
      (["open", "f.age", "-o", "x"], "name the identity of one of them with --identity"),
      (["open", "f.age", "-i", "none", "-o", "x"], "there is no identity file none"),
      (["open", "f.age", "-i", "f", "-o", "x"], "f: expected an identity"),
      (["open", "f", "-i", "anna.key", "-o", "x"], "this file is not sealed"),
      (["open", "f.age", "-i", "anna.key", "-o", "there"], "there is there already"),
      (["open", "f.age", "-i", "anna.key", "-o", "x", "--range", "5..<2"], "--range takes bytes"),
      (
        ["open", "f.age", "-i", "anna.key", "-o", "x", "--member", "m"], "--member is for sealed directories"
      ),
      (
        ["open", "f.age", "-i", "anna.key", "-o", "x", "--tensor", "t"], "expected a sealed safetensors file"
      ),
      (["rewrap", "f.age", "-i", "anna.key"], "what should change?"),
      (["rewrap", "f.age", "-i", "anna.key", "--remove", anna], "expected at least one recipient"),
      (["keygen", "sealing", "-o", "anna.key"], "anna.key is there already"),
      (["inspect", "f.age", "-r", anna], "--recipient needs an --identity"),
    ] {
      let refused = try await place.martlet(arguments)
      #expect(refused.status == 2, "\(arguments)")
      #expect(
        refused.complaints.count == 1 && refused.errors.contains(reason), "\(arguments): \(refused.errors)")
      #expect(refused.output.isEmpty)
    }
    #expect(try place.files(in: place.path).filter { !$0.key.hasPrefix(".printed") } == before)
    chmod(place("anna.key"), 0o640)
    let open = try await place.martlet("open", "f.age", "-i", "anna.key", "-o", "x")
    #expect(open.status == 2)
    #expect(open.errors.contains("found mode 0640; run: chmod 600 'anna.key'"))
  }

  /// Told to end at any time, it leaves the whole output or nothing.
  @Test(arguments: [SIGINT, SIGTERM]) func anInterruptedCommandTakesItsFilesWithIt(signal: Int32) async throws
  {
    let anna = try await identity("anna.key")
    try place.write(Self.weights(4 << 20), to: "f")
    let before = try names()
    var interrupted = 0
    for milliseconds in stride(from: 10, to: 400, by: 30) {
      let running = try place.start(["seal", "f", "-r", anna, "-o", "g.age", "--armor", "--force"])
      _ = try await running.work(atMost: .milliseconds(milliseconds))
      running.signal(signal)
      let ended = try await running.end()
      if ended.status == 128 + signal {
        interrupted += 1
      } else {
        #expect(ended.status == 0, "\(ended.errors)")
      }
      #expect(try names().subtracting(["g.age"]) == before)
    }
    #expect(interrupted > 0)
  }

  @Test(arguments: ["keygen sealing", "seal", "open", "rewrap", "inspect"])
  func helpHasExamples(command: String) async throws {
    let help = try await place.martlet(command.split(separator: " ").map(String.init) + ["--help"])
    #expect(help.status == 0)
    #expect(help.output.contains("EXAMPLES\n") && help.output.contains("martlet \(command)"))
  }
}
