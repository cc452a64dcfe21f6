// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import MartletEvidence
import MartletRegistry
import Testing

@testable import MartletLifecycle

/// Every page in a real browser, light and dark, on a desk and in a hand. The pictures are in `.build/screenshots`.
@Suite struct ScreenshotTests {
  private struct Look {
    let name: String
    let width: Int
    let isPhone: Bool
    let isDark: Bool
  }

  private static let looks = [
    Look(name: "desktop-light", width: 1_280, isPhone: false, isDark: false),
    Look(name: "desktop-dark", width: 1_280, isPhone: false, isDark: true),
    Look(name: "phone-light", width: 390, isPhone: true, isDark: false),
    Look(name: "phone-dark", width: 390, isPhone: true, isDark: true),
  ]

  private static let folder =
    URL(fileURLWithPath: ServedConsole.examples).deletingLastPathComponent()
    .appendingPathComponent(".build/screenshots")

  @Test func everyPageInEveryLook() async throws {
    try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
    let served = try await ServedConsole(Showroom.fill)
    let refused = try #require(try served.lifecycle.store.registry.subjectsWithoutVersion(limit: 10).first)
    let billing = try Showroom.id("billing", served.lifecycle)
    let key = try served.lifecycle.makeKey(for: "billing", kind: .service, role: .predictor, models: "digits")
    let pages = [
      ("home", "/"), ("models", "/models"), ("model", "/models/digits"), ("version", "/models/digits/1"),
      ("waiting", "/models/screening/1"), ("quarantined", "/models/triage/1"),
      ("refused", "/models/classifier/refused/\(refused.hex)"), ("warning", "/models/digits/1/revoke"),
      ("notice", "/models/digits/1?done=approved"), ("upload", "/upload?model=digits"),
      ("traffic", "/traffic"), ("guard", "/guard"),
      ("log", "/log"), ("log-search", "/log?action=approve&principal=berta"), ("proof", "/log/3"),
      ("policy", "/policy"), ("people", "/people?name=anna&action=approve&model=digits"),
      ("person", "/people/\(billing)"), ("missing", "/nowhere"),
    ]
    let empty = try await ServedConsole { _ in }
    try await WebDriver.browse { browser in
      for look in Self.looks {
        try await browser.look(width: look.width, height: 900, isPhone: look.isPhone, isDark: look.isDark)
        try await browser.open(empty.address("/first"))
        try await keep("first", look, browser)
      }
      for look in Self.looks {
        try await browser.look(width: look.width, height: 900, isPhone: look.isPhone, isDark: look.isDark)
        try await browser.open(served.address("/signin"))
        try await keep("signin", look, browser)
        try await browser.open(served.address("/signin/key"))
        try await keep("signin-key", look, browser)
      }
      for attempt in 0..<20 {
        _ = try await served.ask("digits", key: attempt % 5 == 0 ? nil : key)
      }
      try await served.signIn("carla", Showroom.password, browser)
      for look in Self.looks {
        try await browser.look(width: look.width, height: 900, isPhone: look.isPhone, isDark: look.isDark)
        for (name, path) in pages {
          try await browser.open(served.address(path))
          try await keep(name, look, browser)
        }
        try await browser.open(served.address("/policy"))
        try await browser.script(
          "document.querySelector('#policy').value = 'regulated'; document.querySelector('#version').value = 'digits:1'"
        )
        try await browser.click("form.stack button")
        try await browser.see("regulated about", in: "section")
        try await keep("policy-trial", look, browser)
      }
    }
    try await served.stop()
    try await empty.stop()
  }

  /// Takes the picture, and looks for what no picture shows.
  private func keep(_ page: String, _ look: Look, _ browser: WebDriver) async throws {
    let file = Self.folder.appendingPathComponent("\(page)-\(look.name).png")
    try await browser.picture().write(to: file)
    let sideways = try await browser.script(
      "return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    #expect(sideways as? Int == 0, "\(page) is too wide for \(look.name)")
    let heads = try await browser.script("return document.querySelectorAll('h1').length")
    #expect(heads as? Int == 1, "\(page)")
    let nameless = try await browser.script(
      """
      return Array.from(document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a, progress"))
        .filter(e => !(e.labels && e.labels.length) && !e.textContent.trim() && !e.ariaLabel)
        .map(e => e.outerHTML)
      """)
    #expect((nameless as? [String])?.isEmpty == true, "\(page): \(nameless)")
    let twice = try await browser.script(
      """
      const ids = Array.from(document.querySelectorAll("[id]"), e => e.id);
      return ids.filter((id, place) => ids.indexOf(id) !== place)
      """)
    #expect((twice as? [String])?.isEmpty == true, "\(page): \(twice)")
    let complaints = try await browser.complaints().filter { !$0.contains("404 ()") }
    #expect(complaints.isEmpty, "\(page): \(complaints)")
  }
}
