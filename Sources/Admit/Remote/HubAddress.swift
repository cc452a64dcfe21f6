// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes

/// A model on the Hugging Face hub, or one file of it: `hf://org/model[@revision][/path]`.
struct HubAddress: Sendable {
  let model: String
  private(set) var revision: String
  let path: String?
  private let endpoint: String
  private let token: String?

  init(_ address: String, _ environment: [String: String]) throws(RemoteError) {
    let parts = address.dropFirst("hf://".count).split(separator: "/", omittingEmptySubsequences: false)
    guard address.lowercased().hasPrefix("hf://"), parts.count >= 2,
      parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." })
    else { throw .badAddress(address, reason: "expected hf://organisation/model[@revision][/path]") }
    let name = parts[1].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard ([parts[0]] + name).allSatisfy({ !$0.isEmpty }) else {
      throw .badAddress(address, reason: "expected hf://organisation/model[@revision][/path]")
    }
    model = "\(parts[0])/\(name[0])"
    revision = name.count == 2 ? String(name[1]) : "main"
    path = parts.count > 2 ? parts[2...].joined(separator: "/") : nil
    var endpoint = environment["HF_ENDPOINT"].flatMap { $0.isEmpty ? nil : $0 } ?? "https://huggingface.co"
    while endpoint.hasSuffix("/") { endpoint.removeLast() }
    self.endpoint = endpoint
    token = Self.token(environment)
  }

  private static func token(_ environment: [String: String]) -> String? {
    let home = environment["HF_HOME"] ?? environment["HOME"].map { $0 + "/.cache/huggingface" }
    let stored = home.flatMap { try? String(contentsOfFile: $0 + "/token", encoding: .utf8) }
    let token = (environment["HF_TOKEN"] ?? stored)?.trimmingCharacters(in: .whitespacesAndNewlines)
    return token.flatMap { $0.isEmpty || !$0.utf8.allSatisfy { 0x21...0x7E ~= $0 } ? nil : $0 }
  }

  /// The token, for the hub itself: the hosts that it redirects to get none.
  var credentials: @Sendable (URL, Fetcher.Fields) -> Fetcher.Fields {
    let own = URL(string: endpoint)
    let token = token
    return { url, _ in
      guard let token, let own, URLText.isSameHost(url, own) else { return [] }
      return [("Authorization", "Bearer \(token)")]
    }
  }

  func url(of path: String) -> String {
    "\(endpoint)/\(URLText.path(model))/resolve/\(URLText.segment(revision))/\(URLText.path(path))"
  }

  /// What a report calls a file.
  func shown(_ path: String) -> String { "hf://\(model)@\(revision)/\(path)" }

  /// The same with the commit that the revision means now: a branch may move between two files of one scan, and a report that
  /// names a branch says nothing tomorrow.
  func pinned(with fetcher: Fetcher) async throws(RemoteError) -> HubAddress {
    struct Revision: Decodable { let sha: String }
    let address = "\(endpoint)/api/models/\(URLText.path(model))/revision/\(URLText.segment(revision))"
    let (text, _) = try await fetcher.document(address)
    guard let found = try? JSONDecoder().decode(Revision.self, from: text).sha, found.utf8.count == 40,
      found.utf8.allSatisfy({ 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 })
    else { throw .badAnswer(url: shown(""), reason: "expected the commit of the revision \(revision)") }
    var pinned = self
    pinned.revision = found
    return pinned
  }

  /// The files of the model and their sizes.
  func list(with fetcher: Fetcher) async throws(RemoteError) -> [String: Int] {
    struct Entry: Decodable {
      let type: String
      let path: String
      let size: Int?
    }
    var files: [String: Int] = [:]
    var page: String? =
      "\(endpoint)/api/models/\(URLText.path(model))/tree/\(URLText.segment(revision))?recursive=true"
    for _ in 0..<Limits.remotePages {
      guard let address = page else { return files }
      let (text, next) = try await fetcher.document(address)
      guard let entries = try? JSONDecoder().decode([Entry].self, from: text) else {
        throw .badAnswer(url: shown(""), reason: "expected a list of files as JSON")
      }
      for entry in entries where entry.type == "file" {
        let parts = entry.path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
          throw .badAnswer(url: shown(""), reason: "a file is called \(entry.path.debugDescription)")
        }
        files[entry.path] = entry.size ?? 0
      }
      guard files.count <= Limits.scannedFiles else {
        throw .badAnswer(url: shown(""), reason: "more than \(Limits.scannedFiles) files")
      }
      page = next
    }
    throw .badAnswer(url: shown(""), reason: "more than \(Limits.remotePages) pages of files")
  }
}

/// Texts as parts of addresses.
enum URLText {
  static func path(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).map { segment(String($0)) }.joined(
      separator: "/")
  }

  static func segment(_ text: String) -> String {
    text.addingPercentEncoding(
      withAllowedCharacters: CharacterSet(charactersIn: "-._~").union(CharacterSet(charactersIn: "0"..."9"))
        .union(CharacterSet(charactersIn: "a"..."z")).union(CharacterSet(charactersIn: "A"..."Z"))) ?? ""
  }

  static func isSameHost(_ one: URL, _ other: URL) -> Bool {
    one.scheme?.lowercased() == other.scheme?.lowercased() && one.port == other.port
      && one.host(percentEncoded: true)?.lowercased() == other.host(percentEncoded: true)?.lowercased()
  }
}
