#!/usr/bin/env python3
"""Compares what `mili logits` wrote with what transformers computes in float32.

    python3 -m pip install torch==2.13.0 transformers==5.23.0
    mili logits --model FOLDER --ids 1,2,3 [--hidden] -o FILE
    Tests/LanguageModelComparison/compare.py CHECKPOINT 1,2,3 FILE

CHECKPOINT is the published checkpoint, whatever was quantized from it. Prints the relative L2 difference of the logits of
all positions and of the worst one, how often both choose the same token, and with --hidden the worst layer.
"""

import sys

import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM


def relative(found, expected, dimensions):
    return ((found - expected).double().pow(2).sum(dimensions) / expected.double().pow(2).sum(dimensions)).sqrt()


def main():
    folder, ids, file = sys.argv[1:]
    ids = torch.tensor([[int(word) for word in ids.split(",")]])
    found = load_file(file)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    streams = []
    layers = [*model.model.layers, model.model.norm]
    for layer in layers:
        layer.register_forward_pre_hook(lambda _, arguments: streams.append(arguments[0][0]))
    with torch.no_grad():
        expected = model(ids).logits[0]
    positions = relative(found["logits"], expected, -1)
    same = (found["logits"].argmax(-1) == expected.argmax(-1)).sum()
    print(f"logits {relative(found['logits'], expected, (0, 1)):.2e}, worst position {positions.max():.2e}, "
          f"{same} of {len(positions)} most probable tokens the same")
    if "hidden" in found:
        worst = max(float(relative(a, b, (0, 1))) for a, b in zip(found["hidden"], streams))
        print(f"residual streams, worst layer {worst:.2e}")


main()
