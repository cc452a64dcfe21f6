// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird

struct SignInPage: Page {
  static let template = Templates.Name.signIn
  let chrome = Chrome("Sign in")
  let token: String
  let failed: Bool
}

struct ErrorPage: Page {
  static let template = Templates.Name.error
  let chrome: Chrome
  let title: String
  let advice: String

  static func response(_ refusal: ConsoleRefusal) -> Response {
    let page = ErrorPage(chrome: Chrome(refusal.title), title: refusal.title, advice: refusal.advice)
    return .page(Templates.render(page), status: refusal.status)
  }
}
