// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import ArgumentParser
import Foundation
import MartletBytes
import MartletEvidence
import MartletRemote
import MartletScan

/// What the command line named: paths, patterns, standard input, addresses.
struct ScanInputs {
  private var paths: [String] = []
  private var readsInput = false
  private var addresses: [String] = []

  init(_ arguments: [String]) throws {
    for argument in arguments {
      if argument == "-" {
        guard !readsInput else { throw ValidationError("- stands twice: standard input can be read once") }
        readsInput = true
      } else if argument.contains("://") {
        addresses.append(argument)
      } else if unsafe access(argument, F_OK) != 0, argument.contains(where: { "*?[".contains($0) }) {
        let found = Self.matches(argument)
        guard !found.isEmpty else { throw Unusable(description: "nothing matches the pattern \(argument)") }
        paths += found
      } else {
        paths.append(argument)
      }
    }
  }

  /// - Parameter allowsPrivate: addresses may lead into private networks.
  func scan(
    _ scanner: MartletScan.Scanner, _ options: ScanOptions, allowsPrivate: Bool
  ) async throws -> ScanReport {
    var artifacts: [ScanReport.Artifact] = []
    if !paths.isEmpty { artifacts += try scanner.scan(paths: paths, options: options).artifacts }
    if readsInput { artifacts += [scanner.scan(try StandardInput.read(), name: "-", options: options)] }
    let remote = RemoteScan(
      scanner, options: options, allowsPrivate: allowsPrivate,
      environment: ProcessInfo.processInfo.environment)
    for address in addresses { artifacts += try await remote.scan(address) }
    return ScanReport(artifacts: artifacts)
  }

  private static func matches(_ pattern: String) -> [String] {
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    guard unsafe glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(unsafe found.gl_pathc)).compactMap { index in
      unsafe found.gl_pathv[index].map { unsafe String(cString: $0) }
    }
  }
}

/// Everything on standard input, which may be larger than memory.
enum StandardInput {
  static func read() throws -> Bytes {
    let spool = BytesSpool()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let got = unsafe Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else {
        throw Unusable(description: "cannot read standard input: \(unsafe String(cString: strerror(errno)))")
      }
      if got == 0 { return try spool.finish() }
      try unsafe buffer.withUnsafeBytes { raw in
        try unsafe spool.append(UnsafeRawBufferPointer(rebasing: raw[..<got]))
      }
    }
  }
}
