// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletAccess
import Testing

@Suite struct ResponsePolicyTests {
  @Test(arguments: [
    ("label-only", ResponsePolicy(labelOnly: true)), ("full", .full),
    ("decimals=2,top=3", ResponsePolicy(decimals: 2, top: 3)),
    ("temperature=2.5,watermark", ResponsePolicy(temperature: 2.5, watermark: true)),
  ])
  func whatIsWrittenReadsBackTheSame(_ text: String, _ policy: ResponsePolicy) throws {
    let read = try ResponsePolicy(text: text)
    #expect(read == policy)
    #expect(try ResponsePolicy(text: "\(read)") == policy)
    #expect(try JSONDecoder().decode(ResponsePolicy.self, from: JSONEncoder().encode(policy)) == policy)
  }

  @Test(arguments: [
    "", ",", "labels", "label-only=1", "decimals", "decimals=x", "decimals=7", "top=0", "top=1,top=2",
    "temperature=0", "temperature=nan", "watermark=no", "full,top=1", "decimals=2,",
  ])
  func whatIsNoResponseIsRefused(_ text: String) {
    #expect(throws: ResponseFault.self) { try ResponsePolicy(text: text) }
  }

  @Test func aMisspeltPartDoesNotGiveEverything() {
    for text in [#"{"labelonly": true}"#, #"{"labelOnly": true, "round": 1}"#, #"{"decimals": "2"}"#] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(ResponsePolicy.self, from: Data(text.utf8))
      }
    }
  }

  @Test func everyGrantThatAppliesTakesAway() {
    let anna = Principal(id: "p1", name: "anna", kind: .person)
    func response(_ grants: [Grant]) -> ResponsePolicy {
      grantedResponse(of: anna, on: "digits", grants: grants)
    }
    let wide = Grant(principal: "p1", role: .administrator)
    #expect(response([wide]).changesNothing)
    let narrow = Grant(
      principal: "p1", role: .predictor, models: "dig*",
      response: ResponsePolicy(decimals: 2, watermark: true))
    let top = Grant(principal: "p1", role: .operator, models: "digits", response: ResponsePolicy(decimals: 1))
    #expect(response([wide, narrow, top]) == ResponsePolicy(decimals: 1, watermark: true))
    // Of somebody else, on another model, by a role that asks nothing.
    let label = ResponsePolicy(labelOnly: true)
    for grant in [
      Grant(principal: "p2", role: .predictor, response: label),
      Grant(principal: "p1", role: .predictor, models: "other", response: label),
      Grant(principal: "p1", role: .viewer, response: label),
      Grant(principal: "p1", role: .predictor, effect: .deny, response: label),
    ] {
      #expect(response([wide, grant]).changesNothing)
    }
  }

  @Test func aGrantSaysWhyItCannotBeGiven() {
    let label = ResponsePolicy(labelOnly: true)
    #expect(Grant(principal: "p", role: .predictor, response: label).fault == nil)
    #expect(Grant(principal: "p", role: .viewer, response: label).fault?.contains("viewer") == true)
    #expect(Grant(principal: "p", role: .predictor, effect: .deny, response: label).fault != nil)
    #expect(Grant(principal: "p", role: .predictor, response: ResponsePolicy(top: 0)).fault != nil)
    #expect(
      "\(Grant(principal: "p", role: .predictor, response: label))"
        == "predictor on everything, answers label-only")
    #expect(
      Grant(principal: "p", role: .predictor, response: label).isSame(
        as: Grant(principal: "p", role: .predictor)))
  }
}
