// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// A row of evidence that nothing was checked of.
package struct EvidenceRow: Sendable {
  package let id: String
  package let subject: String
  package let name: String
  package let envelope: [UInt8]

  package init(id: String, subject: String, name: String, envelope: [UInt8]) {
    self.id = id
    self.subject = subject
    self.name = name
    self.envelope = envelope
  }
}
