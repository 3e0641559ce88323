package import Clients

/// How a model is doing, for metrics and for a page that shows it.
package struct ModelState: Hashable, Sendable {
  /// Requests that are computed, and requests that wait.
  package var running = 0
  package var waiting = 0
  /// The pages of its cache; nil where there are none.
  package var pages: Pages?
  package var totals = Totals()
  /// Tokens generated in the last seconds, per second.
  package var tokensPerSecond = 0.0
  /// The requests, those that are computed first.
  package var requests: [Request] = []
  /// The prefixes that are cached, a tree for each namespace.
  package var prefixes: [Prefix] = []

  package init() {}

  /// Each page is one of the first three.
  package struct Pages: Hashable, Sendable {
    package var free: Int
    /// Nobody uses them, but what they hold may be found again.
    package var evictable: Int
    /// Requests use them.
    package var protected: Int
    /// How many were given up so far.
    package var evicted: Int
    /// Tokens of a page.
    package var size: Int
    /// What the pages are called where several models share them; nil where they are one model's.
    package var pool: String?

    package init(free: Int, evictable: Int, protected: Int, evicted: Int, size: Int) {
      self.free = free
      self.evictable = evictable
      self.protected = protected
      self.evicted = evicted
      self.size = size
    }
  }

  /// What was done since the start.
  package struct Totals: Hashable, Sendable {
    package var computedTokens = 0
    /// Tokens of prompts that did not have to be computed.
    package var cachedTokens = 0
    package var generatedTokens = 0
    package var preemptions = 0

    package init() {}
  }

  /// One request.
  package struct Request: Hashable, Sendable {
    package var number: Int
    package var client: Client
    /// The run of an agent that it is a call of.
    package var program: String?
    package var isRunning: Bool
    package var promptTokens: Int
    package var generatedTokens: Int
    package var computedTokens: Int
    package var pages: Int
    /// Pages that others may use too.
    package var sharedPages: Int

    package init(number: Int, client: Client, isRunning: Bool, promptTokens: Int) {
      self.number = number
      self.client = client
      self.isRunning = isRunning
      self.promptTokens = promptTokens
      generatedTokens = 0
      computedTokens = 0
      pages = 0
      sharedPages = 0
    }
  }

  /// A stretch of cached tokens, and what goes on from it.
  package struct Prefix: Hashable, Sendable {
    /// The beginning of the text; nil where it is not shown.
    package var text: String?
    /// Whether the text is of what somebody asked, rather than of a program.
    package var isOfPrompts: Bool
    package var tokens: Int
    package var pages: Int
    /// Requests that use it.
    package var users: Int
    package var children: [Prefix]

    package init(
      text: String?, isOfPrompts: Bool, tokens: Int, pages: Int, users: Int, children: [Prefix]
    ) {
      self.text = text
      self.isOfPrompts = isOfPrompts
      self.tokens = tokens
      self.pages = pages
      self.users = users
      self.children = children
    }
  }
}
