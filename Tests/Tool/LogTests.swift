// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Testing

/// `martlet log` over the log of a store.
@Suite struct LogTests {
  let place = try! Workplace()

  @Test func everyFileOfTheLogIsGuarded() async throws {
    try await place.release(Example.network, as: "n")
    try await place.martlet("protect", Example.forest)
    try await place.expectIntactLog()

    let log = place.home + "/log"
    let files = try place.files(in: log)
    #expect(files.count >= 3)
    for (name, content) in files {
      for offset in Set([0, content.count / 2, content.count - 1]) {
        var changed = content
        changed[offset] ^= 1
        try changed.write(to: URL(fileURLWithPath: log + "/" + name))
        let ended = try await place.martlet("log", "verify")
        #expect(ended.status == 1, "\(name) at \(offset)")
        #expect(ended.errors == "")
        #expect(ended.output.contains(name), "\(name) at \(offset): \(ended.output)")
        #expect(ended.output.contains(name == "checkpoint" ? "nor any entry" : "entr"))
      }
      try content.write(to: URL(fileURLWithPath: log + "/" + name))
    }
    try await place.expectIntactLog()
  }

  @Test func theEntryThatWasChangedIsNamed() async throws {
    try await place.release(Example.network, as: "n")
    let name = try #require(try place.files(in: place.home + "/log").keys.first { $0.contains("entries") })
    let file = URL(fileURLWithPath: place.home + "/log/" + name)
    let content = try Data(contentsOf: file)
    var start = 0
    for index in 0..<4 {
      let length = Int(content[start]) << 8 | Int(content[start + 1])
      var changed = content
      changed[start + 2 + length / 2] ^= 1
      try changed.write(to: file)
      let text = try await place.martlet("log", "verify")
      #expect(text.output.contains("changed  entry \(index) in "), "\(text.output)")
      let ended = try await place.martlet("log", "verify", "--format", "json")
      #expect(ended.status == 1)
      let problems = try #require(try ended.json()["problems"] as? [[String: Any]])
      #expect(problems.count == 1)
      #expect(problems[0]["entries"] as? [Int] == [index, index + 1])
      start += 2 + length
    }
    #expect(start == content.count)
    try content.write(to: file)
    try await place.expectIntactLog()
  }

  @Test func aFileThatIsRemovedOrAddedIsNamed() async throws {
    try await place.release(Example.network, as: "n")
    let log = place.home + "/log"
    for (name, content) in try place.files(in: log) {
      try FileManager.default.removeItem(atPath: log + "/" + name)
      let ended = try await place.martlet("log", "verify")
      #expect(ended.status == 1)
      #expect(ended.output.contains(name))
      try content.write(to: URL(fileURLWithPath: log + "/" + name))
    }
    try Data("hello".utf8).write(to: URL(fileURLWithPath: log + "/notes.txt"))
    let ended = try await place.martlet("log", "verify")
    #expect(ended.status == 1)
    #expect(ended.output.contains("notes.txt"))
  }

  @Test func aCopyIsCheckedWithThePublicKeyAlone() async throws {
    try await place.release(Example.network, as: "n")
    try FileManager.default.copyItem(atPath: place.home + "/log", toPath: place("a copy"))
    try FileManager.default.copyItem(atPath: place.home + "/log.pub", toPath: place("log.pub"))
    let ended = try await place.martlet(
      "log", "verify", "--log", "a copy", "--key", "log.pub", environment: ["MARTLET_HOME": place("none")])
    #expect(ended.status == 0)
    #expect(ended.output.hasPrefix("intact  4 entries, root "))
    #expect(!FileManager.default.fileExists(atPath: place("none")))
  }

  @Test func showsWhoDidWhat() async throws {
    try await place.release(Example.network, as: "n")
    let shown = try await place.martlet("log", "show", "--last", "2")
    #expect(shown.status == 0)
    #expect(shown.lines.count == 2)
    #expect(shown.lines[0].hasPrefix("2  "))
    #expect(shown.lines[1].contains("release passed  n "))
    #expect(shown.lines[1].contains("by local:\(geteuid())"))
  }
}
