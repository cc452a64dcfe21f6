// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletEvidence
import MartletFiles
import MartletFindings
import MartletLifecycle
import MartletScan

struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Say whether model files are harmless, and prove it.",
    discussion: """
      Reads files, folders, patterns, standard input (-) and https://, hf:// and s3:// addresses. Nothing is ever loaded or \
      executed. What a file is, its bytes decide.

        safe        everything was read, and only constructs that are known to be harmless are in it
        unknown     not proved harmless; the construct is named, and what --allow takes to accept it
        incomplete  it could not be read whole
        unsafe      it does or can do harm when it is loaded

      Exit status: 0 everything is safe or accepted; 1 something is not; 2 it could not be done.

      EXAMPLES
        martlet scan model.pt
        martlet scan models/ --format sarif > scan.sarif
        martlet scan model.pkl --allow lightning --allow 'my_package.models.*'
        martlet scan hf://org/model
        martlet scan model.safetensors --certificate model.certificate.json
        martlet scan model.safetensors --check-certificate model.certificate.json
        martlet scan models/ --write-baseline scan.baseline.json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, sarif, html }

  @Argument(
    help: ArgumentHelp("Files, folders, patterns, - for standard input, or addresses.", valueName: "path"))
  var paths: [String]

  @Option(help: "text, json, sarif or html.")
  var format: Format = .text

  @Option(
    name: .customLong("allow"),
    help: ArgumentHelp(
      "A pack (see `martlet rules --packs`) or a construct to accept; * at the end for any rest.",
      valueName: "pack|pattern"))
  var allowed: [String] = []

  @Option(
    help: ArgumentHelp("A policy for scans: what to allow, severities, ignored paths.", valueName: "file"),
    completion: .file())
  var policy: String?

  @Option(
    help: ArgumentHelp("Accept the files of a baseline as they are.", valueName: "file"), completion: .file())
  var baseline: String?

  @Option(
    help: ArgumentHelp("Write a baseline that accepts everything found now.", valueName: "file"),
    completion: .file())
  var writeBaseline: String?

  @Option(
    help: ArgumentHelp("Write the proof that the files are safe.", valueName: "file"), completion: .file())
  var certificate: String?

  @Option(
    help: ArgumentHelp("Check that a certificate still holds for the files.", valueName: "file"),
    completion: .file())
  var checkCertificate: String?

  @Option(help: ArgumentHelp("Files that are looked at at once (default: the cores).", valueName: "n"))
  var jobs: Int?

  @Flag(
    name: .customLong("no-hash"),
    help: "Leave the SHA-256 of the files out: then only what a loader acts on is read.")
  var noHash = false

  @Flag(name: .customLong("no-cache"), help: "Look at every file, also those seen before.")
  var noCache = false

  @Flag(name: .customLong("private-network"), help: "Also fetch from addresses in private networks.")
  var privateNetwork = false

  @Flag(help: "List every safe file and the constructs that are covered.")
  var verbose = false

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs must be 1 to 1024") }
    if noHash, certificate ?? checkCertificate ?? baseline ?? writeBaseline != nil {
      throw ValidationError("certificates and baselines need the hashes that --no-hash leaves out")
    }
    if checkCertificate != nil, !allowed.isEmpty {
      throw ValidationError("--check-certificate allows what the certificate says; leave --allow out")
    }
  }

  func run() async throws {
    let policy = try self.policy.map {
      try Self.read($0, as: "policy") { try ScanPolicy(yaml: String(decoding: $0, as: UTF8.self)) }
    }
    let known = try checkCertificate.map {
      try Self.read($0, as: "certificate") { try Self.decoder.decode(Certificate.self, from: $0) }
    }
    let allowance = try known?.allowance ?? Self.allowance(allowed + (policy?.allow ?? []))
    let started = ContinuousClock.now
    var report = try await ScanInputs(paths).scan(
      MartletScan.Scanner(allowing: allowance), options(allowance), allowsPrivate: privateNetwork)
    let took = ContinuousClock.now - started
    Terminal.clearProgress()
    if let policy {
      report = policy.apply(to: report, on: Date())
      for entry in policy.expired(on: Date()) {
        Terminal.complain("martlet: the policy's \(entry) and is not any more")
      }
    }
    if let baseline {
      report = try Self.read(baseline, as: "baseline") { try JSONDecoder().decode(Baseline.self, from: $0) }
        .apply(to: report)
    }
    try show(report, took)
    try writeProofs(report, allowance)
    if let known {
      let objections = known.objections(to: report)
      for objection in objections { Terminal.complain("martlet: \(objection)") }
      if !objections.isEmpty { throw Exit.refused }
      if format == .text {
        Terminal.say("\(Terminal.paint("holds", .green))  the certificate holds for what was scanned")
      }
    }
    if writeBaseline == nil, report.verdict != .safe { throw Exit.refused }
  }

  private static func allowance(_ names: [String]) throws -> Allowance {
    let packs = AllowPacks.all.map(\.name)
    for name in names where !packs.contains(name) && !name.contains(where: { ".:*".contains($0) }) {
      throw Unusable(
        description:
          "there is no pack \(name): there are \(packs.joined(separator: ", ")); a construct is written as module.name"
      )
    }
    return Allowance(allowing: names)
  }

  private func options(_ allowance: Allowance) -> ScanOptions {
    var options = ScanOptions()
    options.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    options.hashes = !noHash
    options.constructs = verbose || certificate != nil || checkCertificate != nil
    if !noCache, !noHash { options.cache = try? VerdictFiles(in: Self.cacheDirectory, allowing: allowance) }
    options.progress = ScanMeter().closure
    return options
  }

  private func show(_ report: ScanReport, _ took: Duration) throws {
    switch format {
    case .text: ScanListing(report, verbose: verbose).show(took)
    case .json: try Terminal.document(report)
    case .sarif: try Terminal.document(SARIFLog(report, toolVersion: MartletVersion.text))
    case .html:
      let date = Date().formatted(date: .long, time: .shortened)
      Terminal.raw(HTMLPage.render(report, toolVersion: MartletVersion.text, date: date))
    }
  }

  private func writeProofs(_ report: ScanReport, _ allowance: Allowance) throws {
    if let certificate {
      guard let proof = Certificate(report, allowing: allowance, at: Date()) else {
        Terminal.complain("martlet: no certificate was written: only what is safe gets one")
        throw Exit.refused
      }
      try Self.write(proof, to: certificate)
    }
    if let writeBaseline { try Self.write(Baseline(accepting: report), to: writeBaseline) }
  }

  private static func write(_ value: some Encodable, to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    let text = Array(try encoder.encode(value)) + [0x0A]
    try DurableFile.replace(path, with: text.span)
  }

  private static let decoder: JSONDecoder = {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return decoder
  }()

  private static func read<Value>(_ path: String, as kind: String, _ parse: (Data) throws -> Value) throws
    -> Value
  {
    guard let text = try WholeFile.read(path, atMost: 64 << 20) else {
      throw Unusable(description: "expected a \(kind) at \(path), found nothing")
    }
    do { return try parse(Data(text)) } catch let error as DecodingError {
      throw Unusable(description: "\(path) is no \(kind): \(Self.reason(error))")
    } catch { throw Unusable(description: "\(path): \(error)") }
  }

  private static func reason(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, _): "`\(key.stringValue)` is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "it is no JSON of the kind"
        : "`\(context.codingPath.map(\.stringValue).joined(separator: "."))` is not as expected"
    @unknown default: "it cannot be read"
    }
  }

  private static var cacheDirectory: String {
    let environment = ProcessInfo.processInfo.environment
    let base =
      environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory() + "/.cache"
    return base + "/martlet/scan"
  }
}
