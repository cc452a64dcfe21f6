// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletFormats

/// Walks through a SavedModel or a MetaGraphDef: its graphs, and what the loader is told beside them.
struct ModelWalk {
  private(set) var notes = Notes()
  private(set) var graphs: [GraphWalk] = []
  /// The texts that Keras keeps with the objects.
  private(set) var kerasTexts: [Bytes] = []
  /// The folder of the model, in which `assets` lies.
  private let folder: any DataFolder

  /// - Throws: ProtoError when the outer message is broken.
  init(savedModel bytes: Bytes, folder: any DataFolder) throws(ProtoError) {
    self.folder = folder
    var reader = ProtoReader(bytes)
    while let field = try reader.next() {
      switch field.number {
      case 1: _ = try reader.number(field)
      case 2: try walk(metaGraph: reader.message(field))
      default: unknown(field.number, "the SavedModel")
      }
    }
  }

  init(metaGraph bytes: Bytes, folder: any DataFolder) throws(ProtoError) {
    self.folder = folder
    try walk(metaGraph: ProtoReader(bytes))
  }

  private mutating func walk(metaGraph message: ProtoReader) throws(ProtoError) {
    var reader = message
    var parts: [ProtoReader] = []
    var savers: Set<String> = []
    var assets: [String: String] = [:]
    while let field = try reader.next() {
      switch field.number {
      case 1, 5: _ = try reader.contents(field)
      case 2: parts.append(try reader.message(field))
      case 3: try read(saver: reader.message(field), into: &savers)
      case 4: try read(collection: reader.message(field), into: &assets)
      case 6: try read(asset: reader.message(field), into: &assets)
      case 7: try read(objects: reader.message(field))
      default: unknown(field.number, "the MetaGraphDef")
      }
    }
    guard graphs.count < Limits.metaGraphs else {
      return notes.add(.brokenGraph, "the SavedModel has more than \(Limits.metaGraphs) graphs")
    }
    var files: Set<String> = []
    for name in assets.values where MemberName.escapes(name) == nil {
      switch folder.dataFile("assets/" + name) {
      case .inside, .shared: files.insert(name.split(separator: "/").last.map(String.init) ?? name)
      case .missing, .escapes: break
      }
    }
    graphs.append(GraphWalk(parts, savers: savers, assets: assets, assetFiles: files))
  }

  private func read(saver message: ProtoReader, into savers: inout Set<String>) throws(ProtoError) {
    var reader = message
    while let field = try reader.next() {
      if field.number == 1 { savers.insert(String(try reader.text(field).prefix { $0 != ":" })) }
    }
  }

  /// Assets of the first kind of SavedModel are in a collection.
  private mutating func read(
    collection entry: ProtoReader, into assets: inout [String: String]
  ) throws(ProtoError) {
    var reader = entry
    while let field = try reader.next() {
      guard field.number == 2 else { continue }
      var collection = try reader.message(field)
      while let list = try collection.next() {
        guard list.number == 5 else { continue }
        var items = try collection.message(list)
        while let item = try items.next() {
          guard item.number == 1 else { continue }
          var any = try items.message(item)
          var isAsset = false
          while let part = try any.next() {
            if part.number == 1 { isAsset = try any.text(part).hasSuffix("tensorflow.AssetFileDef") }
            if part.number == 2, isAsset { try read(asset: any.message(part), into: &assets) }
          }
        }
      }
    }
  }

  private mutating func read(
    asset message: ProtoReader, into assets: inout [String: String]
  ) throws(ProtoError) {
    var reader = message
    var tensor = ""
    var file = ""
    while let field = try reader.next() {
      if field.number == 2 { file = try reader.text(field) }
      guard field.number == 1 else { continue }
      var info = try reader.message(field)
      while let part = try info.next() { if part.number == 1 { tensor = try info.text(part) } }
    }
    if let reason = MemberName.escapes(file) {
      notes.add(.assetEscape, "the name of an asset \(reason)", construct: String(file.prefix(200)))
    }
    assets[String(tensor.prefix { $0 != ":" })] = file
  }

  /// Objects of Keras have their configuration with them.
  private mutating func read(objects message: ProtoReader) throws(ProtoError) {
    var reader = message
    while let field = try reader.next() {
      guard field.number == 1 else { continue }
      var object = try reader.message(field)
      while let part = try object.next() {
        guard part.number == 4 else { continue }
        var user = try object.message(part)
        while let item = try user.next() {
          guard item.number == 3, item.range.count > 2 else { continue }
          guard kerasTexts.count < Limits.kerasTexts else {
            notes.add(.brokenKerasText, "there are more layers than are looked at")
            continue
          }
          kerasTexts.append(try user.contents(item))
        }
      }
    }
  }

  private mutating func unknown(_ field: Int, _ place: String) {
    notes.add(.unknownGraphField, "\(place) has a field \(field), which its definition does not have")
  }
}
