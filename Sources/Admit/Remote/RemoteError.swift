// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why something remote could not be scanned.
package enum RemoteError: Error, Equatable, Sendable {
  case badAddress(String, reason: String)
  case unresolved(host: String, reason: String)
  /// The address leads into a private network, from where a redirect or a name server could make us fetch anything.
  case privateAddress(host: String, address: String)
  case status(url: String, code: Int)
  case noRanges(url: String)
  case changed(url: String)
  case tooLarge(url: String, bytes: Int, limit: Int)
  case tooManyHops(url: String)
  case connection(url: String, reason: String)
  case badAnswer(url: String, reason: String)
}

extension RemoteError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .badAddress(let address, let reason): "\(address): \(reason)"
    case .unresolved(let host, let reason): "the host \(host) has no address: \(reason)"
    case .privateAddress(let host, let address):
      "\(host) is \(address), in a private network: name --private-network if you mean that"
    case .status(let url, 401), .status(let url, 403):
      "\(url): the server wants credentials; for the Hugging Face hub set HF_TOKEN, for S3 AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    case .status(let url, 404): "\(url): the server has nothing there"
    case .status(let url, let code): "\(url): the server answers with status \(code)"
    case .noRanges(let url): "\(url): the server sends another part than the one that was asked for"
    case .changed(let url): "\(url): the file was changed while it was being read; try again"
    case .tooLarge(let url, let bytes, let limit):
      "\(url): \(bytes) bytes would have to be fetched, and at most \(limit) are; download it and scan the file"
    case .tooManyHops(let url): "\(url): too many redirects"
    case .connection(let url, let reason): "\(url): \(reason)"
    case .badAnswer(let url, let reason): "\(url): \(reason)"
    }
  }
}
