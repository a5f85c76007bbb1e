"""The one exception for what a person can put right, and its English sentences."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark `text` for translation without importing Qt; returns it unchanged."""
    return text


SENTENCES: dict[str, str] = {
    "path-missing": QT_TRANSLATE_NOOP(
        "UserError", "{path} does not exist. Check the name and try again."
    ),
    "path-unreadable": QT_TRANSLATE_NOOP("UserError", "{path} cannot be read: {reason}."),
    "path-unwritable": QT_TRANSLATE_NOOP(
        "UserError", "{path} cannot be written: {reason}. Choose another place."
    ),
    "path-kept": QT_TRANSLATE_NOOP(
        "UserError",
        "{path} cannot be replaced: {reason}. It may be open in another program. What was written"
        " is in {kept}.",
    ),
    "folder-empty": QT_TRANSLATE_NOOP(
        "UserError", "{path} holds no pictures. Pictures end in {suffixes}."
    ),
    "folder-videos": QT_TRANSLATE_NOOP(
        "UserError", "{path} holds videos and no pictures. Open the videos themselves: {example}"
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
    "model-shipped-name": QT_TRANSLATE_NOOP(
        "UserError", "{name} came with the program and keeps its name."
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
        " program's own .safetensors and .onnx.",
    ),
    "weights-state": QT_TRANSLATE_NOOP(
        "UserError", "{path} is what a training goes on from; its model is {best}."
    ),
    "import-full": QT_TRANSLATE_NOOP(
        "UserError",
        "{path} can only be brought in where {package} is. Import it in the full edition, export"
        " it there, and bring its .onnx.",
    ),
    "command-failed": QT_TRANSLATE_NOOP(
        "UserError", "crowdgui {command} did not end well: {reason}."
    ),
    "library-missing": QT_TRANSLATE_NOOP(
        "UserError",
        "The system lacks {libraries}, without which no window can be shown. Install with:"
        " sudo apt-get install {packages}",
    ),
    "engine-missing": QT_TRANSLATE_NOOP(
        "UserError", "{engine} is not installed. Install it with: pip install {package}."
    ),
    "engine-no-file": QT_TRANSLATE_NOOP(
        "UserError", "{model} has no ONNX file beside it for the OpenVINO engine. Use torch."
    ),
    "engine-no-int8": QT_TRANSLATE_NOOP(
        "UserError",
        "{model} has no int8 file. Make one with: crowdgui export --model {model} --int8"
        ' --output "{path}"',
    ),
    "calibration-empty": QT_TRANSLATE_NOOP(
        "UserError", "{path} holds no pictures to find the ranges of int8 from. Name another."
    ),
    "int8-no-weights": QT_TRANSLATE_NOOP(
        "UserError",
        "{model} has no int8 file. It is made from weights, and the model is an ONNX file only.",
    ),
    "engine-stale": QT_TRANSLATE_NOOP(
        "UserError",
        "The ONNX file of {model} was made from other weights. Use torch, or export it again.",
    ),
    "int8-stale": QT_TRANSLATE_NOOP(
        "UserError",
        "The int8 file of {model} was made from other weights. Make it anew with: crowdgui export"
        ' --model {model} --int8 --output "{path}"',
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
    "int8-differs": QT_TRANSLATE_NOOP(
        "UserError",
        "{path} was not written: in int8 the network counts {got:.1f} where it counts {wanted:.1f}"
        " in fp32. Name other or more training pictures with --pictures.",
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
    "data-other-shapes": QT_TRANSLATE_NOOP(
        "UserError", "{path}: shapes that are neither points nor rectangles do not count: {number}."
    ),
    "data-unmarked": QT_TRANSLATE_NOOP(
        "UserError",
        "{path}: {number} of {total} pictures have no file of points and are left out.",
    ),
    "marks-foreign": QT_TRANSLATE_NOOP(
        "UserError",
        "The heads of this picture stand in {path}, which was not made here. Change them with the"
        " program that made it.",
    ),
    "marks-changed": QT_TRANSLATE_NOOP(
        "UserError",
        "{path} was changed by another program. Its marks are shown as they are there now; what you"
        " did last is not among them.",
    ),
    "marks-shared": QT_TRANSLATE_NOOP(
        "UserError",
        "{path} and {other} have the same name, and one file of marks for both. Rename one.",
    ),
    "scene-foreign": QT_TRANSLATE_NOOP(
        "UserError",
        "{path} stands where a rendered scene belongs, and is none. Move it, or name another"
        " folder.",
    ),
    "split-empty": QT_TRANSLATE_NOOP(
        "UserError", "The split {split} of {path} holds no pictures. Splits there: {splits}."
    ),
    "training-missing": QT_TRANSLATE_NOOP(
        "UserError", "{command} needs torch, which this edition leaves out. Use the full edition."
    ),
    "recipe-unknown": QT_TRANSLATE_NOOP(
        "UserError", "There is no recipe called {name}. Known: {names}, or a path to a .toml file."
    ),
    "frozen-random": QT_TRANSLATE_NOOP(
        "UserError",
        "The recipe {recipe} keeps the first layers of {network} as ImageNet made them. Give their"
        " weights with --trunk, or trained ones with --init.",
    ),
    "init-differs": QT_TRANSLATE_NOOP(
        "UserError",
        "{path} cannot begin this training: its {name} is {there}, the recipe's is {wanted}. Choose"
        " a recipe with the same, or other weights.",
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
    "teacher-needed": QT_TRANSLATE_NOOP(
        "UserError",
        "The setting {name} needs a teacher. Name one with --teacher, or leave {name} out.",
    ),
    "run-exists": QT_TRANSLATE_NOOP(
        "UserError", "{path} holds a run already. Continue it with --resume, or name another."
    ),
    "folder-taken": QT_TRANSLATE_NOOP(
        "UserError", "{path} holds other files. Name a new folder, or an empty one."
    ),
    "run-missing": QT_TRANSLATE_NOOP("UserError", "{path} is not a run folder: {reason}."),
    "run-newer": QT_TRANSLATE_NOOP(
        "UserError", "The run in {path} was made by a newer version. Update this program."
    ),
    "run-busy": QT_TRANSLATE_NOOP(
        "UserError", "Another training is at work in {path}. Wait for it, or name another folder."
    ),
    "run-data-changed": QT_TRANSLATE_NOOP(
        "UserError",
        "The pictures of the run in {path} are not those it began with. Bring back what is missing"
        " and take out what is new, or start anew with --init.",
    ),
    "run-teacher-changed": QT_TRANSLATE_NOOP(
        "UserError",
        "The teacher {name} of the run in {path} has changed since it began. Bring the old one"
        " back, or start anew with --init.",
    ),
    "sweep-differs": QT_TRANSLATE_NOOP(
        "UserError",
        "The sweep in {path} has another {name}: {there}, not {wanted}. Give the same options, or"
        " name another folder.",
    ),
    "training-diverged": QT_TRANSLATE_NOOP(
        "UserError",
        "The loss became {loss} in epoch {epoch}; the last good state is kept in {path}. Try a"
        " smaller learning rate.",
    ),
    "memory-short": QT_TRANSLATE_NOOP(
        "UserError",
        "There is not enough memory for batches of {batch} crops of {crop} pixels; what was learnt"
        " is kept in {path}. Close other programs and continue it, or start anew with a smaller"
        " batch or crop.",
    ),
    "norms-apart": QT_TRANSLATE_NOOP(
        "UserError",
        "On CPUs batch norm sees only the crops of its own process: give each at least 8 (batch).",
    ),
    "pictures-unseen": QT_TRANSLATE_NOOP(
        "UserError",
        "{number} of the pictures to train on are left out, as models are validated or tested on"
        " them.",
    ),
    "few-negatives": QT_TRANSLATE_NOOP(
        "UserError",
        "The folders of pictures without people hold {there} to train on; up to {wanted} would be"
        " used.",
    ),
    "not-fitted": QT_TRANSLATE_NOOP(
        "UserError",
        "The last layer was not fitted: that takes 32 or more training pictures that are counted"
        " whole and not in tiles.",
    ),
    "address-invalid": QT_TRANSLATE_NOOP(
        "UserError",
        "{address} is no address of a stream. Use rtsp://, rtsps://, http:// or https://.",
    ),
    "variable-missing": QT_TRANSLATE_NOOP(
        "UserError", "{address} needs the environment variable {name}, which is not set. Set it."
    ),
    "keyring-unavailable": QT_TRANSLATE_NOOP(
        "UserError",
        "The password cannot be kept in this system's keyring ({reason}). Name a variable in the"
        " address instead.",
    ),
    "stream-host": QT_TRANSLATE_NOOP(
        "UserError", "{address}: there is no machine called {host}. Check the address."
    ),
    "stream-refused": QT_TRANSLATE_NOOP(
        "UserError", "{address}: nothing answers at {host}, port {port}. Check that it is running."
    ),
    "stream-silent": QT_TRANSLATE_NOOP(
        "UserError", "{address}: {host}, port {port}, does not answer in time. Check the network."
    ),
    "stream-password": QT_TRANSLATE_NOOP(
        "UserError", "{address}: the user name or the password is wrong."
    ),
    "stream-missing": QT_TRANSLATE_NOOP(
        "UserError", "{address}: the server has no stream of this name. Check the path."
    ),
    "stream-unreadable": QT_TRANSLATE_NOOP(
        "UserError", "{address} answers, but sends no video that can be read."
    ),
    "stream-picture": QT_TRANSLATE_NOOP(
        "UserError",
        "{address} gives a single picture and is no stream. Use the address of the camera's video.",
    ),
    "stream-lost": QT_TRANSLATE_NOOP("UserError", "{address} was lost. It is being opened again."),
    "source-silent": QT_TRANSLATE_NOOP(
        "UserError", "{source} gives no pictures. It is being opened again."
    ),
    "source-failed": QT_TRANSLATE_NOOP(
        "UserError", "{source} could not be counted: {reason}. Please report this."
    ),
    "camera-unknown": QT_TRANSLATE_NOOP(
        "UserError", "There is no camera {camera}. Cameras here: {cameras}."
    ),
    "camera-busy": QT_TRANSLATE_NOOP(
        "UserError",
        "The camera {camera} gives no picture. Another program may be using it, or this one may"
        " not be permitted to: {hint}.",
    ),
    "camera-permission": QT_TRANSLATE_NOOP(
        "UserError", "This program may not use the camera {camera}. Permit it: {hint}."
    ),
    "camera-lost": QT_TRANSLATE_NOOP(
        "UserError", "The camera {camera} was lost. Plug it in again; it will be found."
    ),
    "video-unknown": QT_TRANSLATE_NOOP(
        "UserError", "{path} is not a video that can be opened. Save it as MP4."
    ),
    "video-empty": QT_TRANSLATE_NOOP(
        "UserError", "{path} holds no frame that can be read. Copy the video again."
    ),
    "video-length": QT_TRANSLATE_NOOP(
        "UserError", "{path} does not say how long it is. Save it as MP4."
    ),
    "stills-foreign": QT_TRANSLATE_NOOP(
        "UserError", "{path} is not of this video. Rename its folder, or name another one."
    ),
    "video-cut-off": QT_TRANSLATE_NOOP(
        "UserError",
        "{path} may be damaged or cut off: about {number} of its frames are missing.",
    ),
    "zones-damaged": QT_TRANSLATE_NOOP(
        "UserError", "{path} is not a readable zones file: {reason}."
    ),
    "zone-points": QT_TRANSLATE_NOOP(
        "UserError", "The zone {zone} has {number} different points; it needs three or more."
    ),
    "zone-crossing": QT_TRANSLATE_NOOP(
        "UserError", "The outline of the zone {zone} crosses or touches itself. Move its points."
    ),
    "zone-invalid": QT_TRANSLATE_NOOP("UserError", "The zone {zone} cannot be used: {reason}."),
    "broker-invalid": QT_TRANSLATE_NOOP(
        "UserError", "{address} is no address of a broker. Use mqtt://HOST/TOPIC or mqtts://."
    ),
    "broker-ca": QT_TRANSLATE_NOOP(
        "UserError", "{path} is no certificate that can be read: {reason}."
    ),
    "broker-away": QT_TRANSLATE_NOOP(
        "UserError", "The broker {address} cannot be reached. Messages are kept until it can."
    ),
    "broker-distrusted": QT_TRANSLATE_NOOP(
        "UserError",
        "The certificate of the broker {address} is not trusted: {reason}. Name the file of its"
        " certificate authority.",
    ),
    "broker-refused": QT_TRANSLATE_NOOP(
        "UserError",
        "The broker {address} refuses the connection ({reason}). Check user and password; messages"
        " are kept.",
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
