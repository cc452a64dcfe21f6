// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Crypto
import Foundation

/// Signs requests for S3 (AWS Signature Version 4). Source: "Signature Calculations for the Authorization Header" in the
/// API reference of Amazon S3.
struct SignedRequest: Sendable {
  let key: String
  let secret: String
  let session: String?
  let region: String

  /// Header fields that sign a GET request without a body.
  /// - Parameter fields: further fields to sign.
  func fields(for url: URL, _ fields: Fetcher.Fields, at date: Date) -> Fetcher.Fields {
    let time = date.formatted(
      Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted, timeZone: .gmt))
    let day = String(time.prefix(8))
    let empty = Self.hex(SHA256.hash(data: Data()))
    var added: Fetcher.Fields = [("x-amz-content-sha256", empty), ("x-amz-date", time)]
    if let session { added.append(("x-amz-security-token", session)) }
    let host = (url.host(percentEncoded: true) ?? "") + (url.port.map { ":\($0)" } ?? "")
    let signed = ([("host", host)] + fields + added).map { ($0.lowercased(), $1) }.sorted { $0.0 < $1.0 }
    let names = signed.map(\.0).joined(separator: ";")
    let path = url.path(percentEncoded: true)
    let request =
      (["GET", path.isEmpty ? "/" : path, url.query(percentEncoded: true) ?? ""]
      + signed.map { "\($0):\($1)" } + ["", names, empty]).joined(separator: "\n")
    let scope = "\(day)/\(region)/s3/aws4_request"
    let text = ["AWS4-HMAC-SHA256", time, scope, Self.hex(SHA256.hash(data: Data(request.utf8)))].joined(
      separator: "\n")
    var secret = SymmetricKey(data: Data("AWS4\(self.secret)".utf8))
    for word in [day, region, "s3", "aws4_request"] {
      secret = SymmetricKey(data: Data(HMAC<SHA256>.authenticationCode(for: Data(word.utf8), using: secret)))
    }
    let signature = Self.hex(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: secret))
    return added + [
      (
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=\(key)/\(scope),SignedHeaders=\(names),Signature=\(signature)"
      )
    ]
  }

  private static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
