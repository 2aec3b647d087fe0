"""What the coordinator does to tracks, their modules and their editions."""

from coordination.services.tracks.editions import adopt_edition
from coordination.services.tracks.importing import Imported, Tried, import_modules, try_modules
from coordination.services.tracks.modules import (
    Changed,
    add_module,
    move_module,
    remove_module,
    save_module,
)
from coordination.services.tracks.planning import create, save

__all__ = [
    "Changed",
    "Imported",
    "Tried",
    "add_module",
    "adopt_edition",
    "create",
    "import_modules",
    "move_module",
    "remove_module",
    "save",
    "save_module",
    "try_modules",
]
