// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Hummingbird
import MartletAccess
import MartletEvidence
import MartletGate
import MartletLifecycle
import MartletRegistry

/// A page that is not shown, or something that is not done. What it says tells nothing about the inside.
enum ConsoleRefusal: Error, Equatable, Sendable {
  case notSignedIn
  /// A form that did not come from a page of this server, or from one that is too old.
  case foreignForm
  case forbidden
  case notFound
  case malformed
  /// What was asked for cannot be done, for a reason that whoever asked may know.
  case refused(String)
  case tooLarge(String)
  case unavailable
  case failed

  init(_ status: HTTPResponse.Status) {
    switch status {
    case .notFound, .methodNotAllowed: self = .notFound
    default: self = status.code < 500 ? .malformed : .failed
    }
  }

  /// What the lifecycle refused, in its words; nil for what happened inside.
  init?(of error: any Error) {
    switch error {
    case RegistryError.database, RegistryError.tooNew: return nil
    case PushError.tooLarge: self = .tooLarge("\(error)")
    case is RegistryError, is RegistryDoorError, is AccessError, is PushError, is PolicyError,
      is PasswordFault,
      is ManifestError, StoreError.policy, StoreError.artifact:
      self = .refused(Wording.sentence("\(error)"))
    default: return nil
    }
  }

  var status: HTTPResponse.Status {
    switch self {
    case .notSignedIn: .seeOther
    case .foreignForm, .forbidden: .forbidden
    case .notFound: .notFound
    case .malformed: .badRequest
    case .refused: .conflict
    case .tooLarge: .contentTooLarge
    case .unavailable: .serviceUnavailable
    case .failed: .internalServerError
    }
  }

  var title: String {
    switch self {
    case .notSignedIn: "Sign in first"
    case .foreignForm: "That form has expired"
    case .forbidden: "You may not do this"
    case .notFound: "There is nothing here"
    case .malformed: "That request makes no sense"
    case .refused: "That was not done"
    case .tooLarge: "That is too much"
    case .unavailable: "Not now"
    case .failed: "Something went wrong"
    }
  }

  var advice: String {
    switch self {
    case .notSignedIn: "The page is for people who are signed in."
    case .foreignForm:
      "It was opened too long ago, or did not come from this console. Go back, reload the page and try again."
    case .forbidden: "You have no right to see or do that. An administrator can grant it."
    case .notFound: "The address leads nowhere. Perhaps it was mistyped."
    case .malformed: "The server could not read what your browser sent."
    case .refused(let why), .tooLarge(let why): why
    case .unavailable: "The server cannot write its log, and does nothing that it cannot record."
    case .failed: "The server failed to make this page. What happened is in its own log."
    }
  }
}
