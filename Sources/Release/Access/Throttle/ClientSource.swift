// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Where attempts come from, as far as it can be told apart: an IPv4 address, the /64 network of an IPv6 address (which is what
/// one customer has at least), or this machine.
package struct ClientSource: Hashable, Sendable {
  private let bytes: [UInt8]

  /// Whoever is not on a network: the terminal, a local socket.
  package static let local = ClientSource(bytes: [])

  /// - Parameter address: the 4 or 16 bytes of an address, of the connection itself. Never of a header such as
  ///   `X-Forwarded-For`, which anybody can write.
  package init(address: [UInt8]) {
    let isMappedIPv4 =
      address.count == 16 && address.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
    bytes =
      switch address.count {
      case 4: address
      case 16: isMappedIPv4 ? Array(address.suffix(4)) : Array(address.prefix(8))
      default: []
      }
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }
}
