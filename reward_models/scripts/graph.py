"""A thin writer of ONNX graphs: named tensors in, deterministic bytes out."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
IR_VERSION = 8


class Graph:
    """Collects nodes and constants; every call returns the name of what it made."""

    def __init__(self, name: str):
        self.name = name
        self.nodes, self.constants, self.inputs, self.outputs = [], [], [], []
        self._count = 0

    def _fresh(self, stem: str) -> str:
        self._count += 1
        return f"{stem}_{self._count}"

    def input(self, name: str, shape: list) -> str:
        self.inputs.append(helper.make_tensor_value_info(name, TensorProto.INT64, shape))
        return name

    def output(self, name: str, value: str, shape: list) -> None:
        self.nodes.append(helper.make_node("Identity", [value], [name]))
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def const(self, array, stem: str = "c") -> str:
        name = self._fresh(stem)
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def f32(self, value, stem: str = "c") -> str:
        return self.const(np.asarray(value, np.float32), stem)

    def i64(self, value, stem: str = "i") -> str:
        return self.const(np.asarray(value, np.int64), stem)

    def op(self, kind: str, *inputs: str, **attributes) -> str:
        out = self._fresh(kind.lower())
        self.nodes.append(helper.make_node(kind, list(inputs), [out], **attributes))
        return out

    def cast(self, value: str, kind=TensorProto.FLOAT) -> str:
        return self.op("Cast", value, to=kind)

    def save(self, path: Path, producer: str = "weighmaster") -> None:
        graph = helper.make_graph(self.nodes, self.name, self.inputs, self.outputs, self.constants)
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET)],
            ir_version=IR_VERSION,
            producer_name=producer,
        )
        onnx.checker.check_model(model)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(model.SerializeToString(deterministic=True))
