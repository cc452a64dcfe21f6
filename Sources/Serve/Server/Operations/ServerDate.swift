// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the Martlet authors

import Foundation
import Synchronization

/// The header `Date`, worded once a second.
final class ServerDate: Sendable {
  private struct State {
    var second: time_t = -1
    var text = ""
  }

  private let state = Mutex(State())

  /// As RFC 9110, section 5.6.7, has it: `Sun, 06 Nov 1994 08:49:37 GMT`.
  var text: String {
    let now = time(nil)
    return state.withLock { state in
      if state.second != now {
        state.second = now
        state.text = Self.words(now)
      }
      return state.text
    }
  }

  private static func words(_ second: time_t) -> String {
    var second = second
    var parts = unsafe tm()
    unsafe gmtime_r(&second, &parts)
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let two = { (number: Int32) in number < 10 ? "0\(number)" : "\(number)" }
    return
      "\(days[Int(unsafe parts.tm_wday)]), \(two(unsafe parts.tm_mday)) \(months[Int(unsafe parts.tm_mon)]) "
      + "\(unsafe parts.tm_year + 1900) \(two(unsafe parts.tm_hour)):\(two(unsafe parts.tm_min)):\(two(unsafe parts.tm_sec)) GMT"
  }
}
