// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import MartletBytes
import MartletEvidence
import MartletFormats

/// The scan of one file and of everything in it.
struct ArtifactScan {
  /// Where in the file the scan is.
  struct Place {
    var members: [String] = []
    /// The pickle of a torch archive, whose persistent ids name storages.
    var isTorchPickle = false
    /// A pickle of a TorchScript archive, whose classes are those of its own code.
    var isTorchScript = false
    /// How many pickles follow each other, where the format says so.
    var streams: Int?
    /// Raw numbers that happen to begin like a format are no broken one: only harm counts.
    var isRawData = false

    var member: String? { members.isEmpty ? nil : members.joined(separator: "!") }

    /// What is inside of raw data is raw data too.
    func inside(_ name: String) -> Place { Place(members: members + [name], isRawData: isRawData) }
  }

  let allow: AllowList
  let allowance: Allowance
  /// What lies beside the bytes at the depth of ``Neighbours/depth``.
  var neighbours: Neighbours
  var findings: [Finding] = []
  /// What the certificate lists: constructs that were seen and are covered.
  private(set) var constructs: Set<Construct> = []
  /// Storages that the torch pickles of this file name.
  var storages: [PickleFacts.Storage] = []
  /// Parts of the file that are not there: what lies in them reads as zeros and proves nothing.
  var holes: [Range<Int>] = []
  /// What members may still become when they are inflated.
  private var inflatable = Limits.inflatedTotal
  /// Of that, what members may still become that lie over each other, or in something that was itself inflated: a bomb of a
  /// few kilobytes is made so, and no model.
  private var unfoldable = Limits.unfoldedTotal
  /// Bytes that parts may still have, see ``enter(_:_:)``.
  private var room = 0
  /// Is told what the scan comes across, by whoever wants to know more than the verdict.
  var witness: ScanWitness?

  init(allow: AllowList, allowance: Allowance = .init(), beside neighbours: Neighbours) {
    self.allow = allow
    self.allowance = allowance
    self.neighbours = neighbours
  }

  /// Reads bytes as everything that they are.
  /// - Returns: the name of the format.
  @discardableResult
  mutating func scan(_ bytes: Bytes, as place: Place) -> String {
    guard place.members.count <= Limits.nesting else {
      report(.file(.nesting(limit: Limits.nesting)), place)
      return "unknown"
    }
    guard !bytes.isEmpty else {
      report(.file(.empty), place)
      return "empty"
    }
    guard enter(bytes.count, place) else { return "unknown" }
    let keeper = PageKeeper(bytes)
    defer { keeper?.stop() }
    var formats = ScannedFormats.formats.filter {
      (!place.isRawData || $0.isToldAmongNumbers) && $0.fits(bytes)
    }
    if formats.count > 1 {
      let all = formats
      formats = all.filter { other in !all.contains { $0.carries(other.name, in: bytes) } }
    }
    if formats.isEmpty {
      if let text = PlainText.utf8(of: bytes) {
        let name = scanText(text, place)
        witness?.saw(bytes, as: name, at: place)
        return name
      }
      report(.file(.unrecognised), place)
    }
    if formats.count > 1 { report(.file(.polyglot(formats.map(\.name))), place) }
    var name: String?
    for format in formats {
      let read = format.scan(bytes, at: place, in: &self)
      witness?.saw(bytes, as: read, at: place)
      name = name ?? read
    }
    return name ?? "unknown"
  }

  /// Counts the bytes of a part. Parts that lie side by side have no more bytes, at all levels together, than levels times what the
  /// file has and what is inflated; those that lie over each other unfold to any number, and the same bytes are inflated again
  /// and again.
  private mutating func enter(_ count: Int, _ place: Place) -> Bool {
    if place.members.isEmpty {
      room += Limits.nesting * count + Limits.smallParts
      unfoldable = max(unfoldable, Limits.inflationRatio * count)
      return true
    }
    guard room >= 0 else { return false }
    // Each takes some time, however short.
    room -= count + Limits.smallPart
    // Of the artifact as a whole, also where this part is only looked at for harm.
    if room < 0 { report(.file(.unfolding), .init()) }
    return room >= 0
  }

  /// What a part of the bytes at `place` may become when it is inflated.
  /// - Parameter overlaps: for members of an archive whose members share bytes.
  func inflatable(at place: Place, overlaps: Bool = false) -> Int {
    unfolds(place, overlaps) ? min(inflatable, unfoldable) : inflatable
  }

  private func unfolds(_ place: Place, _ overlaps: Bool) -> Bool { overlaps || place.members.count > 1 }

  /// Takes from what may still be inflated, and makes room for the parts of what came out.
  /// - Parameters:
  ///   - overlaps: for members of an archive whose members share bytes.
  ///   - isNew: not for what was stored plainly, whose bytes the file has itself.
  mutating func inflated(_ count: Int, at place: Place, overlaps: Bool = false, isNew: Bool = true) {
    inflatable -= min(inflatable, count)
    let unfolds = unfolds(place, overlaps)
    if unfolds { unfoldable -= min(unfoldable, count) }
    if isNew { room += unfolds ? count : Limits.nesting * count }
  }

  /// Looks at what the members of an archive mean together.
  /// - Returns: the name of the first profile that fits, or nil.
  mutating func scanProfiles(of archive: any MemberArchive, _ place: Place) -> String? {
    var name: String?
    for profile in ScannedFormats.archives where profile.fits(archive) {
      profile.scan(archive, at: place, in: &self)
      name = name ?? profile.name
    }
    return name
  }

  /// Runs every rule over what a parser has read, and puts the place into its findings.
  mutating func report(_ artifact: ParsedArtifact, _ place: Place) {
    if let facts = artifact.pickle { witness?.saw(facts, at: place) }
    for finding in Catalog.findings(in: artifact) {
      if place.isRawData, Catalog.verdict(of: finding) != .unsafe { continue }
      if let key = finding.allow, Catalog.verdict(of: finding) == .unknown,
        let pattern = allowance.pattern(for: key)
      {
        saw(key, covered: "allowed by the user: \(pattern)")
        continue
      }
      var placed = finding
      placed.member = place.member
      // Two readers of one text may find the same; with and without knowing where it stands.
      if placed.construct != nil, findings.suffix(256).contains(where: { $0.repeats(placed) }) { continue }
      findings.append(placed)
    }
  }

  mutating func report(_ notes: Notes, _ place: Place) {
    if !notes.isEmpty { report(.notes(notes), place) }
  }

  /// Reports one thing: for readers that have not much to say.
  mutating func note(
    _ kind: Note.Kind, _ message: String, construct: String? = nil, at offset: Int? = nil,
    allow: String? = nil, _ place: Place
  ) {
    var notes = Notes()
    notes.add(kind, message, construct: construct, at: offset, allow: allow)
    report(notes, place)
  }

  /// Remembers a construct that could do harm elsewhere and is known to be harmless here.
  mutating func saw(_ construct: String, covered: String) {
    guard constructs.count < Limits.certificateConstructs else { return }
    constructs.insert(Construct(construct, covered: covered))
  }
}

extension Finding {
  /// Whether another reader has already said this of the same construct.
  fileprivate func repeats(_ other: Finding) -> Bool {
    rule == other.rule && construct == other.construct && member == other.member
      && (offset == nil || other.offset == nil || offset == other.offset)
  }
}
