// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird

struct SignInPage: Page {
  enum Way { case password, key }

  enum Failure {
    case password, code, key, provider
    /// Seconds.
    case wait(Int)

    var text: String {
      switch self {
      case .password: "Name and password do not open this console. They may be mistyped."
      case .code:
        "The password is right, and a code goes with it: type the password again, and the code that your app shows."
      case .key: "That key does not open this console. It may be mistyped, expired or revoked."
      case .provider: "That sign-in did not work. Try again, or ask whoever keeps this store."
      case .wait(let seconds): "There were too many attempts. Try again in \(seconds) seconds."
      }
    }
  }

  static let template = Templates.Name.signIn
  let chrome = Chrome("Sign in")
  let token: String
  let byPassword: Bool
  let wantsCode: Bool
  let failed: Bool
  let failure: String?
  let name: String?
  /// Who else tells who somebody is.
  let provider: String?
  /// Whether somebody may make the first account.
  let isUnadministered: Bool

  init(
    token: String, way: Way, failure: Failure?, name: String?, provider: String?, isUnadministered: Bool
  ) {
    self.isUnadministered = isUnadministered
    self.token = token
    byPassword = way == .password
    if case .code? = failure { wantsCode = true } else { wantsCode = false }
    failed = failure != nil
    self.failure = failure?.text
    self.name = name
    self.provider = provider
  }
}

/// Makes the first administrator.
struct FirstPage: Page {
  static let template = Templates.Name.first
  let chrome = Chrome("The first account")
  let token: String
  let failed: Bool
  let failure: String?
  let name: String?
}

/// Takes a browser that comes from a provider to where its cookie goes along.
struct ReturnPage: Page {
  static let template = Templates.Name.returning
  let chrome = Chrome("Signing in")
  let onward: String
}

struct ErrorPage: Page {
  static let template = Templates.Name.error
  let chrome: Chrome
  let title: String
  let advice: String

  static func response(_ refusal: ConsoleRefusal) -> Response {
    .page(
      ErrorPage(chrome: Chrome(refusal.title), title: refusal.title, advice: refusal.advice),
      status: refusal.status)
  }
}
