// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc
import NIOCore

extension SocketAddress {
  /// The network that whoever connects from here is counted with: an IPv4 /24 or an IPv6 /48, which is what one customer of a
  /// provider has at most. Of the connection itself, never of a header, which anybody can write. Nil for who is on none.
  var networkGroup: String? {
    switch self {
    case .v4(let address):
      let bytes = unsafe withUnsafeBytes(of: address.address.sin_addr) { unsafe Array($0) }
      return Self.text(ofIPv4: bytes)
    case .v6(let address):
      let bytes = unsafe withUnsafeBytes(of: address.address.sin6_addr) { unsafe Array($0) }
      if bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] {
        return Self.text(ofIPv4: Array(bytes.suffix(4)))
      }
      let groups = stride(from: 0, to: 6, by: 2).map {
        String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
      }
      return groups.joined(separator: ":") + "::/48"
    case .unixDomainSocket: return nil
    }
  }

  private static func text(ofIPv4 bytes: [UInt8]) -> String { "\(bytes[0]).\(bytes[1]).\(bytes[2]).0/24" }
}

extension Channel {
  /// The network of a connection, or of the one that this stream belongs to.
  var networkGroup: String? { (remoteAddress ?? parent?.remoteAddress)?.networkGroup }
}
