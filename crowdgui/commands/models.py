"""`crowdgui models`: what is installed; import and remove."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from models.catalogue import Model, find_model, installed, remove_model
from models.errors import UserError

UNBROKEN = 400

app = typer.Typer(help="List, import and remove models.", rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def list_models(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, one object a model.")] = False,
) -> None:
    """List, import and remove models. Without a command it lists what is installed."""
    if context.invoked_subcommand is not None:
        return
    rows, failed = [], False
    for model in installed():
        try:
            rows.append(describe(model))
        except UserError as error:
            failed = True
            typer.echo(f"crowdgui: {error}", err=True)
    if as_json:
        for row in rows:
            sys.stdout.write(json.dumps(row) + "\n")
    else:
        _print_table(rows)
    raise typer.Exit(1 if failed and rows else 2 if failed else 0)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A .pth, .h5, .safetensors or .onnx file.")],
    name: Annotated[str, typer.Option(help="What to call it; the file's name if not given.")] = "",
) -> None:
    """Bring a model in: M-SFANet (.pth), MCNN (.h5, .pth), or a file of this program.

    With an .onnx come its .int8.onnx and .md, if they lie beside it.
    """
    from models.importing import import_model

    path = import_model(file, name)
    typer.echo(f"Imported as {path.stem}. Count with: crowdgui count PICTURE --model {path.stem}")


@app.command()
def remove(name: Annotated[str, typer.Argument(help="The model's name.")]) -> None:
    """Delete a model that you added."""
    remove_model(name)
    typer.echo(f"Removed {name}.")


def describe(model: Model) -> dict[str, Any]:
    """Return what the list shows of a model; raises UserError as Model.header does."""
    header = model.header()
    return {
        "name": model.name,
        "network": header.network,
        "parameters": header.parameters,
        "bytes": model.file.stat().st_size,
        "engines": [e for e, f in (("openvino", model.onnx), ("torch", model.weights)) if f],
        "default": model.name == find_model().name,
        "shipped": model.shipped,
        "trained_on": header.trained_on,
        "figures": header.figures,
        "licence": header.licence,
        "card": str(model.card) if model.card else None,
    }


def _print_table(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    if not rows:
        typer.echo("No model is installed. Add one with: crowdgui models import FILE")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Model", "Network", "Parameters", "Size", "Validation MAE / RMSE", "Licence"):
        right = heading in ("Parameters", "Size")
        table.add_column(heading, justify="right" if right else "left", overflow="fold")
    for row in rows:
        star = " *" if row["default"] else ""
        table.add_row(
            escape(row["name"]) + star, escape(row["network"]), f"{row['parameters']:,}",
            f"{row['bytes'] / 1e6:.3f} MB", escape(_figures(row)), escape(row["licence"]),
        )  # fmt: skip
    # Names are searched for where the table goes into a pipe: nothing is broken there.
    Console(width=None if sys.stdout.isatty() else UNBROKEN).print(table)
    typer.echo("* used when no --model is given")


def _figures(row: dict[str, Any]) -> str:
    figures, trained = row["figures"], row["trained_on"]
    if not {"mae", "rmse"} <= figures.keys():
        return "unknown"
    data = ", ".join(figures.get("data") or trained.get("data", []))
    split = figures.get("split", "")
    told = [f"{data} {split}", f"{number} pictures" if (number := figures.get("n")) else ""]
    # What was rounded is not measured as exactly as the others.
    told.append(precision if (precision := figures.get("precision", "fp32")) != "fp32" else "")
    return f"{figures['mae']:.1f} / {figures['rmse']:.1f} ({', '.join(filter(None, told))})"
