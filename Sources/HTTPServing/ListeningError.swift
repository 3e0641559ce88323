import Foundation
import NIOCore

/// Why a server cannot listen on an address.
package struct ListeningError: Error, CustomStringConvertible {
  private let host: String
  private let port: Int
  private let reason: String

  init(_ error: any Error, host: String, port: Int) {
    self.host = host
    self.port = port
    switch error {
    case let error as IOError: reason = String(cString: strerror(error.errnoCode))
    case is SocketAddressError.UnknownHost: reason = "no such host"
    default: reason = "\(error)"
    }
  }

  package var description: String {
    let name = host.isEmpty ? "an empty name" : host.contains(":") ? "[\(host)]" : host
    return "cannot listen on \(name), port \(port): \(reason)"
  }
}
