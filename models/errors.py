"""The one exception for what a person can put right, and its English sentences."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark `text` for translation without importing Qt; returns it unchanged."""
    return text


SENTENCES: dict[str, str] = {
    "path-missing": QT_TRANSLATE_NOOP(
        "UserError", "{path} does not exist. Check the name and try again."
    ),
    "path-unreadable": QT_TRANSLATE_NOOP(
        "UserError", "{path} cannot be read: permission denied. Change its permissions."
    ),
    "path-unwritable": QT_TRANSLATE_NOOP(
        "UserError", "{path} cannot be written: {reason}. Choose another place."
    ),
    "folder-empty": QT_TRANSLATE_NOOP(
        "UserError", "{path} holds no pictures. Pictures end in {suffixes}."
    ),
    "glob-empty": QT_TRANSLATE_NOOP(
        "UserError", "No picture matches {path}. Check the pattern and the folder."
    ),
    "picture-empty": QT_TRANSLATE_NOOP(
        "UserError", "{path} is empty (0 bytes). Copy the picture again."
    ),
    "picture-unknown": QT_TRANSLATE_NOOP(
        "UserError", "{path} is not a picture that can be opened. Save it as JPEG or PNG."
    ),
    "picture-damaged": QT_TRANSLATE_NOOP(
        "UserError", "{path} is damaged or cut off. Copy the picture again."
    ),
    "picture-too-large": QT_TRANSLATE_NOOP(
        "UserError",
        "{path} has {megapixels} megapixels; at most {limit} are opened. Make it smaller first.",
    ),
    "model-unknown": QT_TRANSLATE_NOOP(
        "UserError", "There is no model called {name}. Installed: {names}."
    ),
    "model-none": QT_TRANSLATE_NOOP(
        "UserError", "No model is installed. Add one with: crowdgui models import FILE."
    ),
    "model-shipped": QT_TRANSLATE_NOOP(
        "UserError", "{name} came with the program and cannot be removed."
    ),
    "model-name": QT_TRANSLATE_NOOP(
        "UserError",
        "{name} cannot name a model. Use letters, digits, '-', '_' and '.', starting with a"
        " letter or digit.",
    ),
    "model-exists": QT_TRANSLATE_NOOP(
        "UserError", "A model called {name} is installed already. Give another name with --name."
    ),
    "weights-damaged": QT_TRANSLATE_NOOP(
        "UserError", "{path} is not a readable weights file: {reason}. Get the file again."
    ),
    "weights-no-header": QT_TRANSLATE_NOOP(
        "UserError",
        "{path} has no description of its network. Bring it in with: crowdgui models import.",
    ),
    "weights-newer": QT_TRANSLATE_NOOP(
        "UserError", "{path} was made by a newer version ({version}). Update this program."
    ),
    "weights-mismatch": QT_TRANSLATE_NOOP(
        "UserError", "{path} does not fit the network {network}: {reason}."
    ),
    "weights-unsafe": QT_TRANSLATE_NOOP(
        "UserError",
        "{path} is refused: besides tensors it holds code or objects that would run when it is"
        " opened. Ask its author for a file of plain tensors.",
    ),
    "weights-foreign": QT_TRANSLATE_NOOP(
        "UserError",
        "{path} holds no network known here. Known: M-SFANet (.pth), MCNN (.h5, .pth), and this"
        " program's own .safetensors.",
    ),
    "engine-missing": QT_TRANSLATE_NOOP(
        "UserError", "{engine} is not installed. Install it with: pip install {package}."
    ),
    "engine-no-file": QT_TRANSLATE_NOOP(
        "UserError", "{model} has no ONNX file beside it for the OpenVINO engine. Use torch."
    ),
    "engine-stale": QT_TRANSLATE_NOOP(
        "UserError",
        "The ONNX file of {model} was made from other weights. Use torch, or export it again.",
    ),
    "model-onnx-only": QT_TRANSLATE_NOOP(
        "UserError",
        "{model} is an ONNX file only, which torch cannot run. Use the OpenVINO engine.",
    ),
    "export-differs": QT_TRANSLATE_NOOP(
        "UserError",
        "{path} was not written: the exported network counts {got:.3f} where torch counts"
        " {wanted:.3f}.",
    ),
    "device-unavailable": QT_TRANSLATE_NOOP(
        "UserError", "The device {device} is not available here. Available: {devices}."
    ),
    "data-unknown": QT_TRANSLATE_NOOP(
        "UserError", "No known data set layout in {path}. Looked for: {looked_for}."
    ),
    "data-no-annotation": QT_TRANSLATE_NOOP(
        "UserError", "{path} has no annotation file. Expected {expected}."
    ),
    "data-no-picture": QT_TRANSLATE_NOOP(
        "UserError", "The annotation {path} has no picture. Expected {expected}."
    ),
    "data-bad-annotation": QT_TRANSLATE_NOOP(
        "UserError", "The annotation {path} cannot be read: {reason}."
    ),
    "data-same-name": QT_TRANSLATE_NOOP(
        "UserError", "{path} and {other} have the same name. Keep only one of them."
    ),
    "data-unlabelled": QT_TRANSLATE_NOOP(
        "UserError",
        "{path} is not annotated: how many people it shows is unknown. Annotate it, or choose"
        " annotated pictures.",
    ),
    "data-outside": QT_TRANSLATE_NOOP(
        "UserError", "{path}: {number} of {total} points lie outside the picture and do not count."
    ),
    "data-group-boxes": QT_TRANSLATE_NOOP(
        "UserError", "{path}: boxes around groups (iscrowd) in {name} do not count: {number}."
    ),
    "split-empty": QT_TRANSLATE_NOOP(
        "UserError", "The split {split} of {path} holds no pictures. Splits there: {splits}."
    ),
    "recipe-unknown": QT_TRANSLATE_NOOP(
        "UserError", "There is no recipe called {name}. Known: {names}, or a path to a .toml file."
    ),
    "setting-invalid": QT_TRANSLATE_NOOP("UserError", "{name} cannot be {value}: {reason}."),
    "threads-invalid": QT_TRANSLATE_NOOP(
        "UserError", "{threads} threads are not possible here; use 0 to {most}."
    ),
    "option-missing": QT_TRANSLATE_NOOP(
        "UserError", "The option {option} is missing. See crowdgui --help."
    ),
    "teacher-missing": QT_TRANSLATE_NOOP(
        "UserError",
        "With alpha {alpha} a teacher is needed. Name one with --teacher, or use alpha 0.",
    ),
    "run-exists": QT_TRANSLATE_NOOP(
        "UserError", "{path} holds a run already. Continue it with --resume, or name another."
    ),
    "run-missing": QT_TRANSLATE_NOOP("UserError", "{path} is not a run folder: {reason}."),
    "run-newer": QT_TRANSLATE_NOOP(
        "UserError", "The run in {path} was made by a newer version. Update this program."
    ),
    "training-diverged": QT_TRANSLATE_NOOP(
        "UserError",
        "The loss became {loss} in epoch {epoch}; the last good state is kept in {path}. Try a"
        " smaller learning rate.",
    ),
}


class UserError(Exception):
    """What a person did wrong or can put right: a code, the facts, and a sentence.

    `code` is a key of SENTENCES; `facts` fill the sentence's places.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return SENTENCES[self.code].format(**self.facts)
