// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import Testing

/// Whatever is in a model, there is a bill, and it says what could not be read.
@Suite struct HostileTests {
  private static func safetensors(_ header: String, data: Int = 0) -> Bytes {
    let text = Array(header.utf8)
    let size = UInt64(text.count)
    return Bytes(
      (0..<8).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) } + text + [UInt8](repeating: 0, count: data))
  }

  @Test func brokenFilesSayWhy() throws {
    let bill = try ModelFolder.bill([
      "a.safetensors": Self.safetensors(
        #"{"w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}"#, data: 4),
      "config.json": Bytes(utf8: #"{"model_type": "#), "fine.txt": Bytes(utf8: "fine"),
    ])
    #expect(bill.values("unread", of: "a.safetensors").count == 1)
    #expect(bill.values("unread", of: "a.safetensors").first?.contains("8 bytes") == true)
    #expect(!bill.values("unread", of: "config.json").isEmpty)
    #expect(bill.values("unread", of: "fine.txt") == [])
    let compositions = try #require(bill.json["compositions"] as? [[String: Any]])
    #expect(compositions.first?["aggregate"] as? String == "incomplete")
    #expect(compositions.first?["assemblies"] as? [String] == ["file:a.safetensors", "file:config.json"])
  }

  /// Cuts and flips in every fixture that is read here: no crash, and the digest is that of the bytes all the same.
  @Test(arguments: [
    "weights.safetensors", "tiny.gguf", "model.onnx", "state.pt", "new.h5", "arrays.npz", "objects.npy",
    "plain-2.pkl", "torch-legacy.pt", "quantised.onnx", "tensorflow/saved_model/variables/variables.index",
  ])
  func cutsAndFlips(_ name: String) throws {
    let path = Bill.fixtures.appendingPathComponent(name).path
    let whole = try Bytes(contentsOf: path).array()
    var files: [String: Bytes] = [:]
    for step in 0..<48 {
      let at = whole.count * step / 48
      files["cut-\(step)"] = Bytes(whole[..<at])
      var flipped = whole
      flipped[at] ^= 1 << UInt8(step % 8)
      flipped[whole.count - 1 - at] ^= 0x80
      files["flip-\(step)"] = Bytes(flipped)
    }
    let bill = try ModelFolder.bill(files)
    #expect(bill.files.count == files.count)
  }

  @Test func shapesThatOverflowAreSaidToDoSo() throws {
    // An empty tensor may have any other dimensions.
    let bill = try ModelFolder.bill([
      "a.safetensors": Self.safetensors(
        #"{"w": {"dtype": "U8", "shape": [0, 4611686018427387904], "data_offsets": [0, 0]}}"#)
    ])
    #expect(bill.values("parameters", of: "a.safetensors") == ["0"])
    // A tensor of ONNX whose numbers lie elsewhere states what it likes.
    func message(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
      [number << 3 | 2, UInt8(bytes.count)] + bytes
    }
    let dims: [UInt8] = [8] + [UInt8](repeating: 0xFF, count: 8) + [0x7F]
    let tensor = dims + dims + [16, 1] + message(8, Array("w".utf8)) + [112, 1]
    let model: [UInt8] = [8, 9] + message(7, message(5, tensor)) + message(8, [16, 17])
    let huge = try ModelFolder.bill(["m.onnx": Bytes(model)])
    #expect(huge.values("format", of: "m.onnx") == ["onnx"])
    #expect(huge.values("tensors", of: "m.onnx") == ["1"])
    #expect(huge.values("unread", of: "m.onnx").contains("the sizes of the tensors overflow"))
  }

  @Test func longTextsAreCutAndManyAreCounted() throws {
    let long = String(repeating: "x", count: 5000)
    let pairs = (0..<2000).map { "\"k\($0)\": \"\($0 == 0 ? long : "v")\"" }.joined(separator: ",")
    let bill = try ModelFolder.bill(["a.safetensors": Self.safetensors("{\"__metadata__\": {\(pairs)}}")])
    #expect(
      bill.values("safetensors:k0", of: "a.safetensors") == [
        String(repeating: "x", count: 1024) + "… (5000 bytes)"
      ])
    #expect(bill.values("unlisted", of: "a.safetensors") == ["976"])
  }

  @Test func dangerousPicklesAreListedLikeOthers() throws {
    // What a loader would do with it is for the scan to judge; the import is a fact.
    let payload = "cnumpy\nsave\n0cposix\nsystem\n0c__main__\nModel\n0cno such\nname\n0N."
    let bill = try ModelFolder.bill("a.pkl", payload)
    #expect(
      bill.values("pickle:import", of: "a.pkl") == [
        "__main__.Model", "no such.name", "numpy.save", "posix.system",
      ])
    #expect(bill.libraries == ["numpy"])
  }

  @Test func manyImportsAreCounted() throws {
    let payload = (0..<5000).map { "cm\($0)\nf\n0" }.joined() + "N."
    let bill = try ModelFolder.bill("a.pkl", payload)
    #expect(bill.values("pickle:import", of: "a.pkl").count == 4096)
    #expect(bill.values("pickle:unlisted_imports", of: "a.pkl") == ["904"])
    #expect(bill.libraries.count == 4096)
  }
}
