// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletScan

/// What libFuzzer calls with each input. The environment variable `FUZZ_TARGET` names the ``Target``; without it the whole
/// scanner reads the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  chosen(Bytes(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

private let chosen: Target.Body = {
  guard let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"], !name.hasPrefix("scan") else {
    return Target.scan
  }
  guard let body = Target.parsers[name] else {
    fatalError("expected a name from Fuzz/targets, found '\(name)'")
  }
  return body
}()
