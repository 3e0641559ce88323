package import InstructionSet

/// The number by which the machine names the token that it wants next.
///
/// Numbers lie on a line, so one dimension u holds the machine's choice, and the logit 2·u·n − n² of the token with number
/// n is greatest, by at least 1, where n = u.
package enum TokenNumber {
  /// What is added to a byte that is marked.
  static let mark = 256
  /// The number of `out(00)`; the other outputs follow.
  static let firstOutput = 512
  private static let firstControl = 768

  private static let controls: [Token] =
    [false, true].flatMap { branch in
      Token.commitForms.map { Token.commit($0.stackEffect, stores: $0.stores, branch: branch) }
    } + [.branchTaken, .callCommit, .returnCommit, .halt]

  /// nil for tokens that occur only in prompts.
  package static func number(of token: Token) -> Int? {
    switch token {
    case .byte(let value, let marked): Int(value) + (marked ? mark : 0)
    case .output(let value): firstOutput + Int(value)
    default: controls.firstIndex(of: token).map { firstControl + $0 }
    }
  }
}
