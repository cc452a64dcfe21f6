// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import MartletFormats
import MartletRuntime

/// The examples a model is measured on.
struct Dataset {
  let inputs: Tensor
  let labels: [Int64]
  /// Of the file they came from.
  let digest: Digest

  /// Reads `x_test` and `y_test` from an npz file, or `x` and `y` where it has no separate test part.
  /// - Throws: ``StoreError/data(_:)``.
  init(npz path: String) throws(StoreError) {
    do {
      let bytes: Bytes
      do throws(BytesError) { bytes = try Bytes(contentsOf: path) } catch {
        throw StoreError.data("\(error)")
      }
      digest = .of(bytes)
      let archive = try NumpyArchive(bytes)
      let suffix = archive.names.contains("x_test") ? "_test" : ""
      guard let x = try archive["x" + suffix], let y = try archive["y" + suffix] else {
        throw StoreError.data(
          "\(path): expected the arrays x_test and y_test, or x and y; found "
            + (archive.names.isEmpty ? "none" : archive.names.joined(separator: ", "))
        )
      }
      guard x.descr.kind == "f" else {
        throw StoreError.data(
          "\(path): expected x\(suffix) as floating-point numbers in the model's own units, found \(x.descr.text)"
        )
      }
      guard x.shape.count >= 2, y.shape.count == 1, x.shape[0] == y.shape[0] else {
        throw StoreError.data(
          "\(path): expected one row of x\(suffix) for each label of y\(suffix), found the shapes \(x.shape) and \(y.shape)"
        )
      }
      guard "iu".contains(y.descr.kind) else {
        throw StoreError.data("\(path): expected y\(suffix) as whole numbers from 0, found \(y.descr.text)")
      }
      inputs = try Tensor(float32: x.float32(), shape: x.shape)
      labels = try y.int64()
    } catch let error as StoreError {
      throw error
    } catch {
      throw .data("\(path): \(error)")
    }
  }
}
