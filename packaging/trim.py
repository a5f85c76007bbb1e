"""What the frozen program does without: modules, files, and tables of symbols."""

from __future__ import annotations

from fnmatch import fnmatch

# Tools and readers of other libraries' features; none is imported by the program. Python's readline
# is GPL's, which the OpenSSL of OpenCV's FFmpeg does not go with.
MODULES = [
    "IPython", "PyInstaller", "_pytest", "hypothesis", "ipywidgets", "jupyter", "mypy", "nncf",
    "onnxruntime", "pandas", "py", "pytest", "pytestqt", "readline", "ruff", "setuptools",
    "sklearn", "tensorboard", "tensorflow", "tkinter", "torchvision", "triton",
    "openvino.torch", "openvino.tools",
    "openvino.frontend.pytorch", "openvino.frontend.tensorflow", "openvino.frontend.jax",
    "openvino.frontend.paddle", "matplotlib.backends.backend_qt", "matplotlib.backends.backend_tk",
    "pyqtgraph.examples", "pyqtgraph.opengl", "torch.utils.tensorboard",
    "onnx.backend.test", "scipy.io.matlab.tests", "fontTools.ufoLib",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtDBus", "PySide6.QtSql", "PySide6.QtXml",
]  # fmt: skip

# The operator's edition counts and watches; it does not train.
OPERATOR_MODULES = [
    "torch", "torchgen", "sympy", "networkx", "mpmath", "onnx", "h5py", "matplotlib", "scipy",
    "functorch", "contourpy", "kiwisolver", "fontTools", "safetensors.torch",
]  # fmt: skip

# Patterns of places within the bundle.
FILES = [
    "torch/test/*", "torch/include/*", "torch/share/*", "torch/bin/protoc*", "torch/bin/test_*",
    "torch/bin/*StoreTest", "torch/lib/*.a", "torch/testing/*.py", "torch/lib/*_test.*",
    "torch/lib/libbackend_with_compiler*", "torch/_inductor/codegen/*.h",
    "*.pyi", "*.h", "*.hpp", "*.cuh", "*.cmake", "*.pc",
    "*/tests/*", "hypothesis-*.dist-info/*",
    "openvino/include/*", "openvino/cmake/*",
    "*openvino_*_gpu_plugin*", "*openvino_intel_npu_plugin*", "openvino/libs/cache.json",
    "*openvino_gguf_frontend*", "*openvino_jax_frontend*", "*openvino_paddle_frontend*",
    "*openvino_pytorch_frontend*", "*openvino_tensorflow*frontend*", "*openvino_hetero_plugin*",
    "*openvino_auto_plugin*", "*openvino_auto_batch_plugin*",
    "onnx/backend/test/*", "matplotlib/mpl-data/sample_data/*", "matplotlib/mpl-data/images/*",
    "*Qt6Qml*", "*Qt6Quick*", "*Qt6Pdf*", "*Qt6VirtualKeyboard*", "*Qt6EglF[Ss]*",
    "*plugins/platforms/*eglfs*", "*plugins/platforms/*linuxfb*", "*plugins/platforms/*vnc*",
    "*plugins/platforms/*minimal*", "*plugins/platforms/*vkkhr*",
    "*plugins/egldeviceintegrations/*", "*plugins/platformthemes/*gtk*",
    "*plugins/networkinformation/*", "*plugins/tls/*", "*plugins/generic/*",
    "*plugins/platforminputcontexts/*virtualkeyboard*", "*plugins/imageformats/*pdf*",
    # What GTK alone needs: the program draws itself.
    "libgtk-*", "libgdk*", "libatk*", "libatspi*", "libepoxy*", "libcairo*", "libpango*",
    "libXcomposite*", "libXdamage*", "libXcursor*", "libXinerama*", "libXrandr*", "libXi.so*",
    "libfribidi*", "libthai*", "libdatrie*", "libpixman*",
]  # fmt: skip

# Libraries of Linux whose tables of symbols are for debuggers alone, and large. Others' are small,
# or they were rewritten when their wheel was made and break when they are rewritten again.
WITHOUT_SYMBOLS = (
    "libpython3.*.so.*", "torch/lib/libtorch_cpu.so", "torch/lib/libtorch_python.so",
)  # fmt: skip

# Sources beside the compiled code; the modules of settings read their own.
SOURCES = ("torch/_inductor/*.py", "torch/_dynamo/*.py", "torch/ao/*.py", "torch/onnx/*.py")
SETTINGS = "*config*.py"

# Of Qt's own translations, those of the program's languages.
QT_TRANSLATIONS = "*Qt/translations/*"
KEPT_TRANSLATIONS = ("*/qtbase_ko.qm", "*/qtbase_en.qm")


def is_kept(place: str) -> bool:
    """Return whether a file, by its path within the bundle, belongs into it."""
    place = place.replace("\\", "/")
    if fnmatch(place, QT_TRANSLATIONS) or fnmatch(place, "*PySide6/translations/*"):
        return any(fnmatch(place, pattern) for pattern in KEPT_TRANSLATIONS)
    if any(fnmatch(place, pattern) for pattern in SOURCES):
        return fnmatch(place, SETTINGS)
    return not any(fnmatch(place, pattern) for pattern in FILES)
