public import ChatTemplate

/// The parts of a conversation.
public enum Chat {
  /// One turn of a conversation.
  public struct Message: Sendable, Hashable {
    /// Who speaks.
    public enum Role: String, Sendable, Hashable, CaseIterable {
      case user, assistant, system, tool
    }

    /// Who speaks.
    public var role: Role
    /// What is said. An assistant's message begins with its thoughts between `<think>` and `</think>`, if it had any.
    public var content: String

    public init(role: Role, content: String) {
      self.role = role
      self.content = content
    }

    /// What the model is told before the conversation.
    public static func system(_ content: String) -> Message { Message(role: .system, content: content) }
    /// What the user says.
    public static func user(_ content: String) -> Message { Message(role: .user, content: content) }
    /// What the model says.
    public static func assistant(_ content: String) -> Message { Message(role: .assistant, content: content) }
    /// What a tool returned.
    public static func tool(_ content: String) -> Message { Message(role: .tool, content: content) }
  }
}

extension Chat.Message {
  /// The message as chat templates see it.
  public var jsonValue: JSONValue { ["role": .string(role.rawValue), "content": .string(content)] }
}
