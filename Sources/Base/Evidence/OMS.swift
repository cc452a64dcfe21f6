// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The names of OpenSSF Model Signing 1.0.
package enum OMS {
  /// What a signed manifest is as an in-toto predicate.
  package static let predicateType = "https://model_signing/signature/v1.0"
  /// What it was before 1.0, with the files as subjects.
  package static let olderPredicateType = "https://model_signing/Digests/v0.1"
  package static let bundleType = "application/vnd.dev.sigstore.bundle.v0.3+json"
}
