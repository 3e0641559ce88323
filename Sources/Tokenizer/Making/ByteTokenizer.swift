public import Foundation

/// The smallest tokenizer that can hold a conversation: a token for each byte, those that mark turns, thoughts and calls,
/// and a chat template. For models with random weights.
public enum ByteTokenizer {
  /// The marks, whose ids follow those of the 256 bytes.
  static let marks = [
    "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<think>", "</think>", "<tool_call>", "</tool_call>",
  ]

  /// One more than the greatest id.
  public static let vocabularySize = 256 + marks.count

  private static let template = """
    {%- for message in messages %}
      {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
    {%- endfor %}
    {%- if add_generation_prompt %}
      {{- '<|im_start|>assistant\\n' }}
      {%- if enable_thinking is defined and not enable_thinking %}
        {{- '<think>\\n\\n</think>\\n\\n' }}
      {%- endif %}
    {%- endif %}
    """

  /// Writes tokenizer.json, tokenizer_config.json and generation_config.json, which names the tokens that end a text.
  /// - Throws: what Foundation throws when the folder cannot be written.
  public static func write(to folder: URL) throws {
    var vocabulary: [String: Int] = [:]
    for byte: UInt8 in 0...255 { vocabulary[ByteLevelAlphabet.encode([byte])] = Int(byte) }
    let added: [[String: Any]] = marks.enumerated().map { number, mark in
      [
        "id": 256 + number, "content": mark, "single_word": false, "lstrip": false, "rstrip": false,
        "normalized": false, "special": mark.hasPrefix("<|"),
      ]
    }
    let bytes: [String: Any] = [
      "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false, "use_regex": false,
    ]
    try write(
      [
        "version": "1.0", "added_tokens": added, "pre_tokenizer": bytes, "decoder": bytes,
        "model": ["type": "BPE", "vocab": vocabulary, "merges": [String]()],
      ], folder, "tokenizer.json")
    try write(
      ["eos_token": "<|im_end|>", "pad_token": "<|endoftext|>", "chat_template": template], folder,
      "tokenizer_config.json")
    try write(
      ["eos_token_id": [258, 256], "do_sample": true, "temperature": 0.6, "top_k": 20, "top_p": 0.95], folder,
      "generation_config.json")
  }

  private static func write(_ object: [String: Any], _ folder: URL, _ name: String) throws {
    try JSONSerialization.data(withJSONObject: object, options: [.prettyPrinted, .sortedKeys])
      .write(to: folder.appendingPathComponent(name))
  }
}
