"""The command line: one command per question, one file per command, with its page beside it.

The result goes to standard output, talk to standard error. Exit status: 0 well, 1 findings or unmet requirements,
2 wrong use. Nothing heavy is imported before a command runs, so that help is instant.
"""

import os
import sys
from collections.abc import Sequence

from ketenreis.cli.catalogue import find, manual
from ketenreis.cli.terminal import Terminal
from ketenreis.errors import KetenreisError

__all__ = ["main"]

INTERRUPTED, BROKEN_PIPE, UNEXPECTED = 130, 141, 70


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command.

    Args:
        arguments: The words after `ketenreis`; those of the process when left out.

    Returns:
        The exit status.

    Example:
        >>> main(["--version"])
        0.1.0
        0
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    terminal = Terminal.of_process()
    try:
        status = _run(words, terminal)
        terminal.flush()
    except KetenreisError as refused:
        from ketenreis.findings.refused import in_language

        terminal.say(in_language(str(refused), terminal.language))
        return refused.exit_status
    except BrokenPipeError:
        # The reader of our output has seen enough; Python would complain once more when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except KeyboardInterrupt:
        terminal.end_progress()
        terminal.say(terminal.words("stopped", kept=terminal.kept))
        return INTERRUPTED
    except OSError as refused:
        terminal.say(
            terminal.words("no_access", file=refused.filename or "", reason=refused.strerror or refused)
        )
        return KetenreisError.exit_status
    except Exception as failure:  # noqa: BLE001  # the one place where the unforeseen becomes a sentence
        from ketenreis.cli.unforeseen import keep

        terminal.say(terminal.words("unforeseen", kept=terminal.kept, file=keep(failure, words)))
        return UNEXPECTED
    return status


def _run(words: list[str], terminal: Terminal) -> int:
    """Finds the command that the words begin with, and runs it."""
    if words[:1] in (["--version"], ["-V"]):
        from importlib.metadata import version

        terminal.show(version("ketenreis"))
        return 0
    if not words or words[0] in {"-h", "--help", "help"}:
        terminal.show(manual(find(words[1:])[0] if words[1:] else None, terminal.language))
        return 0
    command, rest = find(words)
    if "-h" in rest or "--help" in rest:
        terminal.show(manual(command, terminal.language))
        return 0
    asked = command.parser().parse_args(rest)
    terminal.choose_language(asked.language)
    return command.load().run(asked, terminal)
