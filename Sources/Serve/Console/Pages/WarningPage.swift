// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletLifecycle
import MartletRegistry

/// What happens to a version that is taken out of service, before it happens.
struct WarningPage: Page {
  static let template = Templates.Name.warning
  let chrome: Chrome
  let model: String
  let number: Int
  let path: String
  let verb: String
  let action: String
  let consequence: String
  let isGrave: Bool
  let token: String

  init(chrome: Chrome, _ change: Lifecycle.StateChange, _ version: ModelVersion, token: String) {
    self.chrome = chrome
    self.token = token
    model = version.model
    number = version.number
    path = version.path
    verb = change.rawValue.capitalized
    action = "\(version.path)/\(change.rawValue)"
    isGrave = change == .revoke
    consequence =
      switch change {
      case .quarantine:
        "It answers nobody from the next second on, under any name that has these files. It can be released again when the gate is asked anew."
      case .retire:
        "It answers nobody from the next second on, because it is not needed any more. It can come back."
      case .revoke:
        "It answers nobody from the next second on, and never again: these files cannot come back under any name. This cannot be taken back."
      }
  }
}
