package import CKernels

extension Kernels {
  /// residual += addend where there is one; output = weight · normalised residual. All have the weight's width.
  package func normalize(
    _ residual: UnsafeMutablePointer<Float>, adding addend: UnsafePointer<Float>? = nil, weight: FloatBuffer,
    epsilon: Float, to output: UnsafeMutablePointer<Float>
  ) {
    var call = Normalization(
      residual: residual, addend: addend, weight: weight.start, output: output, count: weight.count, epsilon: epsilon)
    functions.normalize(&call)
  }

  /// Turns a head's elements i and i + half by the i-th angle.
  package func rotate(_ head: UnsafeMutablePointer<Float>, by angles: RotaryTable, position: Int) {
    let half = angles.half
    let (cosine, sine) = angles[position]
    var call = Rotation(vector: head, cosine: cosine, sine: sine, half: half)
    functions.rotate(&call)
  }

  /// output = function(gate) · up over `count` numbers.
  package func activate(
    _ function: ActivationFunction, gate: UnsafePointer<Float>, up: UnsafePointer<Float>?,
    to output: UnsafeMutablePointer<Float>, count: Int
  ) {
    var call = Activation(gate: gate, up: up, output: output, count: count, function: function)
    functions.activate(&call)
  }
}
