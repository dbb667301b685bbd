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


def load(model: Path | bytes, n_threads: int) -> onnxruntime.InferenceSession:
    """The model, ready to run on so many processors of this machine; several threads may run it at once.

    Raises: ValueError when it is no model.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = n_threads
    options.enable_mem_pattern = False  # one would be kept for every number of symbols
    options.log_severity_level = 3
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
