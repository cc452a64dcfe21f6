// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import Testing

/// What the libraries that wrote the fixtures put into them is in their bills.
@Suite struct FormatTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    let file: String
    let format: String
    /// Tensors, parameters, and elements by type.
    let tensors: Int
    let parameters: Int
    let elements: [String: Int]
    var testDescription: String { file }

    init(_ file: String, _ format: String, _ tensors: Int, _ parameters: Int, _ elements: [String: Int]) {
      self.file = file
      self.format = format
      self.tensors = tensors
      self.parameters = parameters
      self.elements = elements
    }

    static let all = [
      Vector("weights.safetensors", "safetensors", 2, 16, ["F32": 12, "F16": 4]),
      Vector("lora.safetensors", "safetensors", 3, 7, ["F16": 6, "F32": 0, "I64": 1]),
      Vector("tiny.gguf", "gguf", 2, 1088, ["F32": 64, "Q8_0": 1024]),
      Vector("tiny-big-endian.gguf", "gguf", 1, 64, ["F32": 64]),
      Vector("array.npy", "npy", 1, 12, ["F32": 12]),
      Vector("arrays.npz", "npz", 2, 15, ["F32": 12, "I64": 3]),
      Vector("objects.npy", "npy", 1, 0, ["OBJECT": 4]),
      Vector("model.onnx", "onnx", 1, 12, ["F32": 12]),
      Vector("function.onnx", "onnx", 1, 12, ["F32": 12]),
      Vector("quantised.onnx", "onnx", 3, 14, ["F32": 1, "I8": 13]),
      Vector("input_0.pb", "onnx-tensor", 1, 12, ["F32": 12]),
      Vector("new.h5", "hdf5", 1, 6, ["F32": 6]),
      Vector("old.h5", "hdf5", 1, 6, ["INT64": 6]),
      Vector("model.keras", "keras", 4, 5, ["F32": 4, "INT64": 1]),
      Vector("state.pt", "torch", 7, 33, ["F32": 32, "I64": 1]),
      Vector("checkpoint.pt", "torch", 9, 37, ["BF16": 2, "F32": 34, "I64": 1]),
      Vector("torch-legacy.pt", "torch-legacy", 2, 8, ["F32": 8]),
      Vector("torchscript.pt", "torchscript", 2, 8, ["F32": 8]),
      Vector("logistic.skops", "skops", 4, 6, ["F64": 3, "I32": 1, "I64": 2]),
    ]
  }

  @Test(arguments: Vector.all)
  func tensorsAreCounted(_ vector: Vector) throws {
    let bill = try Bill(fixture: vector.file)
    #expect(bill.only("format") == [vector.format])
    #expect(bill.only("tensors") == ["\(vector.tensors)"])
    #expect(bill.only("parameters") == ["\(vector.parameters)"])
    for (type, count) in vector.elements { #expect(bill.only("elements:\(type)") == ["\(count)"]) }
    #expect(bill.only("unread") == [])
    // The model is the file.
    #expect(bill.values("parameters") == ["\(vector.parameters)"])
    for (type, count) in vector.elements { #expect(bill.values("elements:\(type)") == ["\(count)"]) }
  }

  @Test func onnxModelsTellWhoMadeThemAndWhatGoesIn() throws {
    let bill = try Bill(fixture: "logistic.onnx")
    #expect(bill.only("onnx:producer") == ["skl2onnx 1.20.0"])
    #expect(bill.only("onnx:ir_version") == ["10"])
    #expect(bill.only("onnx:opset") == ["ai.onnx.ml 1", "ai.onnx 9"])
    #expect(bill.only("onnx:nodes") == ["4"])
    #expect(bill.parameters["inputs"] as? [[String: String]] == [["format": "X: F32[?, 4]"]])
    #expect(
      bill.parameters["outputs"] as? [[String: String]] == [
        ["format": "output_label: I64[?]"],
        ["format": "output_probability: sequence of map of I64 to F32"],
      ])
    let named = try Bill(fixture: "model.onnx")
    #expect(named.only("onnx:input") == ["x: F32[batch, 3]", "c: BOOL[]"])
    // A name and a version that are empty are no producer.
    #expect(named.only("onnx:producer") == [])
  }

  @Test func ggufFilesTellTheirArchitecture() throws {
    let bill = try Bill(fixture: "tiny.gguf")
    #expect(bill.only("gguf:general.name") == ["tiny"])
    #expect(bill.only("gguf:llama.context_length") == ["16"])
    #expect(bill.parameters["architectureFamily"] as? String == "llama")
  }

  @Test func metadataOfSafetensorsIsKept() throws {
    let bill = try Bill(fixture: "lora.safetensors")
    #expect(bill.only("safetensors:modelspec.architecture") == ["sd-v1/lora"])
    #expect(bill.only("safetensors:format") == ["pt"])
  }

  @Test func whatArchivesContainIsTold() throws {
    #expect(try Bill(fixture: "archive.7z").only("contains") == ["json", "pickle"])
    #expect(try Bill(fixture: "model.keras").only("contains") == ["hdf5", "json", "keras-config"])
    // A pickle in a compressed file is a pickle.
    #expect(try Bill(fixture: "joblib.xz").only("contains") == ["pickle"])
  }

  @Test func picklesTellWhatTheyImportAndNeed() throws {
    let bill = try Bill(fixture: "sklearn-tree.joblib")
    #expect(
      bill.only("pickle:import") == [
        "joblib.numpy_pickle.NumpyArrayWrapper", "numpy._core.multiarray.scalar", "numpy.dtype",
        "numpy.ndarray", "sklearn.tree._classes.DecisionTreeClassifier", "sklearn.tree._tree.Tree",
      ])
    #expect(bill.libraries == ["joblib", "numpy", "sklearn"])
    let dependencies = try #require(bill.json["dependencies"] as? [[String: Any]])
    #expect(
      dependencies.map { $0["dependsOn"] as? [String] }
        == .init(
          repeating: ["library:joblib", "library:numpy", "library:sklearn", "platform:python"], count: 2))
    // A module of Python's own is no package, by whatever name Python 2 had for it.
    #expect(try Bill(fixture: "torch-module.pt").libraries == ["torch"])
    #expect(try Bill(fixture: "weights.safetensors").components.count == 1)
  }

  @Test func aCheckpointOfTensorFlowIsCountedByItsIndex() throws {
    let bill = try Bill(fixture: "tensorflow")
    let indices = bill.files.compactMap { $0["name"] as? String }.filter { $0.hasSuffix(".index") }
    try #require(!indices.isEmpty)
    for index in indices { #expect(bill.values("format", of: index) == ["tensorflow-checkpoint"]) }
    #expect(bill.values("parameters:tensorflow-checkpoint").count + bill.values("parameters").count == 1)
  }
}
