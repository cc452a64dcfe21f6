// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Hummingbird
import MartletAccess
import MartletEncrypt
import MartletEvidence
import MartletGate
import MartletLifecycle
import MartletRegistry

extension Refusal {
  /// What the registry says to the asker. `nil` for what is about the inside of the server, which stays there.
  init?(ofRegistry error: any Error) {
    let status: HTTPResponse.Status? =
      switch error {
      case let error as RegistryDoorError: Self.status(error)
      case let error as RegistryError: Self.status(error)
      case let error as PushError: Self.status(error)
      case is ManifestError, is AttestationError, is PolicyError: .badRequest
      case AccessError.name, AccessError.grant: .badRequest
      case is GuardDeskError: .notFound
      case is AccessError: .conflict
      case StoreError.policy, StoreError.artifact: .badRequest
      default: nil
      }
    guard let status else { return nil }
    self.init(status: status, message: "\(error)")
  }

  private static func status(_ error: RegistryDoorError) -> HTTPResponse.Status {
    switch error {
    case .noModel: .notFound
    case .notGiven, .filesRemoved, .otherFiles, .quota: .conflict
    case .versionName, .aliasName, .tagName, .tagValue, .reason: .badRequest
    }
  }

  private static func status(_ error: RegistryError) -> HTTPResponse.Status? {
    switch error {
    case .noSuchVersion, .noSuchNumber, .noSuchAlias, .noSuchKey, .noSuchPrincipal, .noSuchGrant,
      .noSuchQuota,
      .noSuchRetention:
      .notFound
    case .transition, .tooManyKeys, .identityTaken, .administered, .nameTaken: .conflict
    case .database, .tooNew: nil
    }
  }

  private static func status(_ error: PushError) -> HTTPResponse.Status {
    switch error {
    case .noSuchPush, .noSuchPiece: .notFound
    case .incomplete, .changed: .conflict
    case .tooMany: .tooManyRequests
    case .tooLarge: .contentTooLarge
    case .modelName, .fileName, .files, .size, .empty, .signature, .piece: .badRequest
    }
  }
}
