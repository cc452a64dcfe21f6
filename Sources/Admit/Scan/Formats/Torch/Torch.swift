// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// What PyTorch writes: its archives, TorchScript, packages.
enum Torch: FormatFamily {
  static let formats: [any ScannedFormat] = [TorchStackFormat()]
  static let archives: [any ArchiveProfile] = [
    TorchExportProfile(), TorchPackageProfile(), TorchLiteProfile(),
  ]
  static let rules: [any Rule] = [
    TorchStorageSize(), TorchScriptHarm(), TorchScriptOperator(), TorchScriptBroken(), TorchExportOperator(),
    TorchPackageExtern(), TorchPackageCode(),
  ]
}
