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

/// What does it tell of the records that it was trained on?
package struct PrivacyFact: EvidencePredicate {
  package static let name = "privacy"
  package let at: Date
  package let members: Int
  package let nonmembers: Int
  /// The attack that was chosen, on the records that are not reported on.
  package let attack: String
  /// How many models like it the attack had; 0 where none could be made.
  package let shadows: Int
  package let auc: Double
  /// DeLong, 95 %.
  package let aucLow: Double
  package let aucHigh: Double
  /// The share of members found at 1 % false alarms; nil where there are too few records.
  package let tprAt1PctFpr: Double?
  /// Clopper and Pearson, 95 %.
  package let tprAt1PctFprLow: Double?
  package let tprAt1PctFprHigh: Double?
  /// What canaries prove, at ``delta`` with 95 % confidence; nil without canaries.
  package let epsilonLower: Double?
  /// What the training is said to guarantee at ``delta``: a claim, and no measurement.
  package let epsilon: Double?
  package let delta: Double
  /// From 1 to 5.
  package let risk: Int
  /// accept, review or reject.
  package let verdict: String
  /// The digest of the digests of the files of records.
  package let data: Digest

  private enum CodingKeys: String, CodingKey {
    case at, members, nonmembers, attack, shadows, auc, epsilon, delta, risk, verdict, data
    case aucLow = "auc_low"
    case aucHigh = "auc_high"
    case tprAt1PctFpr = "tpr_at_1pct_fpr"
    case tprAt1PctFprLow = "tpr_at_1pct_fpr_low"
    case tprAt1PctFprHigh = "tpr_at_1pct_fpr_high"
    case epsilonLower = "epsilon_lower"
  }
}

/// What was it trained on, and were the data what somebody has sealed?
package struct DataFact: EvidencePredicate {
  package static let name = "data"
  package let at: Date
  /// Of the dataset, as its manifest has it.
  package let digest: Digest
  package let name: String
  package let rows: Int
  package let columns: Int
  /// Of the tree over the rows.
  package let root: Digest
  /// When the data were sealed.
  package let sealed: Date
  /// How the key is named that has signed the manifest: SHA-256 of its PEM text.
  package let signer: String
  /// The digest of the signed manifest.
  package let manifest: Digest
}

/// Were the data that it was trained on manipulated, as far as one can see?
package struct IntegrityFact: EvidencePredicate {
  package enum Outcome: String, CaseIterable, Codable, Sendable { case clean, suspicious }

  package static let name = "integrity"
  package let at: Date
  /// The digest of the data, as a manifest of them has it.
  package let data: Digest
  package let outcome: Outcome
  package let rows: Int
  /// How many rows are suspicious.
  package let suspicious: Int
  /// The share of labels that are taken for wrong.
  package let wrongLabels: Double
  /// How many groups of rows and values may be there for a backdoor.
  package let triggers: Int
  /// How many pairs of classes have labels turned from one into the other.
  package let turned: Int
  /// The layer of the model that was looked at.
  package let layer: String?
}

/// Does it carry a backdoor, as far as one can see, and what became of it since its parent?
///
/// Either half may be missing: the names of the other are nil then.
package struct BackdoorFact: EvidencePredicate {
  package static let name = "backdoor"
  package let at: Date
  /// clean or suspicious; nil where no trigger was searched for.
  package let verdict: String?
  /// How far the most suspicious class is from clean models, in their deviations.
  package let score: Double?
  /// The share of clean models that have a class as far out.
  package let p: Double?
  /// The share below which it is suspicious.
  package let significance: Double?
  /// The class that inputs are turned into; nil where nothing is suspicious.
  package let target: Int?
  /// Clean models that it was compared with.
  package let references: Int?
  package let examples: Int?
  /// The digest of the data file.
  package let data: Digest?
  /// The digest of the parent; nil where there was none to compare with.
  package let parent: Digest?
  /// Tensors and nodes that changed since, and those that nobody had declared.
  package let changes: Int?
  package let undeclaredChanges: Int?
  /// Patterns of the names that were declared, with commas between them.
  package let declared: String?

  private enum CodingKeys: String, CodingKey {
    case at, verdict, score, p, significance, target, references, examples, data, parent, changes, declared
    case undeclaredChanges = "undeclared_changes"
  }
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
