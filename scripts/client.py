"""Run a script of the phone client with this machine's Node, or with the wheel's.

python scripts/client.py run check
"""

from __future__ import annotations

import subprocess
import sys

from prepare import CLIENT, npm_command

if __name__ == "__main__":
    command = [*npm_command(), *sys.argv[1:]]
    sys.exit(subprocess.run(command, cwd=str(CLIENT), check=False).returncode)
