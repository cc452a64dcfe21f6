// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Why a witness does not sign, with the status that its HTTP answer has (C2SP tlog-witness).
package enum WitnessRefusal: Error, Equatable, Sendable {
  /// The request is not of the protocol's form.
  case malformed(String)
  /// The witness does not watch this log.
  case unknownLog
  /// The checkpoint is not signed by the log's key that the witness knows.
  case notSigned
  /// The witness has signed a checkpoint of another size last.
  case conflict(size: UInt64)
  /// The checkpoint is no continuation of what the witness has signed: another history, or a wrong proof.
  case inconsistent(String)
  /// The witness could not keep what it would have signed.
  case unavailable(LogError)

  package var status: Int {
    switch self {
    case .malformed: 400
    case .unknownLog: 404
    case .notSigned: 403
    case .conflict: 409
    case .inconsistent: 422
    case .unavailable: 500
    }
  }
}

extension WitnessRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let reason): "expected a request as C2SP tlog-witness has it, but \(reason)"
    case .unknownLog: "expected a log that this witness watches, found another origin"
    case .notSigned: "expected a checkpoint signed by the key that this witness knows for its origin"
    case .conflict(let size): "expected a proof from size \(size), the last that this witness has signed"
    case .inconsistent(let reason): "the checkpoint does not continue what this witness has signed: \(reason)"
    // Details are for whoever runs the witness.
    case .unavailable: "the witness cannot keep its state"
    }
  }
}
