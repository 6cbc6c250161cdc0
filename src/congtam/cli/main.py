"""The front door: every refusal leaves here as sentences and an exit code, never as a traceback."""

import sys
from importlib import import_module

import click

from congtam import __version__
from congtam.cli import terminal
from congtam.engine.findings import Finding, Unusable

UNUSABLE = 2
COMMANDS = {  # command → its module here, and its name there
    "audit": ("auditing", "audit"),
    "backup": ("keeping", "backup_"),
    "catalogue": ("catalogue", "catalogue"),
    "demo": ("demo", "demo"),
    "erase": ("erasing", "erase"),
    "evaluate": ("scoring", "evaluate"),
    "explain": ("scoring", "explain"),
    "full-run": ("full_running", "full_run_"),
    "init": ("opening", "init"),
    "move-to": ("keeping", "move_to"),
    "prepare": ("preparing", "prepare"),
    "restore": ("keeping", "restore"),
    "rulebook": ("rulebooks", "rulebook"),
    "seal": ("sealing", "seal"),
    "serve": ("serving", "serve"),
    "simulate": ("simulating", "simulate"),
    "simulate-desk": ("simulating_desk", "simulate_desk"),
    "verify": ("verifying", "verify"),
    "watch": ("watching", "watch"),
    "what-if": ("scoring", "what_if"),
    "worker": ("serving", "worker"),
}


class Door(click.Group):
    """Loads a command's module only when it is typed: a site's processes need no statistics to start."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them, in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them; None when there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"congtam.cli.{module}"), name)
        return command


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="congtam")
def congtam() -> None:
    """Công Tâm: từ dấu vết số của công việc đến điểm số mở được đến từng bản ghi.

    Mã thoát: 0 xong, 1 có phát hiện, 2 đầu vào không dùng được, 3 không được phép.
    """


def main() -> None:
    """Run the command line."""
    try:
        sys.exit(congtam(standalone_mode=False) or 0)
    except Unusable as refusal:
        terminal.progress_done()
        terminal.findings(refusal.findings)
        sys.exit(UNUSABLE)
    except click.UsageError as error:
        error.show()
        sys.exit(UNUSABLE)
    except click.ClickException as error:
        click.echo(f"Lỗi: {error.format_message()}", err=True)
        sys.exit(UNUSABLE)
    except click.Abort:
        sys.exit(UNUSABLE)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as error:
        terminal.findings(
            [Finding("cannot-write", f"{error.filename or ''}: {error.strerror}", "choose another place")]
        )
        sys.exit(UNUSABLE)
