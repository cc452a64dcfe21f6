// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird
import MartletEvidence

/// The one stylesheet. Its address changes with its content, so that browsers may keep it.
enum Stylesheet {
  static let path = "/console.css?v=" + Digest.of(Array(text.utf8)).short

  static var response: Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/css; charset=utf-8", .cacheControl: "public, max-age=31536000, immutable",
      ], body: .init(byteBuffer: ByteBuffer(string: text)))
  }

  private static let text = paletteStyle + pageStyle + partsStyle
}
