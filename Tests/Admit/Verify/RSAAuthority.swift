// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import SwiftASN1
import Testing
import X509

/// Certificates by an RSA authority, which openssl makes with any hash.
enum RSAAuthority {
  static func issue(
    hash: String, for publicPEM: String, in folder: String
  ) throws -> (leaf: Certificate, root: Certificate) {
    func file(_ name: String) -> String { folder + "/" + name }
    try Data(publicPEM.utf8).write(to: URL(fileURLWithPath: file("leaf.pub")))
    let extensions = """
      basicConstraints=critical,CA:FALSE
      keyUsage=critical,digitalSignature
      extendedKeyUsage=codeSigning
      """
    try Data(extensions.utf8).write(to: URL(fileURLWithPath: file("leaf.ext")))
    // Valid from today on for twenty years, and so on the day on which the tests look at certificates.
    try run([
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", file("ca.key"), "-out", file("ca.pem"),
      "-subj", "/CN=RSA Root", "-days", "7300", "-addext", "keyUsage=critical,keyCertSign",
    ])
    try run([
      "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
      file("x.key"), "-out", file("x.csr"), "-subj", "/CN=Signer",
    ])
    try run([
      "x509", "-req", "-in", file("x.csr"), "-force_pubkey", file("leaf.pub"), "-CA", file("ca.pem"),
      "-CAkey",
      file("ca.key"), "-CAcreateserial", "-" + hash, "-days", "7300", "-extfile", file("leaf.ext"), "-out",
      file("leaf.pem"),
    ])
    return (try certificate(file("leaf.pem")), try certificate(file("ca.pem")))
  }

  private static func certificate(_ path: String) throws -> Certificate {
    try Certificate(pemEncoded: String(contentsOfFile: path, encoding: .utf8))
  }

  private static func run(_ arguments: [String]) throws {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.arguments = arguments
    process.standardError = pipe
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "openssl \(arguments): \(said)")
  }
}
