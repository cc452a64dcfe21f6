// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes

/// Documents that viewers run things from. Only those in which nothing can be run are harmless.
struct DocumentFormat: ScannedFormat {
  let name = "pdf"

  private static let active = [
    "/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/ObjStm", "/XFA", "/RichMedia", "/Encrypt",
    "/OpenAction",
    "/AA", "/SubmitForm", "/ImportData", "/GoToR", "/URI",
  ].map { Array($0.utf8) }

  func fits(_ bytes: Bytes) -> Bool { bytes.starts(with: Array("%PDF-".utf8)) }

  func scan(_ bytes: Bytes, at place: ArtifactScan.Place, in scan: inout ArtifactScan) -> String {
    let span = bytes.span
    for at in 0..<span.count where span[at] == UInt8(ascii: "/") {
      // A name may be written with `#` and two digits for any letter: nobody does but who hides one.
      if at + 12 < span.count, Self.isHidden(span.extracting(at + 1..<at + 12)) {
        scan.note("media.active", "expected plain names in the document, found one with codes", at: at, place)
        return name
      }
      for sign in Self.active where sign.count <= span.count - at {
        var same = 0
        while same < sign.count, span[at + same] == sign[same] { same += 1 }
        guard same == sign.count else { continue }
        scan.note(
          "media.active",
          "expected a document without actions, found \(String(decoding: sign, as: UTF8.self))",
          construct: String(decoding: sign, as: UTF8.self), at: at, place)
        return name
      }
    }
    judgeEnd(of: bytes, place, &scan)
    return name
  }

  /// The last mark of an end must stand where the file ends.
  private func judgeEnd(of bytes: Bytes, _ place: ArtifactScan.Place, _ scan: inout ArtifactScan) {
    let span = bytes.span
    let mark = Array("%%EOF".utf8)
    var at = bytes.count
    while at > 0, [0x20, 9, 10, 13].contains(span[at - 1]) { at -= 1 }
    if at >= mark.count, bytes.slice(at - mark.count..<at).starts(with: mark) { return }
    scan.report(.file(.pictureTail(offset: nil)), place)
    while at >= mark.count, !bytes.slice(at - mark.count..<at).starts(with: mark) { at -= 1 }
    guard at >= mark.count else { return }
    var inner = place.inside("bytes at \(at)")
    inner.isRawData = true
    scan.scan(bytes.slice(at..<bytes.count), as: inner)
  }

  private static func isHidden(_ name: Span<UInt8>) -> Bool {
    for at in 0..<name.count {
      switch name[at] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): continue
      case UInt8(ascii: "#"):
        // The codes of letters.
        return at + 1 < name.count && (UInt8(ascii: "4")...UInt8(ascii: "7")).contains(name[at + 1])
      default: return false
      }
    }
    return false
  }
}

/// Documents in marked-up text: pictures, pages, rich text.
struct MarkupProfile: TextProfile {
  let name: String
  private let starts: [String]

  static let svg = MarkupProfile(name: "svg", starts: ["<svg"])
  static let html = MarkupProfile(name: "html", starts: ["<!doctype html", "<html", "<body", "<head"])
  static let rtf = MarkupProfile(name: "rtf", starts: ["{\\rtf"])

  private static let active = [
    "<script", "javascript:", "vbscript:", "<foreignobject", "<iframe", "<object", "<embed", "<!entity",
    "onload=",
    "onerror=", "onclick=", "onmouseover=", "onfocus=", "onbegin=", "<animate", "<set ", "<handler",
    "data:text/html",
    "http-equiv=\"refresh", "http-equiv='refresh", "http-equiv=refresh", "<form", "rel=\"import", "\\objdata",
    "\\object", "\\field", "xlink:href=\"http",
  ].map { Array($0.utf8) }

  func fits(_ text: TextSample) -> Bool {
    guard !text.isJSON else { return false }
    let head = text.head.prefix(2048).lowercased()
    return name == "rtf"
      ? head.hasPrefix(starts[0])
      : starts.contains { head.contains($0) } && head.contains("<")
        && head.drop { $0.isWhitespace }.hasPrefix("<")
  }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    let span = text.bytes.span
    for at in 0..<span.count {
      for sign in Self.active where sign.count <= span.count - at {
        var same = 0
        while same < sign.count, Self.lower(span[at + same]) == sign[same] { same += 1 }
        guard same == sign.count else { continue }
        let found = String(decoding: sign, as: UTF8.self)
        scan.note(
          "media.active", "expected a document without actions, found \(found)", construct: found, at: at,
          place)
        return
      }
    }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
