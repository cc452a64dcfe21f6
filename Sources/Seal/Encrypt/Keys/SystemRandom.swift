// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The system's cryptographic random numbers: `getrandom` on Linux.
enum SystemRandom {
  static func fill(_ memory: UnsafeMutableRawBufferPointer) {
    var generator = SystemRandomNumberGenerator()
    for index in 0..<memory.count { unsafe memory[index] = generator.next() }
  }

  static func bytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in generator.next() }
  }
}
