// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletAccess
import MartletBytes
import MartletFiles

/// The keys of an identity provider in a file, which whoever runs this machine keeps up to date.
package struct KeySetFile: KeySetSource {
  private let path: String

  package init(_ path: String) { self.path = path }

  package func fetch() async throws(KeySetError) -> [UInt8] {
    do {
      guard let bytes = try WholeFile.read(path, atMost: Limits.keySet) else {
        throw KeySetError.unreachable("there is no file \(path)")
      }
      return bytes
    } catch let error as KeySetError {
      throw error
    } catch {
      throw .unreachable("\(error)")
    }
  }
}
