/// Who asks: somebody behind an account.
///
/// A service is shared out among accounts first, and what one account receives among its users: whoever has one key has one
/// share, however many users it names. Without keys all users are of the account without a name.
package struct Client: Hashable, Sendable {
  /// What the server knows: the key that was brought; empty for none.
  package var account: String
  /// What the request says; empty for nothing.
  package var user: String

  package init(account: String = "", user: String = "") {
    self.account = account
    self.user = user
  }
}

extension Client: ExpressibleByStringInterpolation {
  /// A user of the account without a name.
  package init(stringLiteral user: String) {
    self.init(user: user)
  }
}

extension Client: CustomStringConvertible {
  package var description: String {
    [account, user].filter { !$0.isEmpty }.joined(separator: ": ")
  }
}
