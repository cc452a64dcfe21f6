// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Brings a model in.
struct UploadPage: Page {
  static let template = Templates.Name.upload
  let chrome: Chrome
  let isLive = true
  let token: String
  let model: String?
  /// Names that there are, to choose from.
  let models: [String]

  init(chrome: Chrome, token: String, model: String?, models: [String]) {
    self.chrome = chrome
    self.token = token
    self.model = model
    var seen: Set<String> = []
    self.models = models.filter { seen.insert($0).inserted }
  }
}
