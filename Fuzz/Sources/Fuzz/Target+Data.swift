// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import MartletBytes
import MartletDatasets
import MartletTables

extension Target {
  /// Datasets, what describes them, and what proves them.
  static let data: [String: Body] = [
    "dataset-csv": { read($0, as: "csv") },
    "dataset-jsonl": { read($0, as: "jsonl") },
    "dataset-arrays": { read($0, as: "npz") },
    // The statement that is signed, with a signature that is taken for good.
    "dataset-manifest": { bytes in
      let payload = Data(bytes.array()).base64EncodedString()
      let envelope =
        #"{"payload":"\#(payload)","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"AA=="}]}"#
      _ = try? UnverifiedManifest(Array(envelope.utf8)).open { _, _ in true }
    },
    "row-proof": { bytes in
      guard let proof = try? RowProof(bytes.array()),
        let sealed = try? proof.unverifiedManifest.open({ _, _ in true })
      else { return }
      _ = try? proof.verify(sealed)
    },
    // A schema, and a relation in it.
    "table-schema": { bytes in
      guard let schema = try? TableSchema(yaml: String(decoding: bytes.array(), as: UTF8.self)) else {
        return
      }
      // What is written is read again as the same.
      precondition((try? TableSchema(yaml: SchemaText.yaml(schema))) == schema)
    },
    "table-arrays": { bytes in
      guard let table = try? Table(npz: bytes), let draft = try? SchemaDraft(of: table) else { return }
      _ = SchemaText.yaml(draft, of: "fuzz")
    },
  ]

  private static func read(_ bytes: Bytes, as ending: String) {
    let path = FileManager.default.temporaryDirectory.path + "/martlet-fuzz-\(getpid()).\(ending)"
    guard (try? Data(bytes.array()).write(to: URL(fileURLWithPath: path))) != nil,
      let file = try? DataFile(path)
    else { return }
    _ = try? DataPass(file.source)
  }
}
