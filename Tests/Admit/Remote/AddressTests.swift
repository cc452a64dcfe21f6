// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

@testable import MartletRemote

/// What an address may be, without asking anybody.
@Suite struct AddressTests {
  @Test(arguments: [
    "8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0", "192.169.0.1",
    "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1",
  ])
  func public_(_ address: String) {
    #expect(AddressRules.isPublic(address))
    #expect(!AddressRules.isForbidden(address))
  }

  @Test(arguments: [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.1",
    "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1",
    "fe80::1",
    "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::8.8.8.8",
    "2002:7f00:1::1",
    "2002:a00:1::1", "2001::1", "2001:db8::1", "3fff::1", "100::1", "not an address", "",
  ])
  func private_(_ address: String) {
    #expect(!AddressRules.isPublic(address))
  }

  @Test(arguments: [
    "169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::169.254.169.254", "2002:a9fe:a9fe::1",
    "fe80::1%lo",
    "fd00:ec2::254", "100.100.100.200", "168.63.129.16", "0.0.0.0", "::", "224.0.0.1",
  ])
  func neverFetchedFrom(_ address: String) {
    #expect(AddressRules.isForbidden(address))
  }

  @Test(arguments: ["127.0.0.1", "::1", "10.0.0.1", "192.168.1.1", "::ffff:10.0.0.1", "fc00::1"])
  func fetchedFromWhenAllowed(_ address: String) {
    #expect(!AddressRules.isForbidden(address))
  }

  @Test(arguments: ["10.0.0.1", "0x7f.1", "2130706433", "017700000001", "[::1]", "localhost"])
  func aHostIsJudgedByItsAddress(_ host: String) {
    #expect(throws: RemoteError.self) { try AddressRules(allowsPrivate: false).resolve(host) }
  }

  @Test(arguments: [
    "hf://", "hf://org", "hf://org/", "hf:///model", "hf://org/model/../x", "hf://org/@main",
    "hf://org/model@",
  ])
  func noModel(_ address: String) {
    #expect(throws: RemoteError.self) { try HubAddress(address, [:]) }
  }

  @Test func model() throws {
    let hub = try HubAddress("hf://org/model@v1.0/a/b c.bin", ["HF_ENDPOINT": "https://hub.example/"])
    #expect(hub.path == "a/b c.bin")
    #expect(hub.url(of: "a/b c.bin") == "https://hub.example/org/model/resolve/v1.0/a/b%20c.bin")
  }

  @Test(arguments: [
    "s3://", "s3://b/", "s3://bucket", "s3://Bucket/key", "s3://evil.example#/key", "s3://bucket/a/../b",
  ])
  func noObject(_ address: String) {
    #expect(throws: RemoteError.self) { try S3Object(address, [:]) }
  }

  @Test func object() throws {
    #expect(
      try S3Object("s3://bucket/a b/c", ["AWS_REGION": "eu-west-1"]).url
        == "https://bucket.s3.eu-west-1.amazonaws.com/a%20b/c")
    #expect(try S3Object("s3://dotted.name/c", [:]).url == "https://s3.us-east-1.amazonaws.com/dotted.name/c")
  }

  /// "Example: GET Object" in the API reference of Amazon S3.
  @Test func theSignatureIsThatOfTheReference() throws {
    let signer = SignedRequest(
      key: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", session: nil,
      region: "us-east-1")
    let fields = signer.fields(
      for: try #require(URL(string: "https://examplebucket.s3.amazonaws.com/test.txt")),
      [("Range", "bytes=0-9")],
      at: Date(timeIntervalSince1970: 1_369_353_600))
    let expected = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
    #expect(fields.last?.value.hasSuffix("Signature=" + expected) ?? false)
  }
}
