"""The front door: every refusal leaves here as sentences and an exit code, never as a traceback."""

import sys

import click

from congtam import __version__
from congtam.cli import terminal
from congtam.cli.auditing import audit
from congtam.cli.catalogue import catalogue
from congtam.cli.demo import demo
from congtam.cli.full_running import full_run_
from congtam.cli.keeping import backup_, move_to, restore
from congtam.cli.opening import init
from congtam.cli.preparing import prepare
from congtam.cli.rulebooks import rulebook
from congtam.cli.scoring import evaluate, explain, what_if
from congtam.cli.serving import serve, worker
from congtam.cli.simulating import simulate
from congtam.cli.watching import watch
from congtam.engine.findings import Finding, Unusable

UNUSABLE = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="congtam")
def congtam() -> None:
    """Công Tâm: từ dấu vết số của công việc đến điểm số mở được đến từng bản ghi.

    Mã thoát: 0 xong, 1 có phát hiện, 2 đầu vào không dùng được, 3 không được phép.
    """


ENGINE = (prepare, evaluate, explain, what_if, full_run_, watch, rulebook, catalogue, demo, simulate)
SITE = (init, serve, worker, backup_, restore, move_to, audit)
for command in (*ENGINE, *SITE):
    congtam.add_command(command)


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
