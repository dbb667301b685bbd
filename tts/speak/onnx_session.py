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

# One arena for all sessions of this process, where a large block that is free serves several small ones: Kokoro needs
# 128 MB in place of 159 MB for 6.6 s of speech, in the same time.
_DEAD_BYTES = 1 << 20  # that a block may be larger than what it holds; by itself onnxruntime allows 128 MB
_MEMORY = ("Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT)
onnxruntime.create_and_register_allocator(
    onnxruntime.OrtMemoryInfo(*_MEMORY), onnxruntime.OrtArenaCfg({"max_dead_bytes_per_chunk": _DEAD_BYTES})
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


def giving_back() -> onnxruntime.RunOptions:
    """For a run after which the session's working memory goes back to the system."""
    options = onnxruntime.RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    return options
