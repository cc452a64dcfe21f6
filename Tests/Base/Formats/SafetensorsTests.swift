// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats
import Testing

@Suite struct SafetensorsTests {
  private func file(_ header: String, _ data: Int, length: Int? = nil) -> Bytes {
    let count = length ?? header.utf8.count
    return Bytes(
      (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) } + Array(header.utf8)
        + [UInt8](repeating: 0, count: data))
  }

  @Test func tensorsAndMetadataAreRead() throws {
    let read = try Safetensors(
      file(
        #"{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[],"data_offsets":[8,9]}}  "#,
        9))
    #expect(read.tensors.map(\.name) == ["a", "b"])
    #expect(read.tensors[0].shape == [2])
    #expect(read.tensors[1].range == 8..<9)
    #expect(read.metadata.map(\.value) == ["pt"])
  }

  @Test(arguments: [
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 7),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 9),
    (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, 8),
    (#"{"a":{"dtype":"X","shape":[2],"data_offsets":[0,8]}}"#, 8),
    (
      #"{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}"#,
      8
    ),
    (
      #"{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}"#,
      8
    ),
    (#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}"#, 8),
    (#"{"a":{"dtype":"U8","shape":[-4],"data_offsets":[0,8]}}"#, 8),
    (#"{"a":{"dtype":"U8","shape":[9223372036854775807,9],"data_offsets":[0,8]}}"#, 8),
    (#"{"a":{"dtype":"U8","shape":[8],"data_offsets":[8,0]}}"#, 8), (#"{"__metadata__":{"a":1}}"#, 0),
    (#"[]"#, 0), (#"{"#, 0),
    (#"{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8],"more":1}}"#, 8),
  ]) func whatBreaksTheFormatIsRefused(_ header: String, _ data: Int) {
    #expect(throws: SafetensorsError.self) { try Safetensors(file(header, data)) }
  }

  @Test func aHeaderBeyondTheFileOrTheLimitIsRefused() {
    #expect(throws: SafetensorsError.truncated(needed: 108, available: 10)) {
      try Safetensors(file("{}", 0, length: 100))
    }
    #expect(throws: SafetensorsError.self) { try Safetensors(file("{}", 0, length: .max)) }
    #expect(throws: SafetensorsError.truncated(needed: 8, available: 3)) {
      try Safetensors(Bytes([1, 2, 3]))
    }
  }
}
