// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// The unit for systemd and the settings that go with it, as systemd and the server read them.
@Suite struct ServiceUnitTests {
  private static let deploy =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path + "/deploy"

  let place = try! Workplace()

  /// The unit with the program of these tests, which stands elsewhere, in a folder without spaces.
  private func withUnit(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/unit-\(UUID())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let program = folder + "/martlet"
    try FileManager.default.createSymbolicLink(atPath: program, withDestinationPath: Program.martlet)
    let text = try String(contentsOfFile: Self.deploy + "/martlet.service", encoding: .utf8)
    #expect(text.contains("ExecStart=/usr/local/bin/martlet serve "))
    let unit = folder + "/martlet.service"
    try text.replacingOccurrences(of: "/usr/local/bin/martlet", with: program)
      .write(toFile: unit, atomically: false, encoding: .utf8)
    try await body(unit)
  }

  private func analyze(_ arguments: String...) async throws -> Program.Ended {
    try await Program(
      "/usr/bin/systemd-analyze", arguments, environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"],
      in: place.path, scratch: place.path + "/.printed"
    ).end()
  }

  @Test func systemdTakesEveryLineOfIt() async throws {
    try await withUnit { unit in
      let ended = try await analyze("verify", "--man=no", unit)
      #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.output)\(ended.errors)")
      // What is wrong would be said.
      let text = try String(contentsOfFile: unit, encoding: .utf8)
      try (text + "[Service]\nNoNewPrivilege=yes\n").write(toFile: unit, atomically: false, encoding: .utf8)
      #expect(try await !analyze("verify", "--man=no", unit).errors.isEmpty)
    }
  }

  /// Of 0 to 10, in systemd's own measure of what a service could do that it need not.
  @Test func systemdFindsLittleThatTheServiceCouldDo() async throws {
    try await withUnit { unit in
      let ended = try await analyze("security", "--offline=true", "--no-pager", "--threshold=14", unit)
      #expect(ended.status == 0, "\(ended.output)\(ended.errors)")
    }
  }

  @Test func theSettingsBesideItAreGood() async throws {
    let ended = try await place.martlet("serve", "--config", Self.deploy + "/serve.yaml", "--check")
    #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
  }
}
