// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

package import MartletFiles
package import MartletMerkle

/// Why the log could not be read, trusted or extended.
package enum LogError: Error, Equatable, Sendable {
  /// The system, or another holder of the lock, stood in the way.
  case files(FilesError)
  /// There is no checkpoint where a log should be.
  case noLog(directory: String)
  /// Tiles without a checkpoint: it was removed, and with it the proof of what they say.
  case noCheckpoint(directory: String)
  /// Text that is not a signed note, or whose text is not a checkpoint.
  case malformedCheckpoint(CheckpointFlaw)
  /// No signature of the expected key is on the checkpoint.
  case notSigned(expected: String, found: [String])
  /// The signature does not fit the checkpoint's text.
  case badSignature(signer: String)
  /// The checkpoint is of another log.
  case wrongOrigin(expected: String, found: String)
  /// A key file or a verifier key that is not of the C2SP form; the reason is a whole sentence part.
  case malformedKey(reason: String)
  /// A name that a note or a key cannot carry.
  case unusableName(String)
  /// An entry of a batch is too long; nothing of the batch was written.
  case entryTooLarge(position: Int, count: Int)
  /// There is no such entry in a log of this size.
  case noSuchEntry(index: UInt64, size: UInt64)
  /// A proof was asked for between sizes that the log cannot relate.
  case noSuchSize(requested: UInt64, size: UInt64)
  /// A file of the log is not what the signed checkpoint says. `path` is relative to the log.
  case damaged(path: String, expected: String, found: String)
  /// The log is now shorter than this process has already seen it: an older copy was put in its place.
  case rolledBack(seen: UInt64, found: UInt64)
  /// A proof does not prove what it should.
  case proofRefused(ProofFlaw)
  /// A proof file that is not of the form of C2SP tlog-proof; the reason is a whole sentence part.
  case malformedProof(reason: String)
  /// Fewer of the named witnesses have signed a checkpoint than were asked for.
  case tooFewCosignatures(wanted: Int, found: [String])
  /// Witnesses and a quorum that do not go together; the reason is a whole sentence part.
  case unusablePolicy(reason: String)
  /// A witness did not sign; the reason is a whole sentence part.
  case witnessRefused(name: String, reason: String)
  /// The log does not begin any more with what was read before: it was written anew.
  case rewritten(size: UInt64)
}

/// What is wrong with the text of a checkpoint.
package enum CheckpointFlaw: String, Error, Sendable {
  case tooLong = "it is longer than any checkpoint"
  case notText = "it is not UTF-8 text without control characters"
  case noSignatureBlock = "no empty line and signatures follow its text"
  case malformedSignature = "a signature line is not `— name base64`"
  case tooManySignatures = "it has more signatures than any checkpoint needs"
  case wrongLines = "its text is not the three lines origin, size, root"
  case malformedSize = "its size is not a plain decimal number below 2^63"
  case malformedRoot = "its root is not the base64 of 32 bytes"
}

extension LogError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .files(let error): error.description
    case .noLog(let directory):
      "expected a log in \(directory), found no checkpoint; name the directory that holds `checkpoint` and `tile`"
    case .noCheckpoint(let directory):
      "expected a checkpoint beside the tiles in \(directory), found none: it was removed; restore it from a copy"
    case .malformedCheckpoint(let flaw):
      "expected a signed checkpoint, found something else: \(flaw.rawValue); restore it from a copy"
    case .notSigned(let expected, let found):
      "expected a checkpoint signed by \(expected), found "
        + (found.isEmpty ? "no signature" : "only " + found.joined(separator: ", "))
        + "; check that this is the right key"
    case .badSignature(let signer):
      "the signature of \(signer) does not fit the checkpoint: its text or its signature was changed"
    case .wrongOrigin(let expected, let found):
      "expected the log \(expected), found the log \(found); check the directory and the key"
    case .malformedKey(let reason): "expected a key, but \(reason)"
    case .unusableName(let name):
      "expected a name without spaces, `+` and control characters, found \(name.debugDescription)"
    case .entryTooLarge(let position, let count):
      "expected entries of at most \(EntryBundle.longestEntry) bytes, found \(count) at position \(position) of "
        + "the batch; nothing was written; log the digest of large things"
    case .noSuchEntry(let index, let size):
      "expected an entry below \(size), the size of the log, found \(index)"
    case .noSuchSize(let requested, let size):
      "expected a size of at most \(size), the size of the log, found \(requested)"
    case .damaged(let path, let expected, let found):
      "the log's file \(path) was changed: expected \(expected), found \(found); run `martlet log verify`"
    case .rolledBack(let seen, let found):
      "the log had \(seen) entries and now has \(found): an older copy was put in its place"
    case .proofRefused(let flaw): "the proof is refused: \(flaw.rawValue)"
    case .malformedProof(let reason): "expected a proof of the form c2sp.org/tlog-proof@v1, but \(reason)"
    case .tooFewCosignatures(let wanted, let found):
      "expected the signatures of \(wanted) of the named witnesses, found "
        + (found.isEmpty ? "none" : found.joined(separator: ", ")) + "; run `martlet log cosign`"
    case .unusablePolicy(let reason):
      "expected different witnesses and a quorum of at most their number, but \(reason)"
    case .witnessRefused(let name, let reason): "the witness \(name) did not sign: \(reason)"
    case .rewritten(let size):
      "the log's first \(size) entries are not those that were read before: another history was put in its place"
    }
  }
}
