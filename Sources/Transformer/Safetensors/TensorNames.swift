/// The names of a model's tensors in safetensors files.
enum TensorNames {
  static let embedding = "embed.weight"
  static let head = "head.weight"

  static func inProjection(_ layer: Int) -> String { "layers.\(layer).attention.in_proj.weight" }
  static func outProjection(_ layer: Int) -> String { "layers.\(layer).attention.out_proj.weight" }
  static func feedForwardIn(_ layer: Int) -> String { "layers.\(layer).feed_forward.in_proj.weight" }
  static func feedForwardOut(_ layer: Int) -> String { "layers.\(layer).feed_forward.out_proj.weight" }
}
