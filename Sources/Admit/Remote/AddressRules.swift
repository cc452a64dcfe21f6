// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Glibc

/// Which addresses a request may go to. Every hop is resolved here, judged, and then connected to at exactly the address
/// that was judged: a name server cannot answer otherwise the second time.
struct AddressRules: Sendable {
  /// The user named something in a private network and said so.
  let allowsPrivate: Bool

  /// The address to connect to.
  /// - Throws: ``RemoteError/unresolved(host:reason:)``, ``RemoteError/privateAddress(host:address:)`` when any address of
  ///   the host is private.
  func resolve(_ host: String) throws(RemoteError) -> String {
    let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(bare, nil, &hints, &found)
    guard code == 0, let first = unsafe found else {
      throw .unresolved(host: host, reason: unsafe String(cString: gai_strerror(code)))
    }
    defer { unsafe freeaddrinfo(first) }
    var addresses: [String] = []
    var next: UnsafeMutablePointer<addrinfo>? = unsafe first
    while let entry = unsafe next {
      var name = [CChar](repeating: 0, count: 128)
      if unsafe getnameinfo(
        entry.pointee.ai_addr, entry.pointee.ai_addrlen, &name, 128, nil, 0, NI_NUMERICHOST) == 0
      {
        addresses.append(
          String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
      }
      unsafe next = entry.pointee.ai_next
    }
    for address in addresses where !allowsPrivate && !Self.isPublic(address) {
      throw .privateAddress(host: host, address: address)
    }
    for address in addresses where Self.isForbidden(address) {
      throw .unresolved(host: host, reason: "\(address) is no place that holds files")
    }
    // Version 4 first: not every machine that resolves an address of version 6 has a route to it.
    guard let address = addresses.first(where: { !$0.contains(":") }) ?? addresses.first else {
      throw .unresolved(host: host, reason: "no address")
    }
    return address
  }

  /// Addresses that no file comes from, whatever the user allows: link-local ones, where clouds hand out the credentials of
  /// a machine, their other metadata services, multicast and the unspecified address.
  static func isForbidden(_ address: String) -> Bool {
    let bare = String(address.prefix { $0 != "%" })
    func isForbidden(_ address: UInt32) -> Bool {
      address >> 16 == 0xA9FE || address >> 24 == 0 || address >> 28 >= 0xE || address == 0x6464_64C8
        || address == 0xA83F_8110 || address == 0xC000_00C0
    }
    var four = in_addr()
    if unsafe inet_pton(AF_INET, bare, &four) == 1 { return isForbidden(UInt32(bigEndian: four.s_addr)) }
    var six = in6_addr()
    guard unsafe inet_pton(AF_INET6, bare, &six) == 1 else { return true }
    let bytes = unsafe withUnsafeBytes(of: &six) { unsafe Array($0) }
    func word(_ at: Int) -> UInt32 { bytes[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) } }
    if word(0) == 0, word(4) == 0 {
      // Loopback is ::1; the rest holds addresses of version 4, mapped or not.
      return !(word(8) == 0 && word(12) == 1) && isForbidden(word(12))
    }
    if word(0) == 0x0064_FF9B { return isForbidden(word(12)) }
    if bytes[0] == 0x20, bytes[1] == 0x02 { return isForbidden(word(2)) }
    let isMetadata = word(0) == 0xFD00_0EC2 || word(0) == 0xFD20_00CE
    return bytes[0] == 0xFF || bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80 || isMetadata
  }

  /// Whether an address is one of the public internet (IANA's special-purpose registries, RFC 6890).
  static func isPublic(_ address: String) -> Bool {
    let bare = String(address.prefix { $0 != "%" })
    var four = in_addr()
    if unsafe inet_pton(AF_INET, bare, &four) == 1 { return isPublic(UInt32(bigEndian: four.s_addr)) }
    var six = in6_addr()
    guard unsafe inet_pton(AF_INET6, bare, &six) == 1 else { return false }
    let bytes = unsafe withUnsafeBytes(of: &six) { unsafe Array($0) }
    func word(_ at: Int) -> UInt32 {
      bytes[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    // Addresses of version 4 in disguise: mapped, NAT64, 6to4.
    if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
      return isPublic(word(12))
    }
    if word(0) == 0x0064_FF9B { return word(4) == 0 && word(8) == 0 && isPublic(word(12)) }
    if bytes[0] == 0x20, bytes[1] == 0x02 { return isPublic(word(2)) }
    // Global unicast, less documentation and the ranges of protocols.
    guard bytes[0] & 0xE0 == 0x20 else { return false }
    if word(0) == 0x2001_0DB8 || word(0) >> 9 == 0x2001_0000 >> 9 { return false }
    return word(0) >> 12 != 0x3FFF_0
  }

  private static func isPublic(_ address: UInt32) -> Bool {
    let reserved: [(UInt32, UInt32)] = [
      (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16),
      (0xAC10_0000, 12), (0xC000_0000, 24), (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16),
      (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24), (0xE000_0000, 4), (0xF000_0000, 4),
    ]
    return !reserved.contains { address >> (32 - $1) == $0 >> (32 - $1) }
  }
}
