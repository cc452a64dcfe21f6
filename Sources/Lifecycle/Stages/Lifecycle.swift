// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletGate
package import MartletRobustness
package import MartletVerify

/// Takes a model through its life: the only place that runs stages, asks the gate and writes the record.
///
///     let lifecycle = Lifecycle(store: try Store(.standard()))
///     let report = try lifecycle.protect(ProtectOrder(path: "digits.onnx", data: "digits.npz"))
package struct Lifecycle: Sendable {
  package let store: Store

  package init(store: Store) {
    self.store = store
  }
}

/// What the user asks of ``Lifecycle/protect(_:progress:)``.
package struct ProtectOrder: Sendable {
  /// A file or a directory.
  package var path: String
  /// The model's name; the file's name when it is not given.
  package var name: String?
  /// An npz file to measure the model on.
  package var data: String?
  /// A signature file; when it is not given, the one that lies beside the model is looked at.
  package var signature: String?
  /// Whose signature is believed; nobody's when it is not given.
  package var signatureTrust: MartletVerify.Trust?
  /// The store's when it is nil.
  package var policy: Policy?
  /// Where the model is going to be used, for policies that tell environments apart.
  package var environment: String?
  /// Of the change that an attacker may make, as a fraction of each feature's range.
  package var radius: Float
  package var attack: AttackPlan
  package var principal: String

  package init(
    path: String, name: String? = nil, data: String? = nil, signature: String? = nil,
    signatureTrust: MartletVerify.Trust? = nil, policy: Policy? = nil, environment: String? = nil,
    radius: Float = 0.1, attack: AttackPlan = .fast,
    principal: String = Record.localPrincipal
  ) {
    self.path = path
    self.name = name
    self.data = data
    self.signature = signature
    self.signatureTrust = signatureTrust
    self.policy = policy
    self.environment = environment
    self.radius = radius
    self.attack = attack
    self.principal = principal
  }
}

/// What a long protect tells about itself.
package enum ProtectProgress: Sendable {
  case started(ProtectReport.Stage.Name, what: String)
  /// A fraction of the stage that runs.
  case fraction(Double, what: String)
  case finished(ProtectReport.Stage)
}
