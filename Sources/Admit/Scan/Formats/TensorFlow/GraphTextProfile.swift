// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Graphs of TensorFlow as text: `.pbtxt`, `.meta` as text.
struct GraphTextProfile: TextProfile {
  let name = "tensorflow-text"

  func fits(_ text: TextSample) -> Bool { !text.isJSON && GraphText.kind(of: text.bytes) != nil }

  func scan(_ text: TextSample, at place: ArtifactScan.Place, in scan: inout ArtifactScan) {
    guard let kind = GraphText.kind(of: text.bytes) else { return }
    guard text.bytes.count <= Limits.graphText else {
      return scan.note(.brokenGraph, "the text of the graph is longer than is read", place)
    }
    do throws(GraphTextError) {
      let message = try GraphText.message(text.bytes, as: kind)
      do throws(ProtoError) {
        switch kind {
        case .graph: scan.report(GraphWalk([ProtoReader(message)]), place)
        case .metaGraph: scan.report(try ModelWalk(metaGraph: message, folder: scan.folder(of: place)), place)
        case .savedModel:
          scan.report(try ModelWalk(savedModel: message, folder: scan.folder(of: place)), place)
        }
      } catch { scan.note(.brokenGraph, "\(error)", place) }
    } catch {
      scan.note(.brokenGraph, "\(error)", place)
    }
  }
}
