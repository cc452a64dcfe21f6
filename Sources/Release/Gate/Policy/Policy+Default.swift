// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

extension Policy {
  /// The text of the policy that holds when the user names none. `docs/policy.md` explains it.
  package static let defaultText = """
    name: default
    release:
      - require: scan.verdict == safe
        because: a file that is not proved harmless can run code where it is loaded
      - require: signature.outcome != invalid
        because: a signature that does not fit means that somebody changed the model
      - require: seal.sealed == true
        because: a thief with the disk must not be able to read the weights
      - require: robustness.clean.accuracy >= 0.8
        because: a model that is often wrong on ordinary data should not decide
      - require: robustness.linf[0.1].accuracy >= 0.2
        because: a model that a small change can always fool should not decide
      - require: robustness.trust != unreliable
        because: an attack that did not work properly proves nothing

    """

  /// The policy that holds when the user names none.
  // The text is a constant that a test reads.
  package static let standard = try! Policy(yaml: defaultText)
}
