"""Serves a simulator written with numpy to inverse-claims: see PROTOCOL.md. No other package is needed."""
import json
import struct
import sys

import numpy as np

OPERATIONS = {1: "forward", 2: "vjp", 3: "jvp", 4: "error", 5: "quit"}
CODES = {name: code for code, name in OPERATIONS.items()}


def serve(description, forward, vjp=None, jvp=None):
    """Answers requests until there are no more.

    forward(x, gamma) -> y, vjp(x, gamma, y_bar) -> (y, x_bar), jvp(x, gamma, x_dot) -> y_dot;
    arrays of float64 with a row per instance. What raises an exception is answered by its text.
    """
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what is printed must not mix with answers
    known = {"protocol": 1, "vjp": vjp is not None, "jvp": jvp is not None, **description}
    answers.write(json.dumps(known).encode() + b"\n")
    answers.flush()
    while True:
        request = _read(requests)
        if request is None or request[0] == "quit":
            return
        operation, number, arrays = request
        try:
            if operation == "forward":
                results = [forward(*arrays)]
            elif operation == "vjp":
                results = _vjp(forward, vjp, *arrays)
            else:
                results = [jvp(*arrays)]
            answer = _frame(operation, number, [np.ascontiguousarray(each, dtype="<f8") for each in results])
        except Exception as error:  # told to the other side, which says where it happened
            answer = _frame("error", number, [], f"{type(error).__name__}: {error}")
        answers.write(answer)
        answers.flush()


def _vjp(forward, vjp, x, gamma, y_bar):
    """With no columns in y_bar, the value alone."""
    if y_bar.shape[1] == 0:
        return [forward(x, gamma), np.zeros((x.shape[0], 0))]
    return list(vjp(x, gamma, y_bar))


def _frame(operation, number, arrays, text=""):
    words = text.encode()
    head = b"ICF1" + struct.pack("<HHII", CODES[operation], len(arrays), number, len(words))
    shapes = b"".join(struct.pack("<II", *array.shape) for array in arrays)
    return head + shapes + b"".join(array.tobytes() for array in arrays) + words


def _read(stream):
    head = stream.read(16)
    if len(head) < 16:
        return None
    operation, count, number, words = struct.unpack("<HHII", head[4:])
    shapes = [struct.unpack("<II", stream.read(8)) for _ in range(count)]
    arrays = [
        np.frombuffer(stream.read(8 * rows * cols), dtype="<f8").reshape(rows, cols) for rows, cols in shapes
    ]
    stream.read(words)
    return OPERATIONS[operation], number, arrays
