// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation

/// An object in a bucket: `s3://bucket/key`.
struct S3Object: Sendable {
  let url: String
  /// A signature, for the bucket's own host and only when there are keys in the environment.
  let credentials: @Sendable (URL, Fetcher.Fields) -> Fetcher.Fields

  init(_ address: String, _ environment: [String: String]) throws(RemoteError) {
    let rest = address.dropFirst("s3://".count)
    let bucket = String(rest.prefix { $0 != "/" })
    let key = String(rest.dropFirst(bucket.count + 1))
    let region = environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? "us-east-1"
    guard address.lowercased().hasPrefix("s3://"),
      bucket.wholeMatch(of: /[a-z0-9][a-z0-9.\-]{1,61}[a-z0-9]/) != nil,
      !key.isEmpty, !key.split(separator: "/").contains(where: { $0 == "." || $0 == ".." })
    else { throw .badAddress(address, reason: "expected s3://bucket/key") }
    guard region.wholeMatch(of: /[a-z0-9\-]+/) != nil else {
      throw .badAddress(address, reason: "\(region.debugDescription) is no region")
    }
    var base: String
    if let endpoint = environment["AWS_ENDPOINT_URL"], !endpoint.isEmpty {
      base = endpoint
      while base.hasSuffix("/") { base.removeLast() }
      base += "/\(bucket)"
    } else if bucket.contains(".") {
      // No certificate covers a name with more dots.
      base = "https://s3.\(region).amazonaws.com/\(bucket)"
    } else {
      base = "https://\(bucket).s3.\(region).amazonaws.com"
    }
    url = "\(base)/\(URLText.path(key))"
    guard let own = URL(string: url), let id = environment["AWS_ACCESS_KEY_ID"], !id.isEmpty,
      let secret = environment["AWS_SECRET_ACCESS_KEY"], !secret.isEmpty
    else {
      credentials = { _, _ in [] }
      return
    }
    let session = environment["AWS_SESSION_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
    let signer = SignedRequest(key: id, secret: secret, session: session, region: region)
    credentials = { url, fields in
      URLText.isSameHost(url, own) ? signer.fields(for: url, fields, at: Date()) : []
    }
  }
}
