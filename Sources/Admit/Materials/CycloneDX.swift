// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

/// The part of a CycloneDX 1.6 document that a bill of materials of a model needs. The names are those of the schema,
/// `bom-1.6.schema.json` of the CycloneDX specification (ECMA-424); what is nil is left out.
struct CycloneDX: Encodable, Sendable {
  struct Metadata: Encodable, Sendable {
    struct Tools: Encodable, Sendable {
      let components: [Component]
    }

    let tools: Tools
    let component: Component
  }

  /// What a component needs to be of use.
  struct Dependency: Encodable, Sendable {
    let ref: String
    let dependsOn: [String]
  }

  /// How much of something the document knows.
  struct Composition: Encodable, Sendable {
    let aggregate: String
    var assemblies: [String]?
    var dependencies: [String]?
  }

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case bomFormat, specVersion, serialNumber, version, metadata, components, dependencies, compositions
  }

  let schema = "http://cyclonedx.org/schema/bom-1.6.schema.json"
  let bomFormat = "CycloneDX"
  let specVersion = "1.6"
  /// `urn:uuid:` and a UUID.
  let serialNumber: String
  let version = 1
  let metadata: Metadata
  let components: [Component]
  let dependencies: [Dependency]
  let compositions: [Composition]?
}

extension CycloneDX {
  struct Component: Encodable, Sendable {
    enum Kind: String, Encodable, Sendable {
      case application, file, library, platform
      case model = "machine-learning-model"
    }

    private enum CodingKeys: String, CodingKey {
      case type, name, version, hashes, licenses, pedigree, modelCard, properties
      case reference = "bom-ref"
    }

    let type: Kind
    let name: String
    var reference: String?
    var version: String?
    var hashes: [Hash]?
    var licenses: [LicenceChoice]?
    var pedigree: Pedigree?
    var modelCard: ModelCard?
    var properties: [Property]?
  }

  struct Hash: Encodable, Sendable {
    let alg = "SHA-256"
    let content: String
  }

  struct Property: Encodable, Sendable, Equatable {
    let name: String
    let value: String
  }

  struct LicenceChoice: Encodable, Sendable {
    struct Named: Encodable, Sendable {
      let id: String?
      let name: String?
      /// `declared` by the authors, or `concluded` from the text.
      let acknowledgement: String
    }

    let license: Named
  }

  struct Pedigree: Encodable, Sendable {
    let ancestors: [Component]
  }

  struct ModelCard: Encodable, Sendable {
    struct Data: Encodable, Sendable {
      let type = "dataset"
      let name: String
    }

    struct Port: Encodable, Sendable {
      let format: String
    }

    struct Parameters: Encodable, Sendable {
      var task: String?
      var architectureFamily: String?
      var modelArchitecture: String?
      var datasets: [Data]?
      var inputs: [Port]?
      var outputs: [Port]?
    }

    let modelParameters: Parameters
  }
}
