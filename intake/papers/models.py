"""The three networks that read a picture: where words stand, which way up they are, what they say.

PP-OCRv6 (small) as it lies in rapidocr's wheel (Apache-2.0), run by onnxruntime alone: nothing is ever downloaded.
The package itself is not imported; what it adds around the networks is done here, for a third of the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from domain.errors import ConfigError

RECOGNISER_VERSION = "ppocrv6-small-3"
"""What a result was read with: changes whenever the same picture might be read otherwise."""

_DETECT = "PP-OCRv6_det_small.onnx"
_READ = "PP-OCRv6_rec_small.onnx"
_TURN = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
DEFAULT_PROVIDERS = ("CPUExecutionProvider",)


@dataclass(frozen=True, slots=True)
class Models:
    """The networks, loaded; ``characters`` is what the reading one tells apart, the blank first."""

    detect: Any
    turn: Any
    read: Any
    characters: tuple[str, ...]


def load_models(providers: tuple[str, ...] = DEFAULT_PROVIDERS) -> Models:
    """Load the networks, one thread each: a process reads one picture at a time, and there are several processes.

    Takes about a second and 60 MB. A process that has loaded them may be forked.

    Raises: ConfigError when the models are not installed or the machine lacks a provider.
    """
    # Before the first session: afterwards numpy warns that the smallest denormal number is zero, which is the point.
    np.finfo(np.float32), np.finfo(np.float64)
    # Late: it takes a third of a second, and most commands read no picture. It has no types worth the name.
    onnxruntime: Any = import_module("onnxruntime")
    folder = find_models()
    missing = [name for name in providers if name not in onnxruntime.get_available_providers()]
    if missing:
        there = ", ".join(onnxruntime.get_available_providers())
        raise ConfigError(
            "youban.toml", "pictures.providers", f"onnxruntime here has no {', '.join(missing)}", f"it has {there}"
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # A quarter of a million weights of the detecting network are denormal numbers, which cost a processor a hundred
    # times an ordinary one: as zero they make it three times as fast. Holds for this thread and what is forked from it.
    options.add_session_config_entry("session.set_denormal_as_zero", "1")
    # Plans of memory are kept for each shape of input, and every line of words has its own: 100 MB for 3 % of the time.
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    detect, turn, read = (
        onnxruntime.InferenceSession(str(folder / name), options, providers=list(providers))
        for name in (_DETECT, _TURN, _READ)
    )
    characters = read.get_modelmeta().custom_metadata_map["character"].splitlines()
    return Models(detect, turn, read, ("", *characters, " "))


def find_models() -> Path:
    """Return the folder of the models. Raises: ConfigError when one is missing."""
    spec = find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else None
    if folder is None or not all((folder / name).is_file() for name in (_DETECT, _TURN, _READ)):
        raise ConfigError(
            "rapidocr", "models", "the models that read pictures are not installed", "install requirements.lock again"
        )
    return folder
