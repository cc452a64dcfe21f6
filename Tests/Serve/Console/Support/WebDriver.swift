// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

/// A real Chromium that a test drives, without a window (W3C WebDriver, through chromedriver).
///
/// Nothing in it is bound to a short time: what is looked for is waited for as long as a slow machine may take.
final class WebDriver: Sendable {
  private let driver: Process
  private let address: String
  private let session: String

  /// `MARTLET_BROWSER_PATIENCE` says less seconds, for whoever writes a test.
  private static let patience = TimeAmount.seconds(
    ProcessInfo.processInfo.environment["MARTLET_BROWSER_PATIENCE"].flatMap { Int64($0) } ?? 1_800)
  /// The shared one of the library waits for a minute and a half at most. This one lives as long as the process.
  private static let client = HTTPClient(
    eventLoopGroupProvider: .singleton,
    configuration: .init(timeout: .init(connect: patience, read: patience)))
  /// What a reference to an element is called (WebDriver, 12.1).
  private static let elementKey = "element-6066-11e4-a52e-4f735466cecf"

  private static var executable: String {
    ProcessInfo.processInfo.environment["MARTLET_CHROMEDRIVER"] ?? "/usr/bin/chromedriver"
  }

  init() async throws {
    try #require(
      FileManager.default.isExecutableFile(atPath: Self.executable),
      "chromedriver is missing: run Scripts/dependencies test, or set MARTLET_CHROMEDRIVER")
    let (driver, port) = try await Self.start()
    self.driver = driver
    address = "http://127.0.0.1:\(port)"
    do { session = try await Self.begin(address) } catch {
      kill(driver.processIdentifier, SIGKILL)
      throw error
    }
  }

  /// Runs `body` with a browser of its own, which is gone afterwards.
  static func browse(_ body: (WebDriver) async throws -> Void) async throws {
    let browser = try await WebDriver()
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body(browser)) } catch { outcome = .failure(error) }
    _ = try? await browser.ask(.DELETE, "")
    // It takes no notice of SIGTERM; its browser has ended with the session.
    kill(browser.driver.processIdentifier, SIGKILL)
    try outcome.get()
  }

  // MARK: Pages

  func open(_ address: String) async throws { try await ask(.POST, "/url", ["url": address]) }

  func reload() async throws { try await ask(.POST, "/refresh", [:]) }

  func location() async throws -> String { try #require(try await ask(.GET, "/url") as? String) }

  /// Forgets who is signed in.
  func forget() async throws { try await ask(.DELETE, "/cookie") }

  /// As a program would send it.
  func cookie() async throws -> String {
    let cookies = try #require(try await ask(.GET, "/cookie") as? [[String: Any]])
    return cookies.map { "\($0["name"] ?? "")=\($0["value"] ?? "")" }.joined(separator: "; ")
  }

  /// Waits until the page has an element with these words in its text.
  @discardableResult func see(_ words: String, in selector: String = "main") async throws -> String {
    let path = "//\(selector)//*[contains(normalize-space(.), \"\(words)\")]"
    let place = try await find("xpath", path)
    return try #require(try await ask(.GET, "/element/\(place)/text") as? String)
  }

  /// How many there are now.
  func count(_ selector: String) async throws -> Int {
    try #require(
      try await script("return document.querySelectorAll(arguments[0]).length", [selector]) as? Int)
  }

  func text(_ selector: String) async throws -> String {
    let place = try await find("css selector", selector)
    return try #require(try await ask(.GET, "/element/\(place)/text") as? String)
  }

  func attribute(_ name: String, of selector: String) async throws -> String? {
    let place = try await find("css selector", selector)
    return try await ask(.GET, "/element/\(place)/attribute/\(name)") as? String
  }

  func click(_ selector: String) async throws {
    let place = try await find("css selector", selector)
    try await ask(.POST, "/element/\(place)/click", [:])
  }

  func follow(_ link: String) async throws {
    let place = try await find("link text", link)
    try await ask(.POST, "/element/\(place)/click", [:])
  }

  func type(_ text: String, into selector: String) async throws {
    let place = try await find("css selector", selector)
    try await ask(.POST, "/element/\(place)/value", ["text": text])
  }

  /// Whatever a program on the page can say.
  @discardableResult func script(_ text: String, _ arguments: [Any] = []) async throws -> Any {
    try await ask(.POST, "/execute/sync", ["script": text, "args": arguments])
  }

  /// What the browser complained about since the last time, such as what the policy of a page forbids.
  func complaints() async throws -> [String] {
    let lines = try #require(try await ask(.POST, "/se/log", ["type": "browser"]) as? [[String: Any]])
    return lines.compactMap { $0["message"] as? String }
  }

  // MARK: Looks

  /// How the page is shown.
  func look(width: Int, height: Int, isPhone: Bool, isDark: Bool) async throws {
    try await developer(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": isPhone])
    try await developer(
      "Emulation.setEmulatedMedia",
      ["features": [["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]]])
  }

  func forbidScripts(_ isForbidden: Bool) async throws {
    try await developer("Emulation.setScriptExecutionDisabled", ["value": isForbidden])
  }

  /// The whole page, as PNG.
  func picture() async throws -> Data {
    let answer = try await developer(
      "Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true])
    let text = try #require((answer as? [String: Any])?["data"] as? String)
    return try #require(Data(base64Encoded: text))
  }

  @discardableResult private func developer(_ command: String, _ parameters: [String: Any]) async throws
    -> Any
  {
    try await ask(.POST, "/goog/cdp/execute", ["cmd": command, "params": parameters])
  }

  // MARK: Wire

  private func find(_ strategy: String, _ value: String) async throws -> String {
    let found = try await ask(.POST, "/element", ["using": strategy, "value": value])
    return try #require((found as? [String: Any])?[Self.elementKey] as? String)
  }

  @discardableResult private func ask(
    _ method: HTTPMethodName, _ path: String, _ body: [String: Any]? = nil
  ) async throws -> Any {
    try await Self.ask(method, "\(address)/session/\(session)\(path)", body)
  }

  private static func ask(
    _ method: HTTPMethodName, _ address: String, _ body: [String: Any]?
  ) async throws -> Any {
    var request = HTTPClientRequest(url: address)
    request.method = .RAW(value: method.rawValue)
    if let body {
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(try JSONSerialization.data(withJSONObject: body))
    }
    let answer = try await client.execute(request, timeout: patience)
    let bytes = Data(Array(buffer: try await answer.body.collect(upTo: 256 << 20)))
    let document = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    let value = document["value"] ?? NSNull()
    guard answer.status == .ok else {
      let error = value as? [String: Any]
      throw WebDriverError(
        what:
          "\(method.rawValue) \(address.split(separator: "/").suffix(2).joined(separator: "/")) \(body ?? [:])",
        reason: "\(error?["error"] ?? "") \(error?["message"] ?? "")")
    }
    return value
  }

  private static func begin(_ address: String) async throws -> String {
    let wait = Int(patience.nanoseconds / 1_000_000)
    let wanted: [String: Any] = [
      // The server's certificate is its own.
      "acceptInsecureCerts": true, "goog:loggingPrefs": ["browser": "ALL"],
      "timeouts": ["implicit": wait, "pageLoad": wait, "script": wait],
      "goog:chromeOptions": [
        "args": [
          "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run",
          "--disable-background-networking", "--disable-component-update", "--window-size=1280,900",
          "--force-color-profile=srgb", "--hide-scrollbars",
        ]
      ],
    ]
    var attempt = 0
    while true {
      attempt += 1
      do {
        let made = try await ask(
          .POST, "\(address)/session", ["capabilities": ["alwaysMatch": wanted]])
        return try #require((made as? [String: Any])?["sessionId"] as? String)
      } catch let error as WebDriverError {
        // On a machine that is very busy a browser may take longer to start than chromedriver waits.
        guard attempt < 10, error.reason.contains("session not created") else { throw error }
      }
    }
  }

  /// Starts chromedriver at a free port, which it says.
  private static func start() async throws -> (Process, Int) {
    let driver = Process()
    driver.executableURL = URL(fileURLWithPath: executable)
    driver.arguments = ["--port=0"]
    let output = Pipe()
    driver.standardOutput = output
    driver.standardError = FileHandle.nullDevice
    try driver.run()
    let port = await withCheckedContinuation { (said: CheckedContinuation<Int?, Never>) in
      DispatchQueue.global().async {
        var text = ""
        while true {
          let data = output.fileHandleForReading.availableData
          if data.isEmpty { return said.resume(returning: nil) }
          text += String(decoding: data, as: UTF8.self)
          if let match = text.firstMatch(of: #/started successfully on port (\d+)/#) {
            return said.resume(returning: Int(match.1))
          }
        }
      }
    }
    return (driver, try #require(port, "chromedriver did not start"))
  }
}

enum HTTPMethodName: String { case GET, POST, DELETE }

struct WebDriverError: Error, CustomStringConvertible {
  let what: String
  let reason: String

  var description: String { "\(what): \(reason)" }
}
