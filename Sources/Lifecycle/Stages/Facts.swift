// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import Foundation
package import MartletEvidence
package import MartletGate
package import MartletScan

// What each stage found, as the statements say it. The names are those that policies use.

/// Is the file what it says, and harmless?
package struct ScanFact: EvidencePredicate {
  package static let name = "scan"
  package let at: Date
  package let verdict: Verdict
  package let format: String
  /// The rules that were applied.
  package let rules: String
  package let findings: [Finding]
  /// What could do harm elsewhere and is covered here, as in a certificate of `martlet scan`; nil in evidence from before
  /// there were certificates.
  package var constructs: [Construct]?
  package let resources: [Manifest.Resource]
}

/// Does a signature come with it, and does it fit?
package struct SignatureFact: EvidencePredicate {
  package enum Outcome: String, CaseIterable, Codable, Sendable {
    /// It fits a key the user trusts, and the files.
    case verified
    /// There is one, but no key to check it with.
    case unchecked
    case absent
    case invalid
  }

  package static let name = "signature"
  package let at: Date
  package let outcome: Outcome
  /// The name the signer gave the model.
  package let subject: String?
  /// The key that signed it.
  package let key: String?
  package let reason: String?
  /// Who signed it: the names in the certificate, with commas between them; nil where a key alone was checked.
  package var signer: String?
  /// The root that vouches for the signer.
  package var root: String?
}

/// Is it encrypted, and for whom?
package struct SealFact: EvidencePredicate {
  package static let name = "seal"
  package let at: Date
  package let sealed: Bool
  package let format: String
  package let recipients: [String]
  package let resources: [Manifest.Resource]
}

/// How does it answer, and how under attack?
package struct RobustnessFact: EvidencePredicate {
  package struct Accuracy: Codable, Sendable, Equatable {
    /// A fraction.
    package let accuracy: Double
    /// Wilson, 95 %.
    package let low: Double
    package let high: Double
  }

  package struct Check: Codable, Sendable, Equatable {
    package let name: String
    package let trust: String
    package let detail: String
  }

  /// Under attacks that keep to the schema of a table. They can do less than others, so that their numbers stand apart.
  package struct Table: Codable, Sendable, Equatable {
    package let schema: Digest
    package let linf: [String: Accuracy]?
    package let l2: [String: Accuracy]?
  }

  package static let name = "robustness"
  package let at: Date
  package let examples: Int?
  package let clean: Accuracy?
  /// By radius, in the maximum norm: `linf[0.1]`.
  package let linf: [String: Accuracy]?
  /// By radius, in L2.
  package let l2: [String: Accuracy]?
  package let table: Table?
  package let attack: String?
  /// What was taken for the logits.
  package let differentiated: String?
  /// reliable, suspect or unreliable.
  package let trust: String?
  package let checks: [Check]?
  /// The digest of the data file it was measured on.
  package let data: Digest?
  /// Why there is no number, where there is none.
  package let reason: String?
}

/// How does it answer on pictures that nobody changed on purpose, but weather, cameras and files did?
///
/// A kind of its own, so that it takes no assessment's place. Left only by a whole measurement: every corruption that can
/// change such pictures, at every severity.
package struct CorruptionFact: EvidencePredicate {
  package static let name = "corruptions"
  package let at: Date
  package let examples: Int
  package let clean: RobustnessFact.Accuracy
  /// The mean over all corruptions and severities, a fraction.
  package let accuracy: Double
  /// The mean over the severities, by corruption.
  package let each: [String: Double]
  /// The corruption that leaves least.
  package let worst: String
  /// Whose constants were used: `CIFAR-10-C` or `ImageNet-C`.
  package let constants: String
  package let seed: UInt64
  /// The digest of the data file it was measured on.
  package let data: Digest
}

/// What does it cost to steal?
///
/// Left only by a whole assessment: every attack, on every form of answers.
package struct TheftFact: EvidencePredicate {
  package struct Price: Codable, Sendable, Equatable {
    /// The middle one over the seeds; as many as were asked where no copy got there.
    package let queries: Int
    package let reached: Bool
  }

  package static let name = "theft"
  package let at: Date
  /// By the form of answers and the share of inputs that a copy answers alike: `price.label[95].queries`.
  package let price: [String: [String: Price]]
  /// The form of answers that is advised, and how many one customer should get.
  package let advised: String
  package let budget: Int?
  /// Whether solving equations gives the weights.
  package let linear: Bool
  /// Questions that a thief asked at most.
  package let queries: Int
  package let seeds: Int
  package let examples: Int
  /// The digest of the data file.
  package let data: Digest
}

/// May it be released?
package struct DecisionFact: EvidencePredicate {
  package static let name = "decision"
  package let at: Date
  package let decision: Decision
}

/// A released version no longer satisfies, and goes on answering for the time being.
package struct ViolationFact: EvidencePredicate {
  package static let name = "violation"
  package let at: Date
  /// When it was first noticed.
  package let since: Date
  /// When it stops answering; nil when the policy only warns.
  package let until: Date?
  package let decision: Decision
}

/// Which policy holds in an environment of this store?
package struct PolicyFact: EvidencePredicate {
  package static let name = "policy"
  package let at: Date
  /// Empty for a store that knows no environments.
  package let environment: String
  package let policy: String
  package let text: String
}
