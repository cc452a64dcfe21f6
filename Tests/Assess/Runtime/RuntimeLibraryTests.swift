// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

@testable import MartletRuntime

@Suite struct RuntimeLibraryTests {
  @Test func opensTheLibraryThatTheTestsCameWith() throws {
    let library = try RuntimeLibrary.open()
    #expect(library.version.split(separator: ".").count == 3)
    #expect(library.path.contains("libonnxruntime"))
  }

  @Test func looksInTheUsualPlacesInOrder() {
    let search = RuntimeLibrary.Search(
      environment: ["HOME": "/home/ada"], executable: "/src/martlet/.build/x86_64/debug/martlet")
    #expect(
      search.directories == [
        "/home/ada/.martlet/lib", "/src/martlet/.build/x86_64/lib", "/src/martlet/.build/onnxruntime/lib",
        "/usr/local/lib", "/usr/lib",
      ])
    let installed = RuntimeLibrary.Search(
      environment: ["HOME": "/home/ada", "MARTLET_HOME": "/data"], executable: "/opt/martlet/bin/martlet")
    #expect(installed.directories == ["/data/lib", "/opt/martlet/lib", "/usr/local/lib", "/usr/lib"])
  }

  @Test func whatIsNamedIsNotReplacedByAnother() throws {
    let search = RuntimeLibrary.Search(
      environment: ["MARTLET_ONNXRUNTIME": "/no/such/library.so"], executable: "/bin/martlet")
    let error = #expect(throws: RuntimeError.libraryMissing(searched: ["/no/such/library.so"])) {
      try RuntimeLibrary.open(searching: search)
    }
    let message = try #require(error?.description)
    #expect(message.contains("/no/such/library.so"))
    #expect(message.contains("make onnxruntime") && message.contains("MARTLET_ONNXRUNTIME"))
  }

  @Test func saysWhyAFileIsNoLibrary() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("runtime \(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let search = RuntimeLibrary.Search(
      environment: ["MARTLET_ONNXRUNTIME": folder], executable: "/bin/martlet")
    #expect(throws: RuntimeError.libraryMissing(searched: [folder])) {
      try RuntimeLibrary.open(searching: search)
    }
    let file = folder + "/libonnxruntime.so.1.2.3"
    try Data("no library".utf8).write(to: URL(fileURLWithPath: file))
    let error = #expect(throws: RuntimeError.self) { try RuntimeLibrary.open(searching: search) }
    guard case .libraryUnusable(file, let reason) = error else { throw try #require(error) }
    #expect(!reason.isEmpty)
  }

  @Test func aLibraryWithAnotherPurposeIsNotTaken() {
    #expect(throws: RuntimeError.libraryUnusable(path: "libc.so.6", reason: "it is another library")) {
      try RuntimeLibrary(path: "libc.so.6")
    }
  }

  @Test func takesTheNewestOfADirectory() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("runtime \(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for name in ["libonnxruntime.so.1.9.0", "libonnxruntime.so.1.32.0", "libonnxruntime_providers_shared.so"]
    {
      try Data().write(to: URL(fileURLWithPath: folder + "/" + name))
    }
    #expect(RuntimeLibrary.library(at: folder) == folder + "/libonnxruntime.so.1.32.0")
  }

  @Test func messagesShowHostileNamesHarmlessly() {
    let error = RuntimeError.missingInput(name: "x\u{1B}[2J\u{202E}y\n")
    #expect(
      error.description == "the model needs the input 'x\\u{1b}[2J\\u{202e}y\\u{a}', which was not given")
  }
}
