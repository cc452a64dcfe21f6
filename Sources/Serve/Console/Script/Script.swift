// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird
import MartletEvidence

/// The one script. Its address changes with its content, so that browsers may keep it. It is on the pages that have something
/// live, and nowhere else.
enum Script {
  static let path = "/console.js?v=" + Digest.of(Array(text.utf8)).short

  static var response: Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/javascript; charset=utf-8", .cacheControl: "public, max-age=31536000, immutable",
      ], body: .init(byteBuffer: ByteBuffer(string: text)))
  }

  static let text = "\"use strict\";\n" + digestScript + uploadScript + trafficScript
}
