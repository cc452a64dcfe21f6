// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird

/// A page that is not shown. What it says tells nothing about the inside.
enum ConsoleRefusal: Error, Equatable, Sendable {
  case notSignedIn
  /// A form that did not come from a page of this server, or from one that is too old.
  case foreignForm
  case forbidden
  case notFound
  case malformed
  case unavailable
  case failed

  init(_ status: HTTPResponse.Status) {
    switch status {
    case .notFound, .methodNotAllowed: self = .notFound
    default: self = status.code < 500 ? .malformed : .failed
    }
  }

  var status: HTTPResponse.Status {
    switch self {
    case .notSignedIn: .seeOther
    case .foreignForm, .forbidden: .forbidden
    case .notFound: .notFound
    case .malformed: .badRequest
    case .unavailable: .serviceUnavailable
    case .failed: .internalServerError
    }
  }

  var title: String {
    switch self {
    case .notSignedIn: "Sign in first"
    case .foreignForm: "That form has expired"
    case .forbidden: "You may not see this"
    case .notFound: "There is nothing here"
    case .malformed: "That request makes no sense"
    case .unavailable: "Not now"
    case .failed: "Something went wrong"
    }
  }

  var advice: String {
    switch self {
    case .notSignedIn: "The page is for people who are signed in."
    case .foreignForm:
      "It was opened too long ago, or did not come from this console. Go back, reload the page and try again."
    case .forbidden: "Your key has no right to do that. An administrator can grant it."
    case .notFound: "The address leads nowhere. Perhaps it was mistyped."
    case .malformed: "The server could not read what your browser sent."
    case .unavailable: "The server cannot write its log, and does nothing that it cannot record."
    case .failed: "The server failed to make this page. What happened is in its own log."
    }
  }
}
