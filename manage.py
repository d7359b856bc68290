#!/usr/bin/env python3
"""The command line of Palmarès: `python manage.py help`."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hackathon.project.settings")
    if sys.argv[1:2] == ["form_teams"] and "--problem" in sys.argv:
        from teams.management.problem_files import answered

        answered(sys.argv[2:])  # a problem file needs none of the apps, and the time they take to load counts
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
