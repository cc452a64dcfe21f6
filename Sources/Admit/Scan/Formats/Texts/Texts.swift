// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// Texts that something may run or obey: configurations, templates, source code.
enum Texts: FormatFamily {
  static let rules: [any Rule] = [
    CodeInText(), HarmInSource(), TemplateEscape(), TemplateConstruct(), TemplateExhausts(), TemplateText(),
    BrokenTemplate(), ConfigHarm(), ConfigObject(), ConfigCode(), ConfigRemoteCode(), ConfigEscape(),
    BrokenConfig(),
    CutConfig(), ConfigCommand(), HarmfulTag(), UnvettedTag(), AliasBomb(), UnreadYAML(), EntityInXML(),
    ActiveXML(),
    BrokenXML(),
  ]
}
