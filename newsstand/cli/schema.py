"""The command ``schema``: write the JSON Schema of all files of a site."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from newsstand.cli.command_table import Command
from newsstand.cli.common_options import add_site


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaOptions:
    """The command ``schema``."""

    site: Path
    output_folder: Path | None = None


def add_arguments(parser: ArgumentParser) -> None:
    """What the command line takes for `SchemaOptions`."""
    parser.add_argument(
        "--output",
        dest="output_folder",
        type=Path,
        metavar="D",
        help="folder to write to (default: .schema in the site's folder)",
    )
    add_site(parser)


def schema(options: SchemaOptions) -> int:
    """Write the schemas of all files anew."""
    from newsstand.content.disk_writing import write_files
    from newsstand.content.schema import FOLDER, all_schemas  # not needed for --help

    folder = options.output_folder or options.site / FOLDER
    write_files(folder, {name: text.encode() for name, text in all_schemas().items()})
    print(f"The schemas are in {folder}")
    return 0


COMMAND = Command(
    SchemaOptions,
    add_arguments,
    schema,
    "Write the JSON Schema of all files, by which editors complete and underline.",
    "%(prog)s --output .schema",
)
