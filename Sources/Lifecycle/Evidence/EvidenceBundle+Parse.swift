// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletFormats
import MartletLog
import MartletMerkle

extension UnverifiedEvidenceBundle {
  /// Reads a bundle that somebody gave us.
  /// - Throws: ``BundleError``: `tooLong`, `notJSON`, `malformed`.
  package init(_ bytes: [UInt8]) throws(BundleError) {
    guard bytes.count <= Limits.evidenceBundle else { throw .tooLong(limit: Limits.evidenceBundle) }
    let json: JSONValue
    do throws(JSONError) { json = try JSONReader.read(bytes.span) } catch { throw .notJSON(error) }
    guard json["mediaType"]?.string == Self.mediaType else {
      throw .malformed(
        "expected the media type \(Self.mediaType), found \(json["mediaType"]?.string ?? "none")")
    }
    guard let digest = json["digest"]?.string.flatMap({ Digest(hex: $0) }) else {
      throw .malformed("it names no digest")
    }
    guard let evidence = json["evidence"]?.array, let records = json["records"]?.array,
      let checkpoint = json["checkpoint"]?.string, let logKey = json["logKey"]?.string,
      let evidenceKey = json["evidenceKey"]?.string
    else { throw .malformed("it lacks its evidence, its records, its checkpoint or its keys") }
    var envelopes: [Envelope] = []
    for value in evidence { envelopes.append(try Self.envelope(value)) }
    var entries: [LogEntry] = []
    for value in records {
      let entry = try Self.entry(value)
      if let last = entries.last, last.index >= entry.index {
        throw .malformed("its records are not in order")
      }
      entries.append(entry)
    }
    self.init(
      digest: digest, evidence: envelopes, entries: entries, checkpoint: checkpoint, logKey: logKey,
      evidenceKey: evidenceKey)
  }

  private static func envelope(_ value: JSONValue) throws(BundleError) -> Envelope {
    guard let payload = value["payload"]?.string, let type = value["payloadType"]?.string,
      let entries = value["signatures"]?.array, !entries.isEmpty
    else { throw .malformed("a piece of evidence is no DSSE envelope") }
    var signatures: [Envelope.Signature] = []
    for entry in entries {
      guard let signature = entry["sig"]?.string else { throw .malformed("a signature is no text") }
      signatures.append(.init(keyid: entry["keyid"]?.string, sig: signature))
    }
    return Envelope(payload: payload, payloadType: type, signatures: signatures)
  }

  private static func entry(_ value: JSONValue) throws(BundleError) -> LogEntry {
    guard let index = value["index"]?.integer, index >= 0,
      let bytes = value["entry"]?.string.flatMap({ Data(base64Encoded: $0) }),
      let hashes = value["proof"]?.array
    else { throw .malformed("a record lacks its index, its entry or its proof") }
    var path: [TreeHash] = []
    for hash in hashes {
      guard let hash = hash.string.flatMap({ Data(base64Encoded: $0) }).flatMap({ TreeHash($0) }) else {
        throw .malformed("a hash of the proof of record \(index) is not 32 bytes")
      }
      path.append(hash)
    }
    return LogEntry(index: UInt64(index), bytes: Array(bytes), path: path)
  }
}
