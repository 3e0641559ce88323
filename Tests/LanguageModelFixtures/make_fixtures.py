"""Makes the small random models beside this file, and what transformers computes with them in float32.

    python3 -m pip install torch==2.13.0 transformers==5.23.0
    python3 make_fixtures.py

Each folder is a checkpoint as it would be downloaded, and expected.safetensors:

    ids      [positions]                     the tokens of one sequence
    hidden   [layers + 1, positions, hidden] the residual stream after 0, 1, … layers, before the last norm
    logits   [positions, vocabulary]
    greedy   [new tokens]                    greedy continuation of the first PROMPT tokens of ids

sampling.json holds distributions that transformers' own processors make of some logits.
"""

import json
import pathlib
import shutil

import torch
from safetensors.torch import save_file
from transformers import (MinPLogitsWarper, RepetitionPenaltyLogitsProcessor, TemperatureLogitsWarper,
                          TopKLogitsWarper, TopPLogitsWarper)
from transformers import Qwen3Config, Qwen3ForCausalLM, Qwen3MoeConfig, Qwen3MoeForCausalLM

HERE = pathlib.Path(__file__).parent
POSITIONS, PROMPT, NEW_TOKENS = 37, 5, 14

COMMON = dict(num_hidden_layers=2, max_position_embeddings=64, rms_norm_eps=1e-6, hidden_act="silu")
# Sizes that fill no vector, three query heads to a key/value head.
TIED = dict(COMMON, vocab_size=101, hidden_size=44, intermediate_size=70, num_attention_heads=6,
            num_key_value_heads=2, head_dim=10, tie_word_embeddings=True)
UNTIED = dict(COMMON, vocab_size=120, hidden_size=64, intermediate_size=80, num_attention_heads=4,
              num_key_value_heads=2, head_dim=32, tie_word_embeddings=False)
MIXTURE = dict(COMMON, vocab_size=90, hidden_size=32, intermediate_size=48, num_attention_heads=4,
               num_key_value_heads=1, head_dim=16, tie_word_embeddings=False, moe_intermediate_size=24,
               num_experts=8, num_experts_per_tok=3)
YARN = dict(COMMON, vocab_size=80, hidden_size=32, intermediate_size=64, num_attention_heads=4,
            num_key_value_heads=2, head_dim=16, tie_word_embeddings=True, max_position_embeddings=16)


def randomize(model, generator):
    """Weights large enough that attention, gates and routers decide something."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            if "norm" in name:
                parameter.copy_(1 + 0.3 * noise)
            elif "embed_tokens" in name:
                parameter.copy_(noise)
            else:
                parameter.copy_(noise * 1.3 / parameter.shape[-1] ** 0.5)


def published_tensors(model):
    """The state by its published names: one tensor for each projection of each expert."""
    tensors = {}
    for name, tensor in model.state_dict().items():
        if name == "lm_head.weight" and model.config.tie_word_embeddings:
            continue
        if name.endswith("experts.gate_up_proj"):
            for expert, both in enumerate(tensor):
                gate, up = both.chunk(2)
                base = name.removesuffix("gate_up_proj") + str(expert)
                tensors[f"{base}.gate_proj.weight"], tensors[f"{base}.up_proj.weight"] = gate, up
        elif name.endswith("experts.down_proj"):
            for expert, down in enumerate(tensor):
                tensors[f"{name.removesuffix('down_proj')}{expert}.down_proj.weight"] = down
        else:
            tensors[name] = tensor
    return {name: tensor.contiguous().clone() for name, tensor in tensors.items()}


def write_shards(tensors, folder, count):
    if count == 1:
        save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
        return
    names, weight_map = list(tensors), {}
    for number in range(count):
        shard = f"model-{number + 1:05}-of-{count:05}.safetensors"
        part = names[number * len(names) // count:(number + 1) * len(names) // count]
        save_file({name: tensors[name] for name in part}, folder / shard, metadata={"format": "pt"})
        weight_map |= dict.fromkeys(part, shard)
    index = {"metadata": {}, "weight_map": weight_map}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=1) + "\n")


def expected(model, generator):
    ids = torch.randint(model.config.vocab_size, (POSITIONS,), generator=generator)
    streams = []
    hooks = [layer.register_forward_pre_hook(lambda _, arguments: streams.append(arguments[0][0].clone()))
             for layer in model.model.layers]
    hooks.append(model.model.norm.register_forward_pre_hook(lambda _, arguments: streams.append(arguments[0][0].clone())))
    with torch.no_grad():
        logits = model(ids[None]).logits[0]
        for hook in hooks:
            hook.remove()
        sequence, margin = ids[:PROMPT], torch.inf
        for _ in range(NEW_TOKENS):
            last = model(sequence[None]).logits[0, -1]
            best = last.topk(2)
            margin = min(margin, float(best.values[0] - best.values[1]))
            sequence = torch.cat([sequence, best.indices[:1]])
    assert margin > 1e-3, f"greedy tokens hang on a margin of {margin}"
    return {"ids": ids.to(torch.int32), "hidden": torch.stack(streams), "logits": logits,
            "greedy": sequence[PROMPT:].to(torch.int32)}


def make(name, architecture, configuration, keys, dtype, shards=1, seed=1):
    generator = torch.Generator().manual_seed(seed)
    configuration.attn_implementation = "eager"
    model = architecture(configuration).eval()
    randomize(model, generator)
    # What is computed with are exactly the numbers that are stored.
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.to(dtype))
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    write_shards({name: tensor.to(dtype) for name, tensor in published_tensors(model).items()}, folder, shards)
    keys = {"architectures": [architecture.__name__], "model_type": configuration.model_type, **keys}
    (folder / "config.json").write_text(json.dumps(keys, indent=2) + "\n")
    save_file(expected(model, generator), folder / "expected.safetensors")


def dense(sizes, rope):
    return Qwen3Config(**sizes, rope_parameters=rope)


def mixture(sizes, rope):
    return Qwen3MoeConfig(**sizes, rope_parameters=rope)


def sampling_cases():
    generator = torch.Generator().manual_seed(6)
    cases = []
    for number in range(24):
        # Coarse steps, so that some logits are equal.
        logits = (torch.randn(1, 40, generator=generator) * 8).round() / 4
        history = torch.randint(40, (1, 9), generator=generator)
        case = dict(temperature=[0.6, 0.7, 1.0, 2.5][number % 4], top_k=[0, 20, 1, 5, 100][number % 5],
                    top_p=[1.0, 0.95, 0.8, 0.3, 1e-6][number // 2 % 5], min_p=[0.0, 0.0, 0.05, 0.5][number // 3 % 4],
                    repetition_penalty=[1.0, 1.3, 0.8][number % 3])
        scores = RepetitionPenaltyLogitsProcessor(case["repetition_penalty"])(history, logits.clone())
        scores = TemperatureLogitsWarper(case["temperature"])(history, scores)
        if case["top_k"]:
            scores = TopKLogitsWarper(case["top_k"])(history, scores)
        if case["top_p"] < 1:
            scores = TopPLogitsWarper(case["top_p"])(history, scores)
        if case["min_p"]:
            scores = MinPLogitsWarper(case["min_p"])(history, scores)
        case |= dict(logits=logits[0].tolist(), history=history[0].tolist(),
                     probabilities=[round(p, 8) for p in scores.softmax(-1)[0].tolist()])
        cases.append(case)
    (HERE / "sampling.json").write_text(json.dumps(cases).replace("}, {", "},\n{") + "\n")


def main():
    torch.manual_seed(0)
    sampling_cases()
    plain = {"rope_theta": 1e6, "rope_type": "default"}
    make("tied", Qwen3ForCausalLM, dense(TIED, plain),
         dict(TIED, rope_theta=1000000, rope_scaling=None, torch_dtype="float32"), torch.float32)
    make("untied", Qwen3ForCausalLM, dense(UNTIED, plain),
         dict(UNTIED, rope_parameters=plain, dtype="bfloat16"), torch.bfloat16, shards=3, seed=2)

    sizes = dict(MIXTURE, num_hidden_layers=3, norm_topk_prob=True, mlp_only_layers=[1], decoder_sparse_step=1)
    make("mixture", Qwen3MoeForCausalLM, mixture(sizes, plain),
         dict(sizes, rope_theta=1000000.0, torch_dtype="bfloat16"), torch.bfloat16, seed=3)

    sizes = dict(MIXTURE, norm_topk_prob=False, mlp_only_layers=[], decoder_sparse_step=2,
                 hidden_act="gelu_pytorch_tanh", tie_word_embeddings=True)
    keys = dict(sizes, rope_parameters=plain, dtype="float16")
    keys["num_local_experts"] = keys.pop("num_experts")
    make("mixture-sparse-step", Qwen3MoeForCausalLM, mixture(sizes, plain), keys, torch.float16, seed=4)

    yarn = {"rope_theta": 10000.0, "rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 16}
    old = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 16}
    make("yarn", Qwen3ForCausalLM, dense(YARN, yarn),
         dict(YARN, rope_theta=10000, rope_scaling=old, torch_dtype="bfloat16"), torch.bfloat16, seed=5)


main()
