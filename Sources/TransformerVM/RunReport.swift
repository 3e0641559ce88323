/// How one program ran: what `tvm run --json` prints.
public struct RunReport: Codable, Hashable, Sendable {
  /// How a run ended.
  public enum Status: String, Codable, Hashable, Sendable {
    /// The tokens are those of the reference interpreter.
    case pass
    /// They are not.
    case mismatch
    /// The program ended; there is no program at hand to compare with.
    case ran
    /// The program was stopped by a trap; in the base profile, the reference interpreter finds its behaviour undefined.
    case trap
    /// The limit of tokens was reached first.
    case limit
  }

  public let program: String
  /// The input, where it is one of many.
  public let input: String?
  /// What the program printed, as text where it is UTF-8 and with replacement characters where it is not.
  public let output: String
  /// The same in base 64, given where it is not UTF-8.
  public let outputBase64: String?
  public let status: Status
  /// Tokens generated behind the prompt.
  public let tokens: Int
  public let promptTokens: Int
  /// Instructions ended by those tokens.
  public let instructions: Int
  /// For prompt and generation, the loading of the model not included.
  public let seconds: Double
  /// Prompt and generated tokens over seconds.
  public let tokensPerSecond: Double
  /// Which engine ran it.
  public let engine: String
  /// The code by which the program has ended itself.
  public let exitCode: UInt32?
  /// One line about a mismatch, a trap or the limit.
  public let detail: String?

  private enum CodingKeys: String, CodingKey {
    case program, input, output, status, tokens, instructions, seconds, engine, detail
    case outputBase64 = "output_base64"
    case exitCode = "exit_code"
    case promptTokens = "prompt_tokens"
    case tokensPerSecond = "tokens_per_second"
  }

  /// Whether the run counts as a success.
  public var isSuccess: Bool { status == .pass || status == .ran }
}
