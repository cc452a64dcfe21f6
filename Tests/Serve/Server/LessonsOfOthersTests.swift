// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletLifecycle
import MartletServer
import Testing

/// What has gone wrong in the servers of others, each under its public number. The table of routes, methods, transports and
/// credentials, which is the lesson of MLflow CVE-2026-2652 and CVE-2026-0545 and of Triton CVE-2026-24206 and CVE-2026-24207, is
/// ``AccessTableTests``.
@Suite(.serialized) struct LessonsOfOthersTests {
  /// MLflow CVE-2025-15381: a part of something, reached without the right to the whole.
  @Test func aVersionIsAsGuardedAsItsModel() async throws {
    let served = try await ServedStore(models: [
      ("digits", "/digits/digits.onnx"), ("other", "/digits/digits.onnx"),
    ])
    let key = try served.key(.predictor, on: "other")
    for path in [
      "/v2/models/digits", "/v2/models/digits/versions/1", "/v2/models/digits/ready",
      "/v2/models/digits/versions/1/ready",
    ] {
      #expect(try await served.ask("GET", path, key: key).status == 403, "\(path)")
    }
    for path in ["/v2/models/digits/infer", "/v2/models/digits/versions/1/infer"] {
      #expect(try await served.ask("POST", path, key: key, body: Question.body).status == 403, "\(path)")
    }
    // What a request says about itself in its body opens nothing.
    let claim = Array((#"{"model_name":"digits","# + Question.json.dropFirst()).utf8)
    let answer = try await served.ask("POST", "/v2/models/other/infer", key: key, body: claim)
    #expect(answer.text.hasPrefix(#"{"model_name":"other""#))
    try await served.stop()
  }

  /// MLflow CVE-2025-11200 and CVE-2025-1474: weak passwords, and accounts that are there from the beginning.
  @Test func thereIsNobodyFromTheBeginning() async throws {
    let served = try await ServedStore()
    #expect(try served.lifecycle.accounts().isEmpty)
    for credential in [
      "admin", "password", "admin:password", "mk_live_000000000000_" + String(repeating: "0", count: 51),
    ] {
      for scheme in ["Bearer", "Basic", "Token", "Digest"] {
        #expect(
          try await served.ask("GET", "/v2/models/digits", fields: ["Authorization: \(scheme) \(credential)"])
            .status == 401)
      }
    }
    for field in [
      "X-Forwarded-User: admin", "X-Remote-User: admin", "X-API-Key: admin", "Cookie: session=admin",
    ] {
      #expect(try await served.ask("GET", "/v2/models/digits", fields: [field]).status == 401, "\(field)")
    }
    try await served.stop()
  }

  /// A name that ends at a zero byte for one reader and goes on for another: the right to `digits%00.onnx` is not that to `digits`.
  @Test func aZeroByteInANameLeadsNowhere() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor, on: "digits*")
    for (method, path) in [
      ("POST", "/v2/models/digits%00.onnx/infer"), ("GET", "/v2/models/digits%00.onnx"),
      ("GET", "/v2/models/digits%00.onnx/versions/1/ready"),
    ] {
      let answer = try await served.ask(method, path, key: key, body: method == "POST" ? Question.body : nil)
      #expect(answer.status == 404, "\(path): \(answer.status)")
    }
    try await served.stop()
  }

  /// MLflow CVE-2023-6831 and CVE-2024-1483, Triton CVE-2026-24208 and CVE-2026-24209: ways out of the directory.
  @Test(arguments: [
    "..", "../../martlet.db", "..%2f..%2fmartlet.db", "%2e%2e%2f", "..%5c..%5c", "%252e%252e%252f", "....//",
    "/etc/passwd",
    "%2fetc%2fpasswd", "digits#/../../x", "digits%23..%2f..", "digits%00.onnx", "file:%2f%2f%2fetc%2fpasswd",
    "~", "%c0%ae%c0%ae%2f",
  ])
  func noNameLeadsOutOfTheStore(_ name: String) async throws {
    let served = try await ServedStore()
    let key = try served.key(.administrator)
    for path in [
      "/v2/models/\(name)", "/v2/models/\(name)/versions/1", "/v2/models/digits/versions/\(name)",
      "/models/\(name)/1", "/\(name)",
    ] {
      let answer = try await served.ask("GET", path, key: key)
      #expect(
        [303, 400, 404].contains(answer.status) || name.hasPrefix("digits#"), "\(path): \(answer.status)")
      #expect(!answer.text.contains("root:"), "\(path)")
    }
    let answer = try await served.ask("POST", "/v2/models/\(name)/infer", key: key, body: Question.body)
    #expect(answer.status != 200, "\(name)")
    try await served.stop()
  }

  /// MLflow CVE-2026-64849 and TorchServe CVE-2023-43654: the server is led to fetch something. Nothing in a question or a header is an
  /// address to it.
  @Test func nothingInARequestIsFetched() async throws {
    let served = try await ServedStore()
    let key = try served.key(.administrator)
    let trap = try await ServedStore(models: [])
    let address = "https://localhost:\(trap.port)/v2/health/live"
    for path in [
      "/v2/repository/models/x/load", "/models?url=\(address)", "/api/v1/models", "/v2/models/x/load",
    ] {
      let answer = try await served.ask(
        "POST", path, key: key, fields: ["Content-Type: application/json"],
        body: Array(
          #"{"url":"\#(address)","source":"\#(address)","parameters":{"config":"\#(address)"}}"#.utf8))
      #expect(answer.status >= 300, "\(path): \(answer.status)")
    }
    let tampered = Question.json.replacing(
      "\"FP32\"", with: "\"FP32\",\"parameters\":{\"url\":\"\(address)\"}")
    #expect(
      try await served.ask("POST", "/v2/models/digits/infer", key: key, body: Array(tampered.utf8)).status
        == 200)
    let counted = try await trap.ask("GET", "/metrics", key: trap.key(.auditor))
    #expect(counted.text.contains("martlet_connections 1\n"))
    #expect(!counted.text.contains(#"route="v2""#))
    try await served.stop()
    try await trap.stop()
  }

  /// Triton CVE-2025-23319, CVE-2025-23320 and CVE-2025-23334: an error names a region of shared memory, which is then used.
  @Test func errorsSayNothingAboutTheInsideAndThereIsNoSharedMemory() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    for path in [
      "systemsharedmemory/status", "systemsharedmemory/region/x/register",
      "cudasharedmemory/region/x/register",
    ] {
      #expect(try await served.ask("POST", "/v2/\(path)", key: key, body: Array("{}".utf8)).status == 404)
      #expect(try await served.ask("GET", "/v2/\(path)", key: key).status == 404)
    }
    let shared =
      #"{"inputs":[{"name":"image","shape":[1,1,8,8],"datatype":"FP32","parameters":{"shared_memory_region":"triton_python_backend_shm_region","shared_memory_byte_size":256}}]}"#
    let huge =
      #"{"inputs":[{"name":"image","shape":[1,1,8,8],"datatype":"FP32","parameters":{"binary_data_size":9223372036854775807}}]}"#
    for body in [
      shared, huge, "{", "[]",
      #"{"inputs":[{"name":"image","shape":[1,1,8,8],"datatype":"FP32","data":["\u{1}"]}]}"#,
    ] {
      let answer = try await served.ask("POST", "/v2/models/digits/infer", key: key, body: Array(body.utf8))
      #expect(answer.status == 400)
      for inside in ["/tmp", "/work", "onnxruntime", "swift", "0x", ".onnx", "triton_python", "Error("] {
        #expect(!answer.text.lowercased().contains(inside), "\(answer.text)")
      }
    }
    try await served.stop()
  }

  /// Triton CVE-2025-23310 and CVE-2025-23311: a stack that grows with the number of chunks. BentoML CVE-2024-9056: a boundary of
  /// multipart that is read again and again.
  @Test func manyChunksAndLongBoundariesCostNoMoreThanTheirBytes() async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    let head = "POST /v2/models/digits/infer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(key.reveal())\r\n"
    let connection = try await served.connect()
    let chunks = Question.body.map { String(format: "1\r\n%c\r\n", $0) }.joined()
    try await connection.send(head + "Transfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n")
    #expect(await connection.answer()?.status == 200)
    let padding = String(repeating: "1\r\n \r\n", count: 300_000)
    try await connection.send(head + "Transfer-Encoding: chunked\r\n\r\n" + padding + chunks + "0\r\n\r\n")
    #expect(await connection.answer()?.status == 200)
    connection.close()
    let boundary = String(repeating: "-", count: 7_000)
    let answer = try await served.ask(
      "POST", "/v2/models/digits/infer", key: key,
      fields: ["Content-Type: multipart/form-data; boundary=\(boundary)"],
      body: [UInt8](repeating: UInt8(ascii: "-"), count: 1 << 20))
    #expect(answer.status == 400)
    try await served.stop()
  }

  /// BentoML CVE-2024-2912 and CVE-2025-27520: a pickle in the body of a request is run.
  @Test(arguments: [
    "application/octet-stream", "application/vnd.bentoml+pickle", "application/x-pickle",
    "application/python-pickle",
  ])
  func aPickleIsBytesLikeOthers(_ type: String) async throws {
    let served = try await ServedStore()
    let key = try served.key(.predictor)
    let mark = FileManager.default.temporaryDirectory.appendingPathComponent("pickled \(UUID())").path
    // What loads to os.system("touch …"), assembled here.
    let pickle = ["cposix", "system", "(S'touch \"\(mark)\"'", "tR."].joined(separator: "\n")
    for field in [
      "Content-Type: \(type)", "Payload-Container: DataContainer", "X-Inference-Header-Content-Length: 0",
    ] {
      let answer = try await served.ask(
        "POST", "/v2/models/digits/infer", key: key, fields: ["Content-Type: \(type)", field],
        body: Array(pickle.utf8))
      #expect(answer.status == 400, "\(answer.text)")
    }
    #expect(!FileManager.default.fileExists(atPath: mark))
    try await served.stop()
  }

  /// MLflow CVE-2026-0596: the name of a model in a command line.
  @Test(arguments: [
    ";touch%20pwned", "%24(touch%20pwned)", "%60touch%20pwned%60", "a%7Ctouch%20pwned", "a%0atouch%20pwned",
    "--help", "-rf",
  ])
  func aNameIsNeverAWordOfACommand(_ name: String) async throws {
    let served = try await ServedStore()
    let key = try served.key(.administrator)
    #expect(try await served.ask("GET", "/v2/models/\(name)", key: key).status == 404)
    #expect(
      try await served.ask("POST", "/v2/models/\(name)/infer", key: key, body: Question.body).status == 404)
    #expect(!FileManager.default.fileExists(atPath: "pwned"))
    try await served.stop()
  }

  /// Ray CVE-2023-48022: whoever is on the network is trusted.
  @Test func beingOnThisMachineIsNoCredential() async throws {
    let served = try await ServedStore()
    for field in [
      "X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1", "X-Real-IP: ::1", "Host: localhost",
      "X-Original-URL: /v2",
    ] {
      #expect(try await served.ask("GET", "/v2/models/digits", fields: [field]).status == 401, "\(field)")
      #expect(
        try await served.ask("POST", "/v2/models/digits/infer", fields: [field], body: Question.body).status
          == 401, "\(field)")
    }
    try await served.stop()
  }
}
