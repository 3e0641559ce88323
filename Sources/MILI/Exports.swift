// One import for a user of the library: the model, the tokenizer and the chat template.
@_exported public import ChatTemplate
@_exported public import LanguageModel
@_exported public import Tokenizer
