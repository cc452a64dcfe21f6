// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Mustache

/// Something that can be shown: the values that its template names.
protocol Page: Sendable {
  static var template: Templates.Name { get }
  /// Whether it has parts that need the script, which are there without it in a plainer form.
  var isLive: Bool { get }
}

extension Page {
  var isLive: Bool { false }
}

/// The templates of all pages, compiled into the program.
enum Templates {
  enum Name: String, CaseIterable {
    case layout, life, entries, measures, reasons
    case assessments, error, first, guarding, home, log, model, models, people, person, policy, proof
    case returning, secret, signIn
    case traffic, trafficNow, upload, version, warning

    fileprivate var text: String {
      switch self {
      case .layout: layoutTemplate
      case .life: lifeTemplate
      case .entries: entriesTemplate
      case .measures: measuresTemplate
      case .reasons: reasonsTemplate
      case .assessments: assessmentsTemplate
      case .error: errorTemplate
      case .first: firstTemplate
      case .guarding: guardTemplate
      case .home: homeTemplate
      case .log: logTemplate
      case .model: modelTemplate
      case .models: modelsTemplate
      case .people: peopleTemplate
      case .person: personTemplate
      case .policy: policyTemplate
      case .proof: proofTemplate
      case .returning: returningTemplate
      case .secret: secretTemplate
      case .signIn: signInTemplate
      case .traffic: trafficTemplate
      case .trafficNow: trafficNowTemplate
      case .upload: uploadTemplate
      case .version: versionTemplate
      case .warning: warningTemplate
      }
    }
  }

  static func render<Content: Page>(_ page: Content) -> String { render(page, with: Content.template) }

  static func render(_ page: some Page, with template: Name) -> String {
    library.render(page, withTemplate: template.rawValue)!
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
