// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

extension GraphWalk {
  /// An operator of TensorFlow in a model of TensorFlow Lite. Its options are a vector of its name and its node, and the
  /// node says what runs, whatever the model calls it.
  /// - Parameter options: nil for the name in the list of operators.
  init(operator name: String, options: Bytes?) {
    guard let options else {
      self.init([])
      judge(op: name, nil, in: 0, nil, "the operator Flex\(name.prefix(200))")
      return
    }
    guard let items = FlexVector.items(of: options), items.count >= 2, let node = items[1] else {
      self.init([])
      if !options.isEmpty { add(.unknownLite, "the options of Flex\(name.prefix(200)) cannot be read") }
      return
    }
    var size = node.count
    var graph: [UInt8] = [0x0A]
    while size >= 0x80 {
      graph.append(UInt8(truncatingIfNeeded: size) | 0x80)
      size >>= 7
    }
    graph.append(UInt8(size))
    self.init([ProtoReader(Bytes(graph + node.array()))])
    let said = items[0].map { String(decoding: $0.array(), as: UTF8.self) }
    if let said, said != name { judge(op: said, nil, in: 0, nil, "the operator Flex\(name.prefix(200))") }
  }
}
