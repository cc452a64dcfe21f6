// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Mustache

/// Something that can be shown: the values that its template names.
protocol Page: Sendable {
  static var template: Templates.Name { get }
}

/// The templates of all pages, compiled into the program.
enum Templates {
  enum Name: String, CaseIterable {
    case layout, life, entries
    case error, home, log, signIn, version

    fileprivate var text: String {
      switch self {
      case .layout: layoutTemplate
      case .life: lifeTemplate
      case .entries: entriesTemplate
      case .error: errorTemplate
      case .home: homeTemplate
      case .log: logTemplate
      case .signIn: signInTemplate
      case .version: versionTemplate
      }
    }
  }

  static func render<Content: Page>(_ page: Content) -> String {
    library.render(page, withTemplate: Content.template.rawValue)!
  }

  /// Every template says first how its text is escaped: a partial does not take that over from the page it stands in.
  static let library: MustacheLibrary = {
    MustacheContentTypes.register(HTMLText(), named: "MARTLET")
    // The texts are constants, and the tests render every one.
    return MustacheLibrary(
      templates: Dictionary(
        uniqueKeysWithValues: Name.allCases.map {
          ($0.rawValue, try! MustacheTemplate(string: "{{% CONTENT_TYPE:MARTLET}}\n" + $0.text))
        }))
  }()
}
