"""The actions of the training page, a row each."""

from __future__ import annotations

from crowdgui.window.action_rows import ActionRow
from models.errors import QT_TRANSLATE_NOOP

TRAIN = ("train",)

TRAIN_ROWS = (
    ActionRow(
        "train-data",
        QT_TRANSLATE_NOOP("Actions", "Training da&ta…"),
        QT_TRANSLATE_NOOP("Actions", "Choose a folder of annotated pictures to train on"),
        ("Ctrl+Shift+D",), "folder", "training.ask_for_data", opens="train",
    ),
    ActionRow(
        "train-start",
        QT_TRANSLATE_NOOP("Actions", "&Start training"),
        QT_TRANSLATE_NOOP("Actions", "Train a student with the settings of the page"),
        ("Ctrl+Return",), "start", "training.start", pages=TRAIN,
    ),
    ActionRow(
        "train-pause",
        QT_TRANSLATE_NOOP("Actions", "Pause or resu&me"),
        QT_TRANSLATE_NOOP("Actions", "Let the training wait, or go on"),
        ("Ctrl+P",), "pause", "training.pause_or_resume", pages=TRAIN,
    ),
    ActionRow(
        "train-stop",
        QT_TRANSLATE_NOOP("Actions", "Sto&p training"),
        QT_TRANSLATE_NOOP("Actions", "End the training and keep its best weights"),
        ("Ctrl+.",), "stop", "training.stop", pages=TRAIN,
    ),
    ActionRow(
        "train-discard",
        QT_TRANSLATE_NOOP("Actions", "&Cancel training…"),
        QT_TRANSLATE_NOOP("Actions", "End the training and delete all of it"),
        (), "", "training.ask_to_discard", pages=TRAIN,
    ),
    ActionRow(
        "continue-run",
        QT_TRANSLATE_NOOP("Actions", "C&ontinue the run"),
        QT_TRANSLATE_NOOP("Actions", "Train on from the last state that was saved"),
        (), "", "training.run_actions.continue_run", pages=TRAIN,
    ),
    ActionRow(
        "use-run",
        QT_TRANSLATE_NOOP("Actions", "&Use this model…"),
        QT_TRANSLATE_NOOP("Actions", "Put the run's best weights among the models that count"),
        ("Ctrl+U",), "models", "training.run_actions.ask_to_use", pages=TRAIN,
    ),
    ActionRow(
        "export-run",
        QT_TRANSLATE_NOOP("Actions", "Export as O&NNX…"),
        QT_TRANSLATE_NOOP("Actions", "Write the run's best weights for other programs"),
        (), "", "training.run_actions.ask_where_to_export", pages=TRAIN,
    ),
    ActionRow(
        "export-plot",
        QT_TRANSLATE_NOOP("Actions", "Export the p&lot…"),
        QT_TRANSLATE_NOOP("Actions", "Save the plot in front as PNG or SVG"),
        (), "save", "training.run_actions.ask_where_to_export_plot", pages=TRAIN,
    ),
    ActionRow(
        "export-runs",
        QT_TRANSLATE_NOOP("Actions", "Export the t&able…"),
        QT_TRANSLATE_NOOP("Actions", "Save the table of runs, or of the sweep, as CSV"),
        (), "table", "training.run_actions.ask_where_to_export_runs", pages=TRAIN,
    ),
    ActionRow(
        "open-run-folder",
        QT_TRANSLATE_NOOP("Actions", "Open the run's &folder"),
        QT_TRANSLATE_NOOP("Actions", "Show the files of the run"),
        (), "open", "training.run_actions.open_folder", pages=TRAIN,
    ),
    ActionRow(
        "open-runs",
        QT_TRANSLATE_NOOP("Actions", "&Runs of another folder…"),
        QT_TRANSLATE_NOOP(
            "Actions",
            "List the runs of the command line or of another computer; new trainings go there too",
        ),
        (), "", "training.run_root.ask", pages=TRAIN,
    ),
    ActionRow(
        "own-runs",
        QT_TRANSLATE_NOOP("Actions", "Runs of this pro&gram"),
        QT_TRANSLATE_NOOP("Actions", "List the runs that this program keeps itself"),
        (), "", "training.run_root.use_own", pages=TRAIN,
    ),
    ActionRow(
        "delete-runs",
        QT_TRANSLATE_NOOP("Actions", "&Delete runs…"),
        QT_TRANSLATE_NOOP("Actions", "Delete the chosen runs from the disk"),
        (), "clear", "training.run_actions.ask_to_delete", pages=TRAIN,
    ),
)  # fmt: skip
