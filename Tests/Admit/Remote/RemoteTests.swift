// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletFormats
import MartletScan
import NIOHTTP1
import Testing

@testable import MartletRemote

/// Files of a server on this machine. Nothing else is ever contacted.
@Suite(.serialized) struct RemoteTests {
  private func remote(_ environment: [String: String] = [:], allowsPrivate: Bool = true) -> RemoteScan {
    RemoteScan(Scanner(), options: ScanOptions(), allowsPrivate: allowsPrivate, environment: environment)
  }

  private func scan(_ file: [UInt8], _ manner: RangeServer.Manner = .honest) async throws -> (
    ScanReport.Artifact, sent: Int
  ) {
    try await RangeServer.with(["/file": .file(file, manner)]) { server in
      let artifacts = try await remote().scan(server.address + "/file")
      let artifact = try #require(artifacts.first)
      #expect(artifacts.count == 1)
      #expect(artifact.fetched == server.sent)
      return (artifact, server.sent)
    }
  }

  @Test func theNumbersOfATorchArchiveStayWhereTheyAre() async throws {
    let file = RemoteFiles.torch()
    let (artifact, sent) = try await scan(file)
    #expect(artifact.verdict == .safe, "\(artifact.findings)")
    #expect(artifact.format == "torch")
    #expect(artifact.size == file.count)
    #expect(sent < 200_000)
  }

  @Test func aPickleThatRunsACommandIsUnsafe() async throws {
    let (artifact, sent) = try await scan(RemoteFiles.torch(pickle: RemoteFiles.system))
    #expect(artifact.verdict == .unsafe)
    #expect(sent < 200_000)
  }

  /// The checksum is that of zeros, so that the hole reads as what it should be. What is in it is a pickle.
  @Test(arguments: [false, true]) func aHoleProvesNothing(_ looksLikeArray: Bool) async throws {
    let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (1000000,), }"
    let front: [UInt8] =
      looksLikeArray
      ? [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)
        + [UInt8](repeating: 0x20, count: 117 - header.utf8.count) + [0x0A] : []
    let zeros = front + [UInt8](repeating: 0, count: 1_000_000)
    let payload = Array("cos\nsystem\n(S'id'\ntR.".utf8)
    var data = zeros
    data.replaceSubrange(500_000..<500_000 + payload.count, with: payload)
    let hidden = RemoteFiles.Member(name: "m/data/1", data: data, crc: Inflate.crc32(Bytes(zeros)))
    let (artifact, sent) = try await scan(RemoteFiles.torch(more: [hidden]))
    #expect(artifact.verdict == .incomplete, "\(artifact.findings)")
    #expect(sent < 200_000)
  }

  @Test func aStorageOfAnotherSizeIsNotSafe() async throws {
    let (artifact, _) = try await scan(RemoteFiles.torch(pickle: RemoteFiles.storage(13_107_199)))
    #expect(artifact.verdict != .safe)
  }

  @Test func aMemberThatIsNamedLikeNoStorageIsFetched() async throws {
    let payload = RemoteFiles.Member(
      name: "m/data/payload",
      data: Array("cos\nsystem\n(S'id'\ntR.".utf8) + [UInt8](repeating: 0, count: 100_000))
    #expect(try await scan(RemoteFiles.torch(more: [payload])).0.verdict == .unsafe)
  }

  @Test func onlyTheHeaderOfSafetensorsIsFetched() async throws {
    let (artifact, sent) = try await scan(RemoteFiles.safetensors(8 << 20))
    #expect(artifact.verdict == .safe, "\(artifact.findings)")
    #expect(sent < 200_000)
  }

  @Test func anArchiveBehindSafetensorsIsSeen() async throws {
    let archive = RemoteFiles.zip([.init(name: "m/data.pkl", data: RemoteFiles.system)])
    let (artifact, _) = try await scan(RemoteFiles.safetensors(8 << 20) + archive)
    #expect(artifact.verdict != .safe)
  }

  @Test func onlyTheHeaderOfGGUFIsFetched() async throws {
    let (artifact, sent) = try await scan(RemoteFiles.gguf(16 << 20))
    #expect(artifact.verdict == .safe, "\(artifact.findings)")
    #expect(sent < 1_300_000)
  }

  @Test func anythingElseIsFetchedWhole() async throws {
    let (artifact, sent) = try await scan(RemoteFiles.system + [UInt8](repeating: 0, count: 1_000_000))
    #expect(artifact.verdict == .unsafe)
    #expect(sent > 1_000_000)
  }

  @Test func aServerWithoutRangesSendsEverything() async throws {
    let (artifact, sent) = try await scan(RemoteFiles.safetensors(1 << 20), .ignoresRanges)
    #expect(artifact.verdict == .safe, "\(artifact.findings)")
    #expect(sent > 1 << 20)
  }

  @Test func anEmptyFileIsEmpty() async throws {
    let (artifact, _) = try await scan([])
    #expect(artifact.format == "empty")
  }

  @Test(arguments: [
    RangeServer.Manner.wrongRange, .noRange, .truncates, .changesTag, .shrinks, .compresses,
  ])
  func aServerThatLiesIsRefused(_ manner: RangeServer.Manner) async throws {
    await #expect(throws: RemoteError.self) { try await scan(RemoteFiles.safetensors(1 << 20), manner) }
  }

  @Test func aFileThatChangesIsRefused() async throws {
    try await RangeServer.with(["/file": .file(RemoteFiles.safetensors(1 << 20), .changesTag)]) { server in
      await #expect(throws: RemoteError.changed(url: server.address + "/file")) {
        try await remote().scan(server.address + "/file")
      }
    }
  }

  @Test(arguments: [
    "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://[::ffff:169.254.169.254]/",
    "http://0.0.0.0/", "http://100.100.100.200/", "file:///etc/passwd", "ftp://127.0.0.1/",
    "http://u:p@127.0.0.1/",
    "http://8.8.8.8/", "http://0xa9fe.0xa9fe/",
  ])
  func aRedirectToWhereNoFilesAreIsRefused(_ target: String) async throws {
    try await RangeServer.with(["/file": .redirect(target)]) { server in
      await #expect(throws: RemoteError.self) { try await remote().scan(server.address + "/file") }
      #expect(server.requests.count == 1)
    }
  }

  @Test func redirectsEnd() async throws {
    try await RangeServer.with(["/a": .redirect("/b"), "/b": .redirect("/a")]) { server in
      await #expect(throws: RemoteError.self) { try await remote().scan(server.address + "/a") }
      #expect(server.requests.count == Limits.redirects + 1)
    }
  }

  @Test(arguments: [
    "http://127.0.0.1:1/", "https://127.0.0.1:1/", "https://10.0.0.1/", "https://[::1]:1/", "http://8.8.8.8/",
  ])
  func privateNetworksHaveToBeAllowed(_ address: String) async {
    await #expect(throws: RemoteError.self) { try await remote(allowsPrivate: false).scan(address) }
  }

  @Test func theTokenStaysWithTheHub() async throws {
    try await RangeServer.with(["/cdn": .file(RemoteFiles.safetensors(1 << 20), .honest)]) { other in
      let list =
        #"[{"type":"file","path":"m.safetensors","size":1048648},{"type":"directory","path":"x","size":0}]"#
      try await RangeServer.with([
        "/api/models/org/model/revision/main": .json(#"{"sha":"\#(Self.commit)"}"#, next: nil),
        "/api/models/org/model/tree/\(Self.commit)": .json(list, next: nil),
        "/org/model/resolve/\(Self.commit)/m.safetensors": .redirect("http://localhost:\(other.port)/cdn"),
      ]) { hub in
        let artifacts = try await remote(["HF_ENDPOINT": hub.address, "HF_TOKEN": "secret"]).scan(
          "hf://org/model")
        #expect(artifacts.map(\.path) == ["hf://org/model@\(Self.commit)/m.safetensors"])
        #expect(artifacts.map(\.verdict) == [.safe])
        #expect(hub.requests.allSatisfy { $0.headers["authorization"] == ["Bearer secret"] })
        #expect(!other.requests.isEmpty)
        #expect(other.requests.allSatisfy { !$0.headers.contains(name: "authorization") })
      }
    }
  }

  @Test func aListOfFilesHasPagesAndAFileThatIsMissingIsNotSafe() async throws {
    try await RangeServer.with([:]) { hub in
      hub.reply(
        "/api/models/org/model/tree/\(Self.commit)?recursive=true",
        .json(#"[{"type":"file","path":"a/b c.json","size":2}]"#, next: hub.address + "/next"))
      hub.reply("/next", .json(#"[{"type":"file","path":"gone.bin","size":9}]"#, next: nil))
      hub.reply("/api/models/org/model/revision/v1", .json(#"{"sha":"\#(Self.commit)"}"#, next: nil))
      hub.reply("/org/model/resolve/\(Self.commit)/a/b%20c.json", .file(Array("{}".utf8), .honest))
      let artifacts = try await remote(["HF_ENDPOINT": hub.address]).scan("hf://org/model@v1")
      let model = "hf://org/model@\(Self.commit)"
      #expect(artifacts.map(\.path) == [model + "/a/b c.json", model + "/gone.bin"])
      #expect(artifacts.last?.verdict == .incomplete)
      let one = try await remote(["HF_ENDPOINT": hub.address]).scan("hf://org/model@v1/a/b c.json")
      #expect(one.map(\.path) == [model + "/a/b c.json"])
    }
  }

  private static let commit = "0123456789abcdef0123456789abcdef01234567"

  @Test(arguments: [#"{}"#, #"{"sha":"main"}"#, #"{"sha":"../../../x/resolve/main"}"#])
  func aRevisionWithoutACommitIsRefused(_ answer: String) async throws {
    try await RangeServer.with(["/api/models/org/model/revision/main": .json(answer, next: nil)]) { hub in
      await #expect(throws: RemoteError.self) {
        try await remote(["HF_ENDPOINT": hub.address]).scan("hf://org/model")
      }
      #expect(hub.requests.count == 1)
    }
  }

  /// The address is looked up once and connected to; the certificate is still that of the name.
  @Test func aCertificateIsForTheNameAndFromATrustedAuthority() async throws {
    let authority = try TestAuthority()
    let file: [String: RangeServer.Reply] = ["/file": .file(RemoteFiles.safetensors(1 << 20), .honest)]
    let trusting = ["SSL_CERT_FILE": authority.path]
    try await RangeServer.with(file, certificate: authority.certificate(for: "localhost")) { server in
      let address = "https://localhost:\(server.port)/file"
      let found = try await remote(trusting).scan(address)
      #expect(found.map(\.verdict) == [.safe])
      await #expect(throws: RemoteError.self) { try await remote().scan(address) }
      await #expect(throws: RemoteError.self) {
        try await remote(trusting, allowsPrivate: false).scan(address)
      }
    }
    try await RangeServer.with(file, certificate: authority.certificate(for: "other.example")) { server in
      await #expect(throws: RemoteError.self) {
        try await remote(trusting).scan("https://localhost:\(server.port)/file")
      }
      #expect(server.requests.isEmpty)
    }
  }

  @Test func anObjectOfABucketIsAskedForWithASignature() async throws {
    try await RangeServer.with(["/bucket/a%20key": .file(RemoteFiles.safetensors(1 << 20), .honest)]) {
      server in
      let keys = [
        "AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_ENDPOINT_URL": server.address,
      ]
      #expect(try await remote(keys).scan("s3://bucket/a key").map(\.verdict) == [.safe])
      #expect(
        server.requests.allSatisfy {
          $0.headers.first(name: "authorization")?.hasPrefix("AWS4-HMAC-SHA256 Credential=id/") ?? false
        })
      let seen = server.requests.count
      let open = try await remote(["AWS_ENDPOINT_URL": server.address]).scan("s3://bucket/a key")
      #expect(open.map(\.verdict) == [.safe])
      #expect(server.requests.dropFirst(seen).allSatisfy { !$0.headers.contains(name: "authorization") })
    }
  }
}
