// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletEvidence
import Testing

/// What holds of every bill.
@Suite struct BillTests {
  @Test func theSameBytesMakeTheSameDocument() throws {
    let files = [
      "a.pt": try Bytes(contentsOf: Bill.fixtures.path + "/checkpoint.pt"),
      "b/c.onnx": try Bytes(contentsOf: Bill.fixtures.path + "/model.onnx"),
    ]
    let first = try ModelFolder.bill(files)
    #expect(first.bytes == (try ModelFolder.bill(files)).bytes)
    let other = try ModelFolder.bill(["a.pt": files["a.pt"]!])
    let serials = [first, other].map { $0.json["serialNumber"] as? String ?? "" }
    #expect(serials[0] != serials[1])
    #expect(
      serials.allSatisfy {
        $0.wholeMatch(of: #/urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#)
          != nil
      })
    #expect(first.metadata["timestamp"] == nil)
  }

  @Test func digestsAreThoseOfTheSignature() throws {
    let folder = try ModelFolder(["a": Bytes(utf8: "first"), "b": Bytes(utf8: "second")])
    defer { folder.remove() }
    let bill = try Bill(of: folder.path)
    let manifest = try Artifact(opening: folder.path).manifest
    #expect(
      bill.model["hashes"] as? [[String: String]] == [["alg": "SHA-256", "content": manifest.root.hex]])
    #expect(
      bill.files.map { ($0["hashes"] as? [[String: String]])?.first?["content"] }
        == manifest.resources.map(\.digest.hex))
    #expect(bill.values("size", of: "b") == ["6"])
    #expect(bill.values("files") == ["2"])
  }

  @Test func twoFormatsOfOneModelAreNotAddedUp() throws {
    let bill = try ModelFolder.bill([
      "model.safetensors": try Bytes(contentsOf: Bill.fixtures.path + "/weights.safetensors"),
      "model.pt": try Bytes(contentsOf: Bill.fixtures.path + "/state.pt"),
    ])
    #expect(bill.values("parameters") == [])
    #expect(bill.values("parameters:safetensors") == ["16"])
    #expect(bill.values("parameters:torch") == ["33"])
  }

  @Test func shardsOfOneFormatAreAddedUp() throws {
    let weights = try Bytes(contentsOf: Bill.fixtures.path + "/weights.safetensors")
    let bill = try ModelFolder.bill(["1.safetensors": weights, "2.safetensors": weights])
    #expect(bill.values("parameters") == ["32"])
    #expect(bill.values("elements:F32") == ["24"])
  }

  @Test func configurationAndCardFillTheModelCard() throws {
    let bill = try ModelFolder.bill([
      "config.json": Bytes(
        utf8: #"{"architectures": ["BertForMaskedLM"], "model_type": "bert", "torch_dtype": "float16"}"#),
      "README.md": Bytes(
        utf8: """
          ---
          license: MIT
          pipeline_tag: fill-mask
          datasets:
          - wikipedia
          - bookcorpus
          base_model: someone/bert
          ---
          # Bert
          """),
      "other/config.json": Bytes(utf8: #"{"model_type": "vit"}"#),
    ])
    #expect(bill.parameters["modelArchitecture"] as? String == "BertForMaskedLM")
    #expect(bill.parameters["architectureFamily"] as? String == "bert")
    #expect(bill.parameters["task"] as? String == "fill-mask")
    #expect(
      (bill.parameters["datasets"] as? [[String: String]])?.map { $0["name"] } == ["wikipedia", "bookcorpus"])
    #expect(bill.values("config:torch_dtype", of: "config.json") == ["float16"])
    #expect(bill.values("config:model_type", of: "other/config.json") == ["vit"])
    let ancestors = (bill.model["pedigree"] as? [String: Any])?["ancestors"] as? [[String: String]]
    #expect(ancestors?.map { $0["name"] } == ["someone/bert"])
    #expect(bill.licences == ["declared MIT"])
  }
}
