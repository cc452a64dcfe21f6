// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// Something wrong that a user may do.
struct Mistake: CustomTestStringConvertible, Sendable {
  let testDescription: String
  /// A part of the reason that the user is given.
  let reason: String
  let arguments: @Sendable (Workplace) throws -> [String]
  var environment: [String: String] = [:]

  init(
    _ description: String, _ reason: String, environment: [String: String] = [:],
    _ arguments: @escaping @Sendable (Workplace) throws -> [String]
  ) {
    testDescription = description
    self.reason = reason
    self.environment = environment
    self.arguments = arguments
  }

  /// Digits, measured on data that are wrong.
  static func data(_ description: String, _ reason: String, _ make: @escaping @Sendable () -> [UInt8])
    -> Mistake
  {
    Mistake(description, reason) { place in
      ["protect", Example.digits, "--data", try place.write(make(), to: "wrong.npz")]
    }
  }

  static func policy(_ description: String, _ reason: String, _ text: String) -> Mistake {
    Mistake(description, reason) { place in
      ["protect", Example.digits, "--policy", try place.write(text, to: "wrong.yaml")]
    }
  }

  static let scans: [Mistake] = [
    Mistake("a file to scan that is not there", "expected a file or a folder at") {
      ["scan", $0("none.pt")]
    },
    Mistake("nothing to scan", "see `martlet scan --help`") { _ in ["scan"] },
    Mistake("a pack that there is not", "there is no pack skleran: there are") { _ in
      ["scan", Example.digits, "--allow", "skleran"]
    },
    Mistake("a policy for scans that is none", "unknown key `alow`") { place in
      ["scan", Example.digits, "--policy", try place.write("alow: []", to: "policy.yaml")]
    },
    Mistake("a baseline that is none", "is no baseline") { place in
      ["scan", Example.digits, "--baseline", try place.write("{}", to: "base.json")]
    },
    Mistake("a certificate without hashes", "need the hashes that --no-hash leaves out") { _ in
      ["scan", Example.digits, "--no-hash", "--certificate", "c.json"]
    },
    Mistake("an address without protection", "expected https://") { _ in ["scan", "http://example.org/a.pt"]
    },
    Mistake("a rule that there is not", "`martlet rules` lists them") { _ in ["explain", "MRT-XXX-001"] },
    Mistake("something to disassemble that is not there", "No such file") { ["disassemble", $0("none")] },
  ]

  static let models: [Mistake] = [
    Mistake("a model that is not there", "No such file or directory") { ["protect", $0("none.onnx")] },
    Mistake("a directory without files", "found a directory without any file") { place in
      try FileManager.default.createDirectory(atPath: place("empty"), withIntermediateDirectories: true)
      return ["protect", place("empty")]
    },
    Mistake("a model without bytes", "found no bytes in it") {
      ["protect", try $0.write([], to: "empty.onnx")]
    },
    Mistake("a device", "found a device, pipe or socket at /dev/zero") { _ in ["protect", "/dev/zero"] },
    Mistake("a name that cannot be a model's", "say another with --name") { _ in
      ["protect", Example.digits, "--name", "../digits"]
    },
    Mistake(
      "no ONNX Runtime",
      "expected ONNX Runtime, found none at /nope: run `make onnxruntime`, or set MARTLET_ONNXRUNTIME",
      environment: ["MARTLET_ONNXRUNTIME": "/nope"]
    ) { _ in ["protect", Example.digits, "--data", Example.digitsData] },
    Mistake(
      "something else as ONNX Runtime", "cannot use ONNX Runtime at /etc/passwd",
      environment: ["MARTLET_ONNXRUNTIME": "/etc/passwd"]
    ) { _ in ["protect", Example.digits, "--data", Example.digitsData] },
    Mistake(
      "a server without ONNX Runtime", "expected ONNX Runtime, found none at /nope",
      environment: ["MARTLET_ONNXRUNTIME": "/nope"]
    ) { _ in ["serve", "--port", "0"] },
  ]

  static let data: [Mistake] = [
    Mistake("data that are not there", "cannot read") {
      ["protect", Example.digits, "--data", $0("none.npz")]
    },
    .data("data that are no archive", "expected a zip archive") { Array("labels,pixels\n".utf8) },
    .data("data that are cut short", "wrong.npz") { Array(Npz.data().dropLast(400)) },
    .data("arrays of other names", "found images, labels") {
      Npz.make([("images", Npz.array([0], "<f4", [1, 1])), ("labels", Npz.array([0], "<i8", [1]))])
    },
    .data("pixels as whole numbers", "found <i8") { Npz.data(type: "<i8") },
    .data("labels as fractions", "expected y_test as whole numbers from 0, found <f4") {
      Npz.make([("x_test", Npz.array([0, 0], "<f4", [2, 1])), ("y_test", Npz.array([0, 0], "<f4", [2]))])
    },
    .data("labels above the last class", "expected labels from 0 to 9, found 10") { Npz.data([0, 10]) },
    .data("labels below the first class", "expected labels from 0 to 9, found -1") { Npz.data([-1, 3]) },
    .data("images of another shape", "expected the shape [batch, 1, 8, 8] for 'image', found [1, 64]") {
      Npz.data(shape: [64])
    },
    .data("more labels than images", "expected one row of x_test for each label of y_test") {
      Npz.make([("x_test", Npz.array([0, 0], "<f4", [2, 1])), ("y_test", Npz.array([0], "<i8", [1]))])
    },
    .data("no examples", "expected at least one example") { Npz.data([]) },
    .data("pixels that are no numbers", "found NaN or infinity") { Npz.data(value: .nan) },
  ]

  static let policies: [Mistake] = [
    Mistake("a policy that is not there", "cannot read the policy") {
      ["protect", Example.digits, "--policy", $0("none.yaml")]
    },
    .policy(
      "a policy that is no YAML", "the policy cannot be used: line 3, column 1: did not find expected",
      "name: x\nrelease: [open\n"),
    .policy("a policy with an unknown key", "unknown key `releases`", "name: x\nreleases: []\n"),
    .policy("a policy without rules", "a list of 1 to", "name: x\nrelease: []\n"),
    .policy("a rule that is none", "found `be good`", "name: x\nrelease:\n  - require: be good\n"),
  ]

  static let usage: [Mistake] = [
    Mistake("an unknown verb", "Unexpected argument 'protekt'; see `martlet --help`") { _ in ["protekt"] },
    Mistake("no model", "Missing expected argument '<model>'; see `martlet protect --help`") { _ in
      ["protect"]
    },
    Mistake("two models", "Unexpected argument 'b'") { _ in ["protect", "a", "b"] },
    Mistake("an unknown option", "Unknown option '--frobnicate'; see `martlet protect --help`") { _ in
      ["protect", Example.digits, "--frobnicate", "9"]
    },
    Mistake(
      "a format that is none",
      "'pdf' is invalid for '--format <format>'. Please provide one of 'text' and 'json'; see"
    ) { _ in
      ["protect", Example.digits, "--format", "pdf"]
    },
    Mistake("a radius above 1", "--radius must be from 0 to 1, found 1.5") { _ in
      ["protect", Example.digits, "--radius", "1.5"]
    },
    Mistake("a plan that there is not", "'many' is invalid for '--attack <attack>'") { _ in
      ["protect", Example.digits, "--attack", "many"]
    },
    Mistake("a port that is none", "--port must be from 0 to 65535, found 65536") { _ in
      ["serve", "--port", "65536"]
    },
    Mistake(
      "a role that is none",
      "'king' is invalid for '--role <role>'. Please provide one of the following: viewer, predictor"
    ) { _ in
      ["token", "create", "someone", "--role", "king"]
    },
    Mistake("a key that is not there", "there is no API key nobody") { _ in ["token", "revoke", "nobody"] },
    Mistake("a log that is not there", "expected a log in") { ["log", "verify", "--log", $0("nowhere")] },
    Mistake("a log's key that is not there", "there is no log's public key at") {
      ["log", "verify", "--key", $0("none.pub")]
    },
    Mistake(
      "a wait that is no number", "expected MARTLET_LOCK_WAIT as seconds",
      environment: ["MARTLET_LOCK_WAIT": "long"]
    ) { _ in ["protect", Example.digits] },
  ]
}

/// What cannot be done has one line that says why, exit status 2, and leaves the store as it was.
@Suite struct BadInputTests {
  let place = try! Workplace()

  @Test(arguments: Mistake.models + Mistake.data + Mistake.policies + Mistake.usage + Mistake.scans)
  func isExplainedAndChangesNothing(_ mistake: Mistake) async throws {
    try #require(try await place.martlet("token", "create", "someone", "--role", "viewer").status == 0)
    let before = try place.knowledge()
    let ended = try await place.martlet(mistake.arguments(place), environment: mistake.environment)
    #expect(ended.status == 2)
    #expect(ended.output == "")
    #expect(ended.complaints.count == 1, "\(ended.errors)")
    #expect(ended.errors.hasPrefix("martlet: "))
    #expect(ended.errors.contains(mistake.reason), "\(ended.errors)")
    #expect(try place.knowledge() == before)
    try await place.expectIntactLog()
  }

  /// A model that is cut short is never admitted, wherever the cut is. Where it can still be told that it was a model,
  /// that is what the user is told; its first few bytes could be anything.
  @Test(arguments: [1, 3, 4, 10, 11, 12, 100, 1_000, 4_000, 7_000, -30, -5, -4, -1])
  func aModelThatIsCutShortIsNotAdmitted(_ cut: Int) async throws {
    let whole = try Example.bytes(Example.network)
    let part = cut > 0 ? whole.prefix(cut) : whole.dropLast(-cut)
    let ended = try await place.martlet(
      "protect", place.write(part, to: "cut.onnx"), "--policy", place.lenientPolicy(), "--format", "json")
    let document = try ended.json()
    switch document["verdict"] as? String {
    case "incomplete":
      #expect(ended.status == 2)
      #expect(ended.complaints.count == 1)
      #expect(ended.errors.contains("could not be read whole"))
    case "unknown":
      #expect(part.count < 40)
      #expect(ended.status == 1)
    case let verdict: Issue.record("\(verdict ?? "no verdict")")
    }
    #expect((document["decision"] as? [String: Any])?["released"] as? Bool == false)
    #expect(try place.files(in: place.home + "/blobs").isEmpty)
    #expect(try await place.records().map { $0["outcome"] as? String } == ["refused"])
  }

  @Test(arguments: ["protect", "serve", "token"])
  func aStoreThatCannotBeMadeIsExplained(_ verb: String) async throws {
    let file = try place.write("", to: "a file")
    let arguments = [
      "protect": [Example.digits], "serve": ["--port", "0"], "token": ["create", "x", "--role", "viewer"],
    ]
    for home in ["/proc/nope", file, file + "/below"] {
      let ended = try await place.martlet([verb] + arguments[verb]!, environment: ["MARTLET_HOME": home])
      #expect(ended.status == 2)
      #expect(ended.output == "")
      #expect(ended.complaints.count == 1, "\(ended.errors)")
      #expect(ended.errors.contains(home == "/proc/nope" ? home : file))
    }
  }

  /// Something stands where the store wants to write: the other parts are unharmed, and it works when that is gone.
  @Test(arguments: ["blobs", "log", "martlet.db", "store.lock", "keys"])
  func somethingInTheWayIsNamed(_ name: String) async throws {
    try FileManager.default.createDirectory(
      atPath: place.home, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    let wrong = place.home + "/" + name
    if name == "martlet.db" || name == "store.lock" {
      try FileManager.default.createDirectory(atPath: wrong, withIntermediateDirectories: false)
    } else {
      try Data().write(to: URL(fileURLWithPath: wrong))
    }
    let ended = try await place.martlet("protect", Example.network)
    #expect(ended.status == 2)
    #expect(ended.output == "")
    #expect(ended.complaints.count == 1, "\(ended.errors)")
    #expect(ended.errors.contains(wrong), "\(ended.errors)")
    try FileManager.default.removeItem(atPath: wrong)
    #expect(try await place.martlet("protect", Example.network).status == 1)
    try await place.expectIntactLog()
  }

  @Test func aStoreThatOthersMayEnterIsRefused() async throws {
    try FileManager.default.createDirectory(
      atPath: place.home, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
    let ended = try await place.martlet("protect", Example.network)
    #expect(ended.status == 2)
    #expect(ended.errors.hasSuffix("run: chmod 700 '\(place.home)'\n"))
  }

  @Test func aKeyThatIsLostIsNotReplaced() async throws {
    try await place.release(Example.network, as: "n")
    for key in ["evidence.pem", "log.key", "sealing.age"] {
      let path = place.home + "/keys/" + key
      try FileManager.default.moveItem(atPath: path, toPath: place("kept"))
      let ended = try await place.martlet("protect", Example.network)
      #expect(ended.status == 2)
      #expect(ended.complaints.count == 1)
      #expect(ended.errors.contains("the key \(path) of this store is missing"))
      #expect(!FileManager.default.fileExists(atPath: path))
      try FileManager.default.moveItem(atPath: place("kept"), toPath: path)
    }
    try await place.release(Example.network, as: "n")
    try await place.expectIntactLog()
  }

  @Test func readingWhereNothingIsSaysSoAndMakesNothing() async throws {
    for arguments in [["token", "list"], ["log", "verify"], ["log", "show"]] {
      let ended = try await place.martlet(arguments)
      #expect(ended.status == 2)
      #expect(ended.complaints.count == 1)
    }
    #expect(!FileManager.default.fileExists(atPath: place.home))
  }
}
