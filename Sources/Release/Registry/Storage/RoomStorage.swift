// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletAccess

/// How much models may take, and which versions give up their files.
package protocol RoomStorage: Sendable {
  /// Sets the quota of a pattern, or another one.
  func set(_ quota: Quota, at time: Date) throws(RegistryError)

  /// - Throws: ``RegistryError/noSuchQuota(_:)``.
  func removeQuota(on models: NamePattern) throws(RegistryError)

  /// By pattern.
  func quotas() throws(RegistryError) -> [Quota]

  /// Sets the rule of a pattern, or another one.
  func set(_ rule: Retention, at time: Date) throws(RegistryError)

  /// - Throws: ``RegistryError/noSuchRetention(_:)``.
  func removeRetention(of models: NamePattern) throws(RegistryError)

  /// By pattern.
  func retentions() throws(RegistryError) -> [Retention]

  /// Says that the files of a version are given up, and retires what was not revoked.
  /// - Throws: ``RegistryError/noSuchNumber(model:number:)``.
  func giveUpFiles(of model: String, _ number: Int, at time: Date) throws(RegistryError)
}
