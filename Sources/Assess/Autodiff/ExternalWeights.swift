// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
package import MartletFormats
import MartletONNXSchema

extension ONNXModel {
  /// The same model with the weights that lie in other files brought in.
  ///
  /// ONNX Runtime gets models whole and opens no file for them; so does the gradient engine. The files must lie in the
  /// model's own folder or below: a location that is absolute, goes up, or has a link on its way is refused, since a hostile
  /// model could make any file of the machine its weights with it. Tensors inside of subgraphs stay where they are.
  ///
  /// - Parameter folder: where the model's file lies. The user names it, so it may be reached through a link.
  /// - Throws: ``AutodiffError/externalWeights(tensor:reason:)``, and ``AutodiffError/tooLarge`` for more than 2 GiB.
  package func withWeightsInside(from folder: String) throws(AutodiffError) -> ONNXModel {
    var proto = proto
    var reader = ExternalWeights(folder: folder)
    for place in proto.graph.initializer.indices {
      try reader.bring(in: &proto.graph.initializer[place])
    }
    for node in proto.graph.node.indices {
      for place in proto.graph.node[node].attribute.indices
      where proto.graph.node[node].attribute[place].hasT {
        try reader.bring(in: &proto.graph.node[node].attribute[place].t)
      }
    }
    do { return try ONNXModel(proto) } catch { throw .invalidGraph("\(error)") }
  }
}

extension ONNXModel {
  /// Whether weights lie in other files.
  package var hasWeightsOutside: Bool {
    proto.graph.initializer.contains { $0.isExternal || !$0.externalData.isEmpty }
  }

  /// The bytes of the model with its weights brought in, as ``withWeightsInside(from:)``.
  package func bytesWithWeightsInside(from folder: String) throws(AutodiffError) -> [UInt8] {
    try withWeightsInside(from: folder).proto.serializedModel()
  }
}

/// Reads parts of files below a folder.
private struct ExternalWeights {
  let folder: String
  private var total = 0

  init(folder: String) { self.folder = folder }

  mutating func bring(in tensor: inout ONNXTensorProto) throws(AutodiffError) {
    guard tensor.isExternal || !tensor.externalData.isEmpty else { return }
    let name = tensor.name
    func refused(_ reason: String) -> AutodiffError { .externalWeights(tensor: name, reason: reason) }
    var facts: [String: String] = [:]
    for entry in tensor.externalData where facts.updateValue(entry.value, forKey: entry.key) != nil {
      // Readers differ in which of several they take.
      throw refused("it says its \(shown(entry.key)) twice")
    }
    guard let location = facts["location"] else { throw refused("it does not say which file") }
    guard let size = tensor.byteCount else { throw refused("its shape and type make no size") }
    guard let offset = Int(facts["offset"] ?? "0"), offset >= 0,
      Int(facts["length"] ?? "\(size)") == size
    else { throw refused("expected \(size) bytes at an offset, found other numbers") }
    guard !tensor.hasRawData || tensor.rawData.isEmpty else { throw refused("it has values of its own too") }
    let (sum, overflow) = total.addingReportingOverflow(size)
    guard !overflow, sum < 1 << 31 else { throw .tooLarge }
    total = sum
    let file = try ContainedFile(location, in: folder, refused)
    tensor.rawData = try file.read(at: offset, count: size, refused)
    tensor.externalData = []
    tensor.dataLocation = .default
  }
}

/// A file below a folder, opened name by name, so that no link can lead elsewhere.
private struct ContainedFile: ~Copyable {
  private let descriptor: Int32

  init(
    _ location: String, in folder: String, _ refused: (String) -> AutodiffError
  ) throws(AutodiffError) {
    let names = location.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = location.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\\" && $0 != ":" }
    guard isPlain, !location.hasPrefix("/"), (1...16).contains(names.count), location.utf8.count <= 1024,
      names.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." })
    else {
      throw refused("expected a path inside of the model's folder, found \(shown(location))")
    }
    var current = unsafe open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
    guard current >= 0 else { throw refused("the folder \(shown(folder)) cannot be opened") }
    for (index, name) in names.enumerated() {
      let kind = index == names.count - 1 ? O_NONBLOCK | O_NOCTTY : O_DIRECTORY
      let next = unsafe openat(current, String(name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | kind)
      let reason = errno
      close(current)
      guard next >= 0 else {
        throw refused(
          reason == ELOOP || reason == ENOTDIR
            ? "there is a link on the way to \(shown(location))" : "\(shown(location)) cannot be opened")
      }
      current = next
    }
    var facts = stat()
    guard unsafe fstat(current, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      close(current)
      throw refused("\(shown(location)) is no file")
    }
    descriptor = current
  }

  deinit { close(descriptor) }

  /// - Throws: when the file ends before. Memory is asked for only when there is enough in the file.
  func read(
    at offset: Int, count: Int, _ refused: (String) -> AutodiffError
  ) throws(AutodiffError) -> Data {
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0, offset <= Int(facts.st_size),
      count <= Int(facts.st_size) - offset
    else { throw refused("its file is too short for \(count) bytes at \(offset)") }
    var data = Data(count: count)
    let complete = unsafe data.withUnsafeMutableBytes { buffer in
      var filled = 0
      while filled < count {
        guard let start = buffer.baseAddress else { return false }
        let got = unsafe pread(descriptor, start + filled, count - filled, off_t(offset + filled))
        if got < 0 && errno == EINTR { continue }
        if got <= 0 { return false }
        filled += got
      }
      return true
    }
    guard complete else { throw refused("its file became shorter while it was being read") }
    return data
  }
}

extension ONNXTensorProto {
  /// The size of the elements in a file, or nil when the shape or the type is impossible.
  fileprivate var byteCount: Int? {
    guard let count = elementCount else { return nil }
    let bits: Int
    switch ElementType(rawValue: Int(dataType)) {
    case .double, .int64, .uint64, .complex64: bits = 64
    case .complex128: bits = 128
    case .float, .int32, .uint32: bits = 32
    case .float16, .bfloat16, .int16, .uint16: bits = 16
    case .int8, .uint8, .bool, .float8E4M3Fn, .float8E4M3Fnuz, .float8E5M2, .float8E5M2Fnuz: bits = 8
    case .int4, .uint4: bits = 4
    default: return nil
    }
    let (size, overflow) = count.multipliedReportingOverflow(by: bits)
    return overflow || size > Int.max - 7 ? nil : (size + 7) / 8
  }
}
