"""The door to onnxruntime: a model loaded, with the options that voices need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import onnxruntime
from onnxruntime.capi.onnxruntime_pybind11_state import (
    Fail,
    InvalidArgument,
    InvalidGraph,
    InvalidProtobuf,
    NoSuchFile,
)

if TYPE_CHECKING:
    from pathlib import Path

# One block of memory for all sessions of this process, of which only what is used is taken from the system: a free part
# joins those beside it, and then serves whatever comes. For two passages at once Kokoro needs 159 MB so, and 191 MB in
# onnxruntime's own blocks, that double in size and waste up to 128 MB each.
_BLOCK_BYTES = 512 << 20
_WASTED_BYTES = 1 << 20
_MEMORY = ("Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT)
onnxruntime.create_and_register_allocator(
    onnxruntime.OrtMemoryInfo(*_MEMORY),
    onnxruntime.OrtArenaCfg(
        {"initial_growth_chunk_size_bytes": _BLOCK_BYTES, "max_dead_bytes_per_chunk": _WASTED_BYTES}
    ),
)


def load(model: Path | bytes, n_threads: int) -> onnxruntime.InferenceSession:
    """The model, ready to run on so many processors of this machine; several threads may run it at once.

    Raises: ValueError when it is no model.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = n_threads
    options.enable_mem_pattern = False  # one would be kept for every number of symbols
    options.log_severity_level = 3
    options.add_session_config_entry("session.use_env_allocators", "1")
    source = model if isinstance(model, bytes) else str(model)
    try:
        return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
    except (Fail, InvalidArgument, InvalidGraph, InvalidProtobuf, NoSuchFile) as error:
        raise ValueError(f"onnxruntime can't load it: {error}") from error
