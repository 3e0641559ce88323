"""name: (tests that must fail, [(file below Sources, text, what replaces it), …])"""

ATTENTION = "LanguageModel/Forward/ForwardPass+Attention.swift"
PASS = "LanguageModel/Forward/ForwardPass.swift"
EXPERTS = "LanguageModel/Forward/ForwardPass+Experts.swift"
SAMPLER = "LanguageModel/Sampling/Sampler.swift"

MUTANTS = {
    "no-query-key-norm": ("ReferenceAgreementTests", [
        (ATTENTION, "processor.kernels.normalize(head, weight: norm, epsilon: shape.normEpsilon, to: head)", "_ = norm"),
    ]),
    "interleaved-rotation": ("ReferenceAgreementTests", [
        ("Kernels/Processor/Kernels+Elements.swift", "functions.rotate(&call)", """
    withUnsafeMutablePointer(to: &call) { _ in }
    for index in 0..<half {
      let (first, second) = (head[2 * index], head[2 * index + 1])
      head[2 * index] = first * cosine[index] - second * sine[index]
      head[2 * index + 1] = second * cosine[index] + first * sine[index]
    }"""),
    ]),
    "key-value-head-by-modulo": ("ReferenceAgreementTests", [
        (ATTENTION, "let offset = head * group * shape.headSize", "let offset = head * shape.headSize"),
        (ATTENTION, "positions: rows.count, heads: group,", "positions: rows.count, heads: 1,"),
        (ATTENTION, "processor.kernels.functions.attend(&call)", """
      for _ in 0..<group {
        processor.kernels.functions.attend(&call)
        call.queries += shape.keyValueHeads * shape.headSize
        call.output += shape.keyValueHeads * shape.headSize
      }"""),
    ]),
    "top-p-without-the-token-that-reaches-it": ("SamplerTests", [
        (SAMPLER, "if index > 0, before >= wanted {",
         "if index > 0, before + Double(candidate.probability) > wanted {"),
    ]),
    "top-p-that-drops-the-first-token": ("SamplerTests", [
        (SAMPLER, "if index > 0, before >= wanted {", "if before + Double(candidate.probability) > wanted {"),
    ]),
    "norm-weight-before-the-cast": ("ElementKernelTests", [
        ("CKernels/elements.h", "    if (call->rounds_to_bf16) x = lanes_round_bf16(x);\n    x = lanes_multiply(",
         "    x = lanes_multiply("),
        ("Kernels/Plain/PlainKernels+Elements.swift",
         "      if call.rounds_to_bf16 { numbers = numbers.roundedToBFloat16 }\n      numbers *= ", "      numbers *= "),
    ]),
    "shard-without-its-tail": ("CheckpointErrorTests", [
        ("LanguageModel/Safetensors/SafetensorsFile.swift", "last.bytes.upperBound > available",
         "last.bytes.upperBound > Int.max - 1"),
    ]),
    "epsilon-outside-the-root": ("ReferenceAgreementTests|ElementKernelTests", [
        ("CKernels/elements.h", "1 / sqrtf(mean + call->epsilon)", "1 / (sqrtf(mean) + call->epsilon)"),
        ("Kernels/Plain/PlainKernels+Elements.swift",
         "(squares.treeSum / Float(call.count) + call.epsilon).squareRoot()",
         "((squares.treeSum / Float(call.count)).squareRoot() + call.epsilon)"),
    ]),
    "unscaled-scores": ("ReferenceAgreementTests", [
        (ATTENTION, "scale: Float(1 / Double(shape.headSize).squareRoot())", "scale: 1"),
    ]),
    "attention-that-sees-the-next-token": ("ReferenceAgreementTests|AttentionKernelTests", [
        ("CKernels/attention.h", "call->first_position + position + 1;", "call->first_position + position + 2;"),
        ("Kernels/Plain/PlainKernels+Attention.swift", "visible: call.first_position + position + 1)",
         "visible: call.first_position + position + 2)"),
    ]),
    "no-correction-of-earlier-blocks": ("ReferenceAgreementTests|AttentionKernelTests", [
        ("CKernels/attention.h", "corrections[q] = lanes_exponential(lanes_set(old - largest));",
         "corrections[q] = lanes_set(1);"),
    ]),
    "experts-not-renormalised": ("ReferenceAgreementTests", [
        (EXPERTS, "mixture.normalizesProbabilities ? probabilities.reduce(0, +) : 1", "probabilities.reduce(0, +) * 0 + 1"),
    ]),
    "experts-always-renormalised": ("ReferenceAgreementTests", [
        (EXPERTS, "mixture.normalizesProbabilities ? probabilities.reduce(0, +) : 1", "probabilities.reduce(0, +)"),
    ]),
    "every-layer-sparse": ("ReferenceAgreementTests|ConfigurationTests", [
        ("LanguageModel/Configuration/Qwen3Configuration.swift",
         "!experts.denseLayers.contains(layer) && (layer + 1) % experts.sparseStep == 0", "experts.count > 0"),
    ]),
    "yarn-without-its-attention-factor": ("ReferenceAgreementTests", [
        (PASS, "Float(shape.rotary.scaling?.attentionFactor ?? 1)", "1"),
    ]),
    "sum-that-depends-on-the-batch": ("DenseProductTests|BatchInvarianceTests", [
        ("CKernels/product.h", "= lanes_sum(sums[r][p]);",
         "= positions == 1 ? lanes_sum(sums[r][p]) : lanes_sum(lanes_multiply(sums[r][p], lanes_set(3))) / 3;"),
    ]),
    "guesses-left-in-the-cache": ("GenerationTests", [
        ("LanguageModel/Generation/TokenIterator.swift", "try cache.truncate(to: cache.count - draft.count)",
         "try cache.truncate(to: cache.count)"),
    ]),
    "padding-tokens-chosen": ("SamplerTests", [
        (SAMPLER, "LargestNumbers(logits, count: tokenLimit)", "LargestNumbers(logits, count: .max)"),
    ]),
    "repetition-penalty-that-rewards-negative-logits": ("SamplerTests", [
        (SAMPLER, "logits[token] < 0 ? logits[token] * penalty : logits[token] / penalty", "logits[token] / penalty"),
    ]),
}
