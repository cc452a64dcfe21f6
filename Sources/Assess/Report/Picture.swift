// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletFormats

/// A small picture inside of a page, as PNG (W3C PNG, third edition).
package struct Picture: Sendable {
  private let width: Int
  private let height: Int
  /// Red, green and blue of each pixel, or one grey.
  private let pixels: [UInt8]
  private let channels: Int

  /// The most pixels on a side that are shown.
  private static let longestSide = 512

  /// - Parameters:
  ///   - values: the channels one after the other, each row by row, from 0 to 1; others are cut off.
  ///   - shape: `[C, H, W]` with one or three channels, or `[H, W]`.
  /// - Returns: nil for any other shape.
  package init?(_ values: some RandomAccessCollection<Float>, shape: [Int]) {
    let dims = shape.count == 2 ? [1] + shape : shape
    guard dims.count == 3, dims[0] == 1 || dims[0] == 3, (2...Self.longestSide).contains(dims[1]),
      (2...Self.longestSide).contains(dims[2]), values.count == dims[0] * dims[1] * dims[2]
    else { return nil }
    (channels, height, width) = (dims[0], dims[1], dims[2])
    let area = width * height
    let all = Array(values)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(all.count)
    for pixel in 0..<area {
      for channel in 0..<dims[0] {
        let value = all[channel * area + pixel]
        pixels.append(value.isFinite ? UInt8((max(0, min(1, value)) * 255).rounded()) : 0)
      }
    }
    self.pixels = pixels
  }

  package var dataURI: String { "data:image/png;base64," + Data(png).base64EncodedString() }

  /// Rows without a filter, in stored blocks: pages with a few small pictures need no compression.
  var png: [UInt8] {
    var raw: [UInt8] = []
    let line = width * channels
    for row in 0..<height { raw += [0] + pixels[row * line..<(row + 1) * line] }
    var packed: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: raw.count, by: 0xFFFF) {
      let part = raw[start..<min(start + 0xFFFF, raw.count)]
      let count = UInt16(part.count)
      packed += [part.endIndex == raw.count ? 1 : 0, UInt8(truncatingIfNeeded: count), UInt8(count >> 8)]
      packed += [UInt8(truncatingIfNeeded: ~count), UInt8(~count >> 8)] + part
    }
    packed += Self.bytes(Self.adler(raw))
    let header = Self.bytes(UInt32(width)) + Self.bytes(UInt32(height))
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + Self.chunk("IHDR", header + [8, channels == 3 ? 2 : 0, 0, 0, 0]) + Self.chunk("IDAT", packed)
      + Self.chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
    let named = Array(name.utf8) + body
    return bytes(UInt32(body.count)) + named + bytes(Inflate.crc32(Bytes(named)))
  }

  private static func bytes(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func adler(_ bytes: [UInt8]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    return b << 16 | a
  }
}
