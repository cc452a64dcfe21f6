// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletEvidence
import MartletScan
import Testing

@Suite struct CatalogTests {
  @Test func codesAreSortedAndUnique() {
    let codes = Catalog.cards.map(\.code)
    #expect(codes == codes.sorted())
    #expect(Set(codes).count == codes.count)
    #expect(codes.allSatisfy { $0.wholeMatch(of: /MRT-[A-Z]{3}-[0-9]{3}/) != nil })
  }

  @Test func everyCardExplainsItself() {
    for card in Catalog.cards {
      #expect(Catalog.card(for: card.code) == card)
      #expect(Catalog.card(for: card.code.lowercased()) == card)
      for text in [card.name, card.finds, card.why, card.remedy] { #expect(text.count > 8, "\(card.code)") }
      for text in [card.finds, card.why, card.remedy] { #expect(text.hasSuffix("."), "\(card.code)") }
      #expect(card.verdict != .safe || card.severity == .info, "\(card.code)")
    }
    #expect(Catalog.card(for: "MRT-XXX-999") == nil)
  }

  @Test func theReportHasTheKeysOfTheFormat() throws {
    let report = PickleBuilder.system().scanned
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(report)) as? [String: Any]
    let artifact = (json?["artifacts"] as? [[String: Any]])?.first
    let finding = (artifact?["findings"] as? [[String: Any]])?.first
    #expect(json?["verdict"] as? String == "unsafe")
    #expect(Set(artifact?.keys.map { $0 } ?? []) == ["path", "format", "verdict", "findings"])
    #expect(finding?["rule"] as? String == "MRT-PKL-001")
    #expect(finding?["severity"] as? String == "critical")
    #expect(finding?["construct"] as? String == "os.system('id')")
    #expect(finding?["offset"] as? Int == 21)
    #expect(try JSONDecoder().decode(ScanReport.self, from: JSONEncoder().encode(report)) == report)
  }

  @Test func theWorseVerdictWins() {
    #expect(Verdict.allCases.sorted() == [.safe, .unknown, .incomplete, .unsafe])
    #expect(Verdict.safe.combine(.unknown) == .unknown)
    #expect(Verdict.unsafe.combine(.incomplete) == .unsafe)
  }
}
