// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
package import MartletFormats

/// The tensors of a sealed safetensors file, and where their bytes are in its plaintext.
package struct SealedTensors: Sendable {
  package let tensors: [Safetensors.Tensor]
  /// Bytes before the first tensor.
  fileprivate let start: Int

  package func place(of tensor: Safetensors.Tensor) -> Range<Int> {
    tensor.range.lowerBound + start..<tensor.range.upperBound + start
  }

  /// - Throws: ``TensorFault/missing(_:some:)`` with names that there are.
  package func named(_ name: String) throws(SealError) -> Safetensors.Tensor {
    guard let tensor = tensors.first(where: { $0.name == name }) else {
      throw .tensor(.missing(name, some: tensors.map(\.name)))
    }
    return tensor
  }
}

extension UnlockedFile {
  /// Opens only the header of a safetensors file, and the last chunk, which proves that the file is as long as it says.
  /// - Throws: ``TensorFault/notSafetensors(_:)`` and otherwise as ``read(_:)`` does.
  package func tensors() throws(SealError) -> SealedTensors {
    let length = try headerLength()
    let text = try read(8..<8 + length)
    let header = unsafe text.withUnsafeBytes { unsafe Bytes($0) }
    do throws(SafetensorsError) {
      let read = try Safetensors.read(header: header, dataCount: plainCount - 8 - length)
      return SealedTensors(tensors: read.tensors, start: 8 + length)
    } catch {
      throw .tensor(.notSafetensors("\(error)"))
    }
  }

  private func headerLength() throws(SealError) -> Int {
    guard plainCount >= 8 else { throw .tensor(.notSafetensors("it has \(plainCount) bytes")) }
    let start = try read(0..<8)
    let stated = (0..<8).reduce(UInt64(0)) { $0 | UInt64(start.span[$1]) << UInt64(8 * $1) }
    guard stated <= Limits.safetensorsHeader, Int(stated) <= plainCount - 8 else {
      throw .tensor(.notSafetensors("its header says it has \(stated) bytes"))
    }
    return Int(stated)
  }
}
