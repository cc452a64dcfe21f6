// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package struct AllowPack: Codable, Sendable {
  package let name: String; package let summary: String; package let isStandard: Bool
}
package enum AllowPacks { package static let all: [AllowPack] = [] }
extension Allowance { package init(_ names: [String]) throws { self.init(packs: [], patterns: names) } }
