// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
package import MartletScan

/// Scans what `https://`, `hf://` and `s3://` addresses name, and fetches no more of it than decides the verdict.
///
///     let remote = RemoteScan(Scanner(), options: .init(), allowsPrivate: false, environment: environment)
///     let artifacts = try await remote.scan("hf://org/model")
package struct RemoteScan: Sendable {
  private let scanner: MartletScan.Scanner
  private let options: ScanOptions
  private let rules: AddressRules
  private let environment: [String: String]

  /// - Parameters:
  ///   - allowsPrivate: addresses in private networks may be fetched from, and over HTTP.
  ///   - environment: where endpoints and credentials are named.
  package init(
    _ scanner: MartletScan.Scanner, options: ScanOptions, allowsPrivate: Bool, environment: [String: String]
  ) {
    self.scanner = scanner
    self.options = options
    rules = AddressRules(allowsPrivate: allowsPrivate)
    self.environment = environment
  }

  package func scan(_ address: String) async throws(RemoteError) -> [ScanReport.Artifact] {
    switch address.prefix(while: { $0 != ":" }).lowercased() {
    case "https", "http": return [try await scan(address, as: address, with: fetcher { _, _ in [] })]
    case "s3":
      let object = try S3Object(address, environment)
      return [try await scan(object.url, as: address, with: fetcher(object.credentials))]
    case "hf":
      let hub = try HubAddress(address, environment)
      return try await scanHub(hub.pinned(with: fetcher(hub.credentials)))
    default: throw .badAddress(address, reason: "expected https://, hf:// or s3://")
    }
  }

  private func fetcher(_ credentials: @escaping @Sendable (URL, Fetcher.Fields) -> Fetcher.Fields) -> Fetcher
  {
    Fetcher(
      rules: rules, authorities: environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 },
      credentials: credentials)
  }

  private func scan(
    _ url: String, as shown: String, with fetcher: Fetcher
  ) async throws(RemoteError) -> ScanReport.Artifact {
    let path = String(shown.prefix { $0 != "?" && $0 != "#" })
    return try await scan(url, name: path, as: path, siblings: [:], with: fetcher).artifact
  }

  /// - Parameter isNumbers: another file says that its numbers lie here. When the front and the end look like nothing else,
  ///   the rest is not fetched.
  private func scan(
    _ url: String, name: String, as path: String, siblings: [String: Int], isNumbers: Bool = false,
    with fetcher: Fetcher
  ) async throws(RemoteError) -> (artifact: ScanReport.Artifact, dataFiles: Set<String>) {
    let file = try await RemoteFile.read(url, edgesOnly: isNumbers, with: fetcher)
    var found = scanner.scan(
      file.bytes, name: name, path: path, siblings: siblings, holes: file.holes, options: options)
    if isNumbers, !file.holes.isEmpty, found.artifact.format != "unknown" {
      return try await scan(url, name: name, as: path, siblings: siblings, with: fetcher)
    }
    found.artifact.fetched = file.fetched
    found.artifact.size = file.size
    return found
  }

  /// Every file of a model. Small ones come first: they name the large ones that hold nothing but numbers.
  private func scanHub(_ hub: HubAddress) async throws(RemoteError) -> [ScanReport.Artifact] {
    let fetcher = fetcher(hub.credentials)
    if let path = hub.path {
      return [try await scan(hub.url(of: path), as: hub.shown(path), with: fetcher)]
    }
    let sizes = try await hub.list(with: fetcher)
    var artifacts: [ScanReport.Artifact] = []
    var dataFiles: Set<String> = []
    for name in sizes.keys.sorted(by: { (sizes[$0]!, $0) < (sizes[$1]!, $1) }) {
      do {
        let found = try await scan(
          hub.url(of: name), name: name, as: hub.shown(name), siblings: sizes,
          isNumbers: dataFiles.contains(name), with: fetcher)
        artifacts.append(found.artifact)
        dataFiles.formUnion(found.dataFiles)
      } catch {
        // The other files are worth a look, and this one is not safe.
        artifacts.append(scanner.unreadable(hub.shown(name), reason: "\(error)"))
      }
    }
    return scanner.settled(artifacts, dataFiles: Set(dataFiles.map(hub.shown))).sorted { $0.path < $1.path }
  }
}
